import type { CompanyId, ConnectionId } from './ids.ts';

/** The ten kinds of master data a connection brings in, in the order they are synchronised and shown. */
export const masterDataKinds = [
  'gl-account',
  'relation',
  'bank-account',
  'vat-code',
  'cost-centre',
  'cost-unit',
  'journal',
  'payment-condition',
  'item',
  'project',
] as const;
export type MasterDataKind = (typeof masterDataKinds)[number];

/** A decimal as text ("21.00"), so that nothing is lost on the way. */
export type Decimal = string;
/** A calendar day, `2026-11-23`. */
export type Day = string;
/** A moment, ISO 8601 in UTC. */
export type Moment = string;

/** From its first day to its last, both included; absent or null means no end on that side. */
type Period = {
  startDate?: Day | null;
  endDate?: Day | null;
};

/** Whether a row may be used on a day: its switch in the package is on, and the day is one of its own. */
export function isActiveOn({ active, details }: { active: boolean; details: object }, day: Day): boolean {
  return active && periodOn(details, day) === 'now';
}

/** Where a day stands to the period of a row. */
export function periodOn(details: object, day: Day): 'now' | 'before' | 'after' {
  const { startDate, endDate }: Period = details;
  if (startDate && startDate > day) return 'before';
  return endDate && endDate < day ? 'after' : 'now';
}

/** What each kind tells beyond its code and name. Absent or null means that the package did not say. */
export interface DetailsByKind {
  'gl-account': Period & {
    type?: string | null;
    balanceSide?: 'debit' | 'credit' | null;
    statement?: 'balance-sheet' | 'profit-and-loss' | null;
    vatCode?: string | null;
    blocked?: boolean | null;
    /** What can never be booked on it: on a heading nothing, on some accounts no purchase. */
    closedTo?: 'everything' | 'purchases' | null;
  };
  relation: Period & {
    isCustomer?: boolean | null;
    isSupplier?: boolean | null;
    vatNumber?: string | null;
    chamberOfCommerce?: string | null;
    email?: string | null;
    city?: string | null;
    country?: string | null;
  };
  /** Of a relation, by whose name it goes. Its number is not kept (accounting/account-number.ts). */
  'bank-account': {
    relationId?: string | null;
    /** The last four characters of the number, which say little and are enough to compare by eye. */
    ending?: string | null;
    /** Another one for another number, and the same for the same. */
    fingerprint?: string | null;
    /** The one that is paid to. */
    main?: boolean | null;
    /** Whose: a relation's, an employee's, a bank of the company itself. */
    type?: string | null;
  };
  'vat-code': Period & {
    percentage?: Decimal | null;
    direction?: 'sales' | 'purchase' | 'both' | null;
    blocked?: boolean | null;
  };
  'cost-centre': Period;
  'cost-unit': Period;
  journal: { type?: string | null; currency?: string | null; iban?: string | null };
  'payment-condition': {
    days?: number | null;
    endOfMonths?: number | null;
    discountPercentage?: Decimal | null;
  };
  item: Period & {
    unit?: string | null;
    isSales?: boolean | null;
    isPurchase?: boolean | null;
    price?: Decimal | null;
    salesVatCode?: string | null;
  };
  project: Period & {
    type?: string | null;
    relationId?: string | null;
  };
}

/** More days or months than anybody waits; what is beyond is a slip, and no column of the views holds it. */
const mostToWait = 100_000;

/** How long is waited, in days or months; null where the package says nothing that can be meant. */
export function waitOf(amount: number | null): number | null {
  return amount !== null && Math.abs(amount) <= mostToWait ? amount : null;
}

/** One row of master data in the words of the office, whatever package it came from. */
export interface MasterDataRow<K extends MasterDataKind = MasterDataKind> {
  /** The package's stable id; codes and names may change, this does not. */
  externalId: string;
  code: string | null;
  name: string;
  /** Its switch in the package; whether it may be used on a day says `isActiveOn`. */
  active: boolean;
  details: DetailsByKind[K];
  /** When the package last changed the row, if it says so. */
  modifiedAt: Moment | null;
}

/** One kind of master data of one company: the unit that is synchronised, resumed and reported. */
export interface PositionKey {
  connectionId: ConnectionId;
  companyId: CompanyId;
  kind: MasterDataKind;
}
