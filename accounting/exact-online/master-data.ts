import { waitOf, type MasterDataKind } from '../../domain/master-data.ts';
import { inOneForm } from '../../domain/meant.ts';
import { knownAccount } from '../account-number.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { date, decimal, flag, integer, name, text } from './schemas.ts';
import { day, percentage } from './values.ts';

const journalTypes = {
  10: 'cash',
  12: 'bank',
  16: 'payment service',
  20: 'sales',
  21: 'sales return',
  22: 'purchase',
  23: 'purchase return',
  90: 'general',
};

/** Whose a bank account is; the vendor's reference of crm/BankAccounts. */
const accountTypes = {
  A: 'relation',
  E: 'employee',
  K: 'cash',
  P: 'payment service',
  R: 'bank',
  S: 'student',
};

/**
 * Where each kind is read, and what its rows say. Fields are those of the vendor's reference as kept in
 * Pi-Systems/exact-online (2025): `$select` of a field that an endpoint does not have fails.
 */
export const endpoints: { readonly [K in MasterDataKind]: Endpoint } = {
  'gl-account': endpoint('gl-account', {
    path: 'sync/Financial/GLAccounts',
    sync: { rightsOf: 'financial/GLAccounts', entityType: 7 },
    fields: {
      Description: name,
      Type: integer,
      TypeDescription: text,
      BalanceSide: text,
      BalanceType: text,
      VATCode: text,
      IsBlocked: flag,
    },
    tell: (row) => ({
      name: row.Description,
      active: !row.IsBlocked,
      details: {
        type: row.TypeDescription ?? asText(row.Type),
        balanceSide: among({ D: 'debit', C: 'credit' }, row.BalanceSide),
        statement: among({ B: 'balance-sheet', W: 'profit-and-loss' }, row.BalanceType),
        vatCode: row.VATCode,
        blocked: row.IsBlocked,
      },
    }),
  }),

  relation: endpoint('relation', {
    path: 'sync/CRM/Accounts',
    sync: { rightsOf: 'crm/Accounts', entityType: 2 },
    fields: {
      Name: name,
      /** C customer; A none, S suspect and P prospect have bought nothing yet. */
      Status: text,
      IsSupplier: flag,
      Blocked: flag,
      StartDate: date,
      EndDate: date,
      VATNumber: text,
      ChamberOfCommerce: text,
      Email: text,
      City: text,
      Country: text,
    },
    tell: (row) => ({
      name: row.Name,
      active: !row.Blocked,
      details: {
        isCustomer: row.Status === 'C',
        isSupplier: row.IsSupplier,
        vatNumber: row.VATNumber,
        chamberOfCommerce: row.ChamberOfCommerce,
        email: row.Email,
        city: row.City,
        country: row.Country,
        startDate: day(row.StartDate),
        endDate: day(row.EndDate),
      },
    }),
  }),

  // No sync twin and no Code. `IBAN` is obsolete: the number stands in `BankAccount`, whatever its format.
  'bank-account': endpoint('bank-account', {
    path: 'crm/BankAccounts',
    codeless: true,
    fields: { Account: text, AccountName: text, BankAccount: text, Main: flag, Type: text, Blocked: flag },
    tell: (row) => ({
      name: row.AccountName ?? 'Bank account',
      active: !row.Blocked,
      details: {
        relationId: row.Account?.toLowerCase() ?? null,
        ...knownAccount([row.BankAccount ?? '']),
        main: row.Main,
        type: among(accountTypes, row.Type),
      },
    }),
  }),

  'vat-code': endpoint('vat-code', {
    path: 'vat/VATCodes',
    fields: { Description: name, Percentage: decimal, VATTransactionType: text, IsBlocked: flag },
    tell: (row) => ({
      name: row.Description,
      active: !row.IsBlocked,
      details: {
        percentage: percentage(row.Percentage),
        direction: among({ S: 'sales', P: 'purchase', B: 'both' }, row.VATTransactionType),
        blocked: row.IsBlocked,
      },
    }),
  }),

  // `Active` is marked obsolete by the vendor: the end date decides.
  'cost-centre': endpoint('cost-centre', {
    path: 'hrm/Costcenters',
    fields: { Description: name, EndDate: date },
    tell: (row) => ({
      name: row.Description,
      active: true,
      details: { endDate: day(row.EndDate) },
    }),
  }),

  'cost-unit': endpoint('cost-unit', {
    path: 'hrm/Costunits',
    fields: { Description: name, EndDate: date },
    tell: (row) => ({
      name: row.Description,
      active: true,
      details: { endDate: day(row.EndDate) },
    }),
  }),

  journal: endpoint('journal', {
    path: 'financial/Journals',
    fields: { Description: name, Type: integer, Currency: text, BankAccountIBAN: text, IsBlocked: flag },
    tell: (row) => ({
      name: row.Description,
      active: !row.IsBlocked,
      details: {
        type: among(journalTypes, asText(row.Type)) ?? asText(row.Type),
        currency: row.Currency,
        iban: row.BankAccountIBAN,
      },
    }),
  }),

  'payment-condition': endpoint('payment-condition', {
    path: 'cashflow/PaymentConditions',
    fields: {
      Description: name,
      PaymentDays: integer,
      PaymentEndOfMonths: integer,
      DiscountPercentage: decimal,
    },
    tell: (row) => ({
      name: row.Description,
      active: true,
      details: {
        days: waitOf(row.PaymentDays),
        endOfMonths: waitOf(row.PaymentEndOfMonths),
        discountPercentage: percentage(row.DiscountPercentage),
      },
    }),
  }),

  // The sync twin has no sales price.
  item: endpoint('item', {
    path: 'sync/Logistics/Items',
    sync: { rightsOf: 'logistics/Items', entityType: 9 },
    fields: {
      Description: name,
      Unit: text,
      IsSalesItem: flag,
      IsPurchaseItem: flag,
      SalesVatCode: text,
      StartDate: date,
      EndDate: date,
    },
    tell: (row) => ({
      name: row.Description,
      active: true,
      details: {
        unit: row.Unit,
        isSales: row.IsSalesItem,
        isPurchase: row.IsPurchaseItem,
        salesVatCode: row.SalesVatCode,
        startDate: day(row.StartDate),
        endDate: day(row.EndDate),
      },
    }),
  }),

  project: endpoint('project', {
    path: 'sync/Project/Projects',
    sync: { rightsOf: 'project/Projects', entityType: 21 },
    fields: {
      Description: name,
      Type: integer,
      TypeDescription: text,
      Account: text,
      StartDate: date,
      EndDate: date,
    },
    tell: (row) => ({
      name: row.Description,
      active: true,
      details: {
        type: row.TypeDescription ?? asText(row.Type),
        relationId: row.Account && inOneForm(row.Account),
        startDate: day(row.StartDate),
        endDate: day(row.EndDate),
      },
    }),
  }),
};

/** The word for a letter of the package; null for one nobody described, which is then not told rather than guessed. */
function among<W extends string>(words: Record<string, W>, letter: string | null): W | null {
  return letter !== null && Object.hasOwn(words, letter) ? (words[letter] ?? null) : null;
}

function asText(value: number | null): string | null {
  return value === null ? null : String(value);
}
