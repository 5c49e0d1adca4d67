/** The nine kinds of master data a connection brings in, in the order they are synchronised and shown. */
export const masterDataKinds = [
  'gl-account',
  'relation',
  'vat-code',
  'cost-centre',
  'cost-unit',
  'journal',
  'payment-condition',
  'item',
  'project',
] as const;
export type MasterDataKind = (typeof masterDataKinds)[number];

/** How a person calls each kind, plural. */
export const kindNames: Record<MasterDataKind, string> = {
  'gl-account': 'GL accounts',
  relation: 'relations',
  'vat-code': 'VAT codes',
  'cost-centre': 'cost centres',
  'cost-unit': 'cost units',
  journal: 'journals',
  'payment-condition': 'payment conditions',
  item: 'items',
  project: 'projects',
};

/** A decimal as text ("21.00"), so that nothing is lost on the way. */
export type Decimal = string;
/** A calendar day, `2026-11-23`. */
export type Day = string;
/** A moment, ISO 8601 in UTC. */
export type Moment = string;

/** What each kind tells beyond its code and name. Absent or null means that the package did not say. */
export interface DetailsByKind {
  'gl-account': {
    type?: string | null;
    balanceSide?: 'debit' | 'credit' | null;
    statement?: 'balance-sheet' | 'profit-and-loss' | null;
    vatCode?: string | null;
    blocked?: boolean | null;
  };
  relation: {
    isCustomer?: boolean | null;
    isSupplier?: boolean | null;
    vatNumber?: string | null;
    chamberOfCommerce?: string | null;
    email?: string | null;
    city?: string | null;
    country?: string | null;
    iban?: string | null;
  };
  'vat-code': {
    percentage?: Decimal | null;
    direction?: 'sales' | 'purchase' | 'both' | null;
    blocked?: boolean | null;
  };
  'cost-centre': { endDate?: Day | null };
  'cost-unit': { endDate?: Day | null };
  journal: { type?: string | null; currency?: string | null; iban?: string | null };
  'payment-condition': {
    days?: number | null;
    endOfMonths?: number | null;
    discountPercentage?: Decimal | null;
  };
  item: {
    unit?: string | null;
    isSales?: boolean | null;
    isPurchase?: boolean | null;
    price?: Decimal | null;
    salesVatCode?: string | null;
  };
  project: {
    type?: string | null;
    relationId?: string | null;
    startDate?: Day | null;
    endDate?: Day | null;
  };
}

/** One row of master data in the words of the office, whatever package it came from. */
export interface MasterDataRow<K extends MasterDataKind = MasterDataKind> {
  /** The package's stable id; codes and names may change, this does not. */
  externalId: string;
  code: string | null;
  name: string;
  active: boolean;
  details: DetailsByKind[K];
  /** When the package last changed the row, if it says so. */
  modifiedAt: Moment | null;
}
