import * as lists from './book-lists.ts';
import type { CompanyBook } from './books.ts';
import type { KindId } from './kinds.ts';
import { cities, type Country, streets, surnames, trades } from './names.ts';
import { guidFrom, type Random } from './random.ts';

export type Value = string | number | boolean | null | Date;
export type Fields = Record<string, Value>;

/** Where a row stands: its company, its own random numbers. */
export interface Place {
  company: CompanyBook;
  random: Random;
  /** How many rows the long lists have. */
  rows: number;
  /** The relation at an index of the same company. */
  relation: (index: number) => Fields;
}

/** The fields of row `index` of each kind. */
export const fieldsOf: Record<KindId, (index: number, place: Place) => Fields> = {
  'gl-account': glAccount,
  relation,
  'bank-account': bankAccount,
  'vat-code': vatCode,
  'cost-centre': (index) => numberedName('KP', lists.costCentreNames, index, { Active: true }),
  'cost-unit': (index) => numberedName('KD', lists.costUnitNames, index, {}),
  journal,
  'payment-condition': paymentCondition,
  item,
  project,
};

function glAccount(index: number, { company, random }: Place): Fields {
  const chart = lists.charts[company.country];
  const line = chart[index];
  const [code, description, type, side, statement] = line ?? [
    String(company.country === 'NL' ? 10_000 + index : 800_000 + index),
    `Kosten ${random.pick(surnames)} ${index}`,
    120,
    'D',
    'W',
  ];
  const taxed = type === 110 || type === 120;
  return {
    Code: code,
    Description: description,
    SearchCode: searchCode(description),
    Type: type,
    TypeDescription: lists.accountTypeNames[type] ?? null,
    BalanceSide: side,
    BalanceType: statement,
    IsBlocked: line === undefined && random.chance(0.03),
    UseCostcenter: type === 120 ? 0 : 2,
    UseCostunit: 2,
    Costcenter: null,
    Costunit: null,
    VATCode: taxed ? padded(company.country === 'NL' ? '2' : '3', 3) : null,
    ReportingCode: null,
    Compress: false,
    Matching: type === 20 || type === 22,
  };
}

function relation(index: number, { company, random }: Place): Fields {
  const country = random.chance(0.9) ? company.country : company.country === 'NL' ? 'BE' : 'NL';
  const name =
    `${random.pick(trades)} ${random.pick(surnames)} ${random.pick(lists.legalForms[country])}`.trim();
  const supplier = random.chance(0.55);
  const customer = !supplier || random.chance(0.25);
  const digits = random.digits(9);
  return {
    Code: String(1000 + index).padStart(18),
    Name: name,
    SearchCode: searchCode(name),
    Status: customer ? 'C' : 'A',
    IsSales: customer,
    IsSupplier: supplier,
    Type: 'A',
    Blocked: random.chance(0.02),
    VATNumber: country === 'NL' ? `NL${digits}B01` : `BE0${digits}`,
    ChamberOfCommerce: country === 'NL' ? digits.slice(0, 8) : `0${digits}`,
    Email: `administratie@${name
      .toLowerCase()
      .replace(/[^a-z]+/g, '-')
      .replace(/^-|-$/g, '')}.example`,
    Phone: country === 'NL' ? `+31 40 ${random.digits(7)}` : `+32 14 ${random.digits(6)}`,
    AddressLine1: `${random.pick(streets)} ${random.between(1, 240)}`,
    Postcode: country === 'NL' ? `${random.between(1011, 9999)} AB` : String(random.between(1000, 9990)),
    City: random.pick(cities[country]),
    Country: padded(country, 3),
    Language: padded('NL', 5),
    PaymentConditionPurchase: supplier ? '30' : null,
    PaymentConditionSales: customer ? '14' : null,
    PurchaseVATCode: padded(company.country === 'NL' ? '2' : '3', 3),
    StartDate: day(2020, index % 300),
    EndDate: null,
  };
}

/**
 * One of each relation, by its index; those that are added are others of the same. Fields: the vendor's reference of
 * crm/BankAccounts (kept in Pi-Systems/exact-online, 2025), the obsolete ones without a value.
 */
function bankAccount(index: number, { company, random, rows, relation }: Place): Fields {
  const at = index % Math.max(1, rows);
  const { Name: name = null } = relation(at);
  return {
    Account: guidFrom(`${company.division}/relation/${at}`),
    AccountName: name,
    Bank: null,
    BankAccount: accountNumber(company.country, random),
    BankAccountHolderName: name,
    BankDescription: null,
    BankName: null,
    BICCode: `DEMO${company.country}2A`,
    Blocked: false,
    Description: null,
    Format: null,
    IBAN: null,
    Main: index < rows,
    PaymentServiceAccount: null,
    Type: 'A',
    TypeDescription: 'Account',
  };
}

/** An IBAN of a bank that does not exist, with check digits that no IBAN has. */
export function accountNumber(country: Country, random: Random): string {
  return `${country}00DEMO${random.digits(country === 'NL' ? 10 : 8)}`;
}

function vatCode(index: number, { company }: Place): Fields {
  const list = lists.vatLists[company.country];
  const line = list[index];
  const [code, description, share, type, transaction] = line ?? [
    String(index),
    `Btw-code ${index}`,
    0.21,
    'E',
    'B',
  ];
  return {
    Code: padded(code, 3),
    Description: description,
    Percentage: share,
    Type: type,
    VATTransactionType: transaction,
    Charged: type === 'E' && transaction === 'P',
    Country: padded(company.country, 3),
    IsBlocked: false,
    GLToPay: null,
    GLToClaim: null,
  };
}

function journal(index: number, { company, random }: Place): Fields {
  const [code, description, type] = lists.journalList[index] ?? [String(100 + index), `Dagboek ${index}`, 90];
  const bank = type === 12;
  return {
    Code: code,
    Description: description,
    Type: type,
    Currency: 'EUR',
    IsBlocked: false,
    AllowVAT: type !== 90,
    BankAccountIBAN: bank ? accountNumber(company.country, random) : null,
    GLAccount: null,
  };
}

function paymentCondition(index: number): Fields {
  const [code, description, days, months, discount, discountDays] = lists.paymentList[index] ?? [
    `P${index}`,
    `Binnen ${index} dagen`,
    index,
    0,
    0,
    0,
  ];
  return {
    Code: code,
    Description: description,
    PaymentDays: days,
    PaymentEndOfMonths: months,
    DiscountPercentage: discount,
    DiscountPaymentDays: discountDays,
    PaymentMethod: code === 'IN' ? 'I' : 'K',
    Percentage: 1,
    VATCalculation: 'B',
  };
}

function item(index: number, { company, random }: Place): Fields {
  const name = lists.itemNames[index % lists.itemNames.length] ?? 'Artikel';
  const labour = index % lists.itemNames.length === 0;
  return {
    Code: `ART-${String(1001 + index)}`,
    Description: index < lists.itemNames.length ? name : `${name}, uitvoering ${random.between(2, 99)}`,
    IsSalesItem: labour || random.chance(0.8),
    IsPurchaseItem: !labour && random.chance(0.7),
    IsStockItem: false,
    Unit: labour ? 'uur' : 'stuk',
    SalesVatCode: padded(company.country === 'NL' ? '2' : '3', 3),
    StandardSalesPrice: random.between(250, 25_000) / 100,
    ItemGroup: null,
    Barcode: random.chance(0.5) ? `871${random.digits(10)}` : null,
    StartDate: day(2021, index % 365),
    EndDate: null,
  };
}

function project(index: number, { company, random, rows }: Place): Fields {
  const relationIndex = random.between(0, Math.max(0, rows - 1));
  const closed = random.chance(0.2);
  return {
    Code: `P${String(2024_000 + index)}`,
    Description: `${random.pick(lists.projectNames)} ${random.pick(cities[company.country])}`,
    Type: 3,
    TypeDescription: 'Tijd en materiaal',
    Account: guidFrom(`${company.division}/relation/${relationIndex}`),
    Manager: null,
    StartDate: day(2024, index % 365),
    EndDate: closed ? day(2025, index % 300) : null,
  };
}

function numberedName(prefix: string, names: readonly string[], index: number, rest: Fields): Fields {
  const name = names[index % names.length] ?? prefix;
  const round = Math.floor(index / names.length);
  return {
    Code: `${prefix}${String(index + 1).padStart(3, '0')}`,
    Description: round === 0 ? name : `${name} ${round + 1}`,
    EndDate: null,
    ...rest,
  };
}

/** The vendor pads some codes to a fixed width with spaces on the right. */
function padded(text: string, width: number): string {
  return text.padEnd(width);
}

function searchCode(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 9)
    .padEnd(9);
}

function day(year: number, dayOfYear: number): Date {
  return new Date(Date.UTC(year, 0, 1 + dayOfYear));
}
