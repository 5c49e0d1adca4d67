/**
 * Every name of the demo world, in one place: who can log in and whose books there are.
 * All of it is made up; any likeness to a real firm is chance.
 */
export const password = 'sandbox';

/** The accounting office that owns the licence; the same for every division. */
export const customer = {
  code: '10042',
  name: 'Van Dijk & Partners Accountants',
  vatNumber: 'NL801234567B01',
};

export interface DemoPerson {
  userName: string;
  fullName: string;
  email: string;
  languageCode: string;
  /** This person reaches all companies but this many, counted from the last one. */
  companiesMissing: number;
}

export const demoPeople: readonly DemoPerson[] = [
  {
    userName: 'CX_Basecone',
    fullName: 'CX Basecone',
    email: 'koppeling@vandijkpartners.example',
    languageCode: 'nl-NL',
    companiesMissing: 0,
  },
  {
    userName: 'S.Jansen',
    fullName: 'Sanne Jansen',
    email: 's.jansen@vandijkpartners.example',
    languageCode: 'nl-NL',
    companiesMissing: 0,
  },
  {
    userName: 'T.deVries',
    fullName: 'Thomas de Vries',
    email: 't.devries@vandijkpartners.example',
    languageCode: 'nl-NL',
    companiesMissing: 0,
  },
  {
    userName: 'P.Peeters',
    fullName: 'Pieter Peeters',
    email: 'p.peeters@vandijkpartners.example',
    languageCode: 'nl-BE',
    companiesMissing: 3,
  },
];

export type Country = 'NL' | 'BE';

/** The first companies by name; a larger office goes on with made-up ones from the lists below. */
export const demoCompanies: readonly { name: string; country: Country; city: string }[] = [
  { name: 'Bakkerij Jansen B.V.', country: 'NL', city: 'Eindhoven' },
  { name: 'Installatiebedrijf De Wit B.V.', country: 'NL', city: 'Breda' },
  { name: 'Bloemenhuis Maas', country: 'NL', city: 'Roermond' },
  { name: 'Garage Willems BV', country: 'BE', city: 'Turnhout' },
  { name: 'Bouwbedrijf Van den Berg B.V.', country: 'NL', city: 'Tilburg' },
  { name: 'Tandartspraktijk Smit', country: 'NL', city: 'Utrecht' },
  { name: 'Brouwerij De Linde NV', country: 'BE', city: 'Mechelen' },
  { name: 'Transport Hendriks B.V.', country: 'NL', city: 'Venlo' },
  { name: 'Slagerij Claes BV', country: 'BE', city: 'Hasselt' },
  { name: 'Architectenbureau Lijn Drie B.V.', country: 'NL', city: 'Rotterdam' },
  { name: 'Fietsen Vermeulen BV', country: 'BE', city: 'Gent' },
  { name: 'Kwekerij Het Groene Hart V.O.F.', country: 'NL', city: 'Boskoop' },
];

export const trades = [
  'Schildersbedrijf',
  'Drukkerij',
  'Kapsalon',
  'Hoveniersbedrijf',
  'Elektro',
  'Meubelmakerij',
  'Adviesbureau',
  'Timmerfabriek',
  'Wijnhandel',
  'Autobedrijf',
  'Groothandel',
  'Schoonmaakbedrijf',
  'Fotostudio',
  'Apotheek',
  'Dakdekkersbedrijf',
  'Rijwielhandel',
] as const;

export const surnames = [
  'Bakker',
  'Visser',
  'Meijer',
  'De Boer',
  'Mulder',
  'De Groot',
  'Bos',
  'Vos',
  'Peters',
  'Dekker',
  'Brouwer',
  'Van Leeuwen',
  'Dijkstra',
  'Kuipers',
  'Maes',
  'Jacobs',
  'Mertens',
  'Goossens',
  'Wouters',
  'De Smet',
  'Dubois',
  'Lambrechts',
  'Aerts',
  'Hermans',
] as const;

export const cities: Record<Country, readonly string[]> = {
  NL: [
    'Amsterdam',
    'Den Bosch',
    'Zwolle',
    'Arnhem',
    'Leiden',
    'Groningen',
    'Maastricht',
    'Almere',
    'Nijmegen',
  ],
  BE: ['Antwerpen', 'Leuven', 'Brugge', 'Kortrijk', 'Genk', 'Aalst', 'Sint-Niklaas', 'Roeselare', 'Lier'],
};

export const streets = [
  'Stationsstraat',
  'Dorpsstraat',
  'Kerkstraat',
  'Industrieweg',
  'Molenweg',
  'Nieuwstraat',
  'Havenkade',
  'Schoolstraat',
  'Markt',
  'Beukenlaan',
] as const;
