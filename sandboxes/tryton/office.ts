/** The demo office: the books Tryton holds, and who may see them. Nobody in it exists. */
export const companies = [
  {
    code: '101',
    name: 'Bakkerij De Korenaar B.V.',
    costCentres: ['Winkel', 'Bakkerij', 'Webshop'],
    projects: ['Nieuwe oven'],
  },
  {
    code: '102',
    name: 'Fietsenmakerij Het Spatbord',
    costCentres: ['Verkoop', 'Werkplaats'],
    projects: ['Verhuur 2026'],
  },
  {
    code: '103',
    name: 'Tuincentrum De Linde B.V.',
    costCentres: ['Planten', 'Sfeer', 'Kas'],
    projects: ['Kas 2', 'Webwinkel'],
  },
  {
    code: '104',
    name: 'Ingenieursbureau Waterlijn B.V.',
    costCentres: ['Advies', 'Onderzoek'],
    projects: ['Dijk Noord', 'Gemaal Oost', 'Sluis'],
  },
  {
    code: '105',
    name: "Eetcafé 't Hoekje V.O.F.",
    costCentres: ['Keuken', 'Bar', 'Terras'],
    projects: ['Terras 2026'],
  },
] as const;

/** `companies`: the codes of the companies the user may see. */
export const users = [
  { login: 'cx_basecone', name: 'CX Basecone', password: 'Synchroniseer-2026', companies: allCompanies() },
  { login: 's.jansen', name: 'Sanne Jansen', password: 'Sanne-2026', companies: allCompanies() },
  { login: 't.devries', name: 'Tom de Vries', password: 'Tom-2026', companies: allCompanies() },
  { login: 'p.peeters', name: 'Petra Peeters', password: 'Petra-2026', companies: ['101', '102', '103'] },
];

export const administrator = { login: 'admin', password: 'Beheer-2026' };

export const countries = [
  { name: 'Netherlands', code: 'NL', code3: 'NLD', code_numeric: '528' },
  { name: 'Belgium', code: 'BE', code3: 'BEL', code_numeric: '056' },
];

/** The VAT numbers are made up and satisfy the check that Tryton makes. */
export const relations = [
  { code: '1001', name: 'Molen De Eendracht', city: 'Zaandam', vat: 'NL725763863B01' },
  { code: '1002', name: 'Zuivel van Noord', city: 'Heerenveen', vat: 'NL162275869B01' },
  { code: '1003', name: 'Groothandel Kramer', city: 'Utrecht', vat: 'NL192285142B01' },
  { code: '1004', name: 'Verpakkingen Vos', city: 'Tilburg', vat: 'NL691682483B01' },
  { code: '1005', name: 'Kwekerij Bloemendal', city: 'Aalsmeer', vat: 'NL688136138B01' },
  { code: '1006', name: 'Transport Dekker', city: 'Rotterdam', vat: 'NL864623112B01' },
  { code: '1007', name: 'Energie van Hier', city: 'Arnhem', vat: 'NL321146487B01' },
  { code: '1008', name: 'Kantoor Totaal', city: 'Amersfoort', vat: 'NL187891151B01' },
  { code: '1009', name: 'Schoonmaak Schitterend', city: 'Den Haag', vat: 'NL883235912B01' },
  { code: '1010', name: 'Reclamebureau Kleur', city: 'Eindhoven', vat: 'NL178598835B01' },
  { code: '1011', name: 'Bouwbedrijf Steenstra', city: 'Groningen', vat: 'NL467279627B01' },
  { code: '1012', name: 'Webhuis', city: 'Delft', vat: 'NL738199795B01' },
  { code: '2001', name: 'Hotel Zeezicht', city: 'Zandvoort', vat: null },
  { code: '2002', name: 'Gemeente Meerdorp', city: 'Meerdorp', vat: null },
  { code: '2003', name: 'Basisschool De Klimop', city: 'Leiden', vat: null },
  { code: '2004', name: 'Sportvereniging Vooruit', city: 'Zwolle', vat: null },
  { code: '2005', name: 'Familie Bakker', city: 'Gouda', vat: null },
  { code: '2006', name: 'Zorghuis Avondrood', city: 'Breda', vat: null },
];

/** Whose bank account is which, by code: made up with check digits that Tryton takes; there is no bank DEMO. */
export const bankAccounts: Record<string, string> = {
  1001: 'NL52DEMO0417001643',
  1002: 'NL20DEMO0417003286',
  1003: 'NL85DEMO0417004929',
  1004: 'NL53DEMO0417006572',
  1005: 'NL21DEMO0417008215',
  1006: 'NL86DEMO0417009858',
  1007: 'NL54DEMO0417011501',
  1008: 'NL22DEMO0417013144',
  1009: 'NL87DEMO0417014787',
  1010: 'NL55DEMO0417016430',
  1011: 'NL23DEMO0417018073',
  1012: 'NL88DEMO0417019716',
  2001: 'NL56DEMO0417021359',
  2002: 'NL24DEMO0417023002',
  2003: 'NL89DEMO0417024645',
  2004: 'NL57DEMO0417026288',
  2005: 'NL25DEMO0417027931',
  2006: 'NL90DEMO0417029574',
};

/** The years that can be booked in, the same in every company. */
export const years = [2026, 2027];

export const taxGroups = [
  { code: 'VERKOOP', name: 'Btw verkoop', kind: 'sale' },
  { code: 'INKOOP', name: 'Btw inkoop', kind: 'purchase' },
] as const;

export const taxes = [
  { name: 'VH', description: 'Verkoop hoog 21%', rate: '0.21', group: 'VERKOOP' },
  { name: 'VL', description: 'Verkoop laag 9%', rate: '0.09', group: 'VERKOOP' },
  { name: 'VN', description: 'Verkoop 0%', rate: '0', group: 'VERKOOP' },
  { name: 'IH', description: 'Inkoop hoog 21%', rate: '0.21', group: 'INKOOP' },
  { name: 'IL', description: 'Inkoop laag 9%', rate: '0.09', group: 'INKOOP' },
  { name: 'VERL', description: 'Verlegd', rate: null, group: 'INKOOP' },
] as const;

/** Beside the six journals Tryton brings itself. */
export const journals = [
  { code: 'RABO', name: 'Rabobank', type: 'cash' },
  { code: 'MEMO', name: 'Memoriaal', type: 'general' },
];

/** Beside the nine terms Tryton brings itself. */
export const paymentTerms = [
  { name: '14 dagen', days: 14 },
  { name: '21 dagen', days: 21 },
];

export const products = [
  { code: 'BROOD', name: 'Volkorenbrood', unit: 'u', type: 'goods', price: '2.9500' },
  { code: 'TAART', name: 'Appeltaart', unit: 'u', type: 'goods', price: '18.5000' },
  { code: 'FIETS', name: 'Stadsfiets', unit: 'u', type: 'goods', price: '749.0000' },
  { code: 'BAND', name: 'Buitenband 28 inch', unit: 'u', type: 'goods', price: '24.9500' },
  { code: 'AARDE', name: 'Tuinaarde', unit: 'kg', type: 'goods', price: '0.3500' },
  { code: 'REPARATIE', name: 'Reparatie', unit: 'h', type: 'service', price: '52.5000' },
  { code: 'ADVIES', name: 'Advies', unit: 'h', type: 'service', price: '110.0000' },
  { code: 'WIJN', name: 'Huiswijn', unit: 'l', type: 'goods', price: '14.2500' },
] as const;

function allCompanies(): string[] {
  return companies.map(({ code }) => code);
}
