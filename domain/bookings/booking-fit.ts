import { periodOn, type DetailsByKind, type MasterDataKind } from '../master-data.ts';
import { mayMean, whichOnes } from '../meant.ts';
import type { PurchaseBooking } from './purchase-booking.ts';

/**
 * Why a booking cannot be made as it is. `said`: the words of the package, if it was the package that refused; the entry, if
 * it stands in the books already; or the rows that may be meant.
 */
export interface Misfit {
  /** Which part of the booking: `supplier`, `lines.0.glAccount`, or `booking` for the whole. */
  field: string;
  /** What stands there. */
  value: string;
  why: MisfitReason;
  said: string | null;
}

export const misfitReasons = [
  'unknown',
  'ambiguous',
  'another-row',
  'not-active',
  'blocked',
  'heading',
  'no-purchase-account',
  'no-supplier',
  'no-purchase-journal',
  'not-for-purchase',
  'ended',
  'not-begun',
  'already-booked',
  'no-working-login',
  'may-not-book',
  'refused',
  'our-fault',
] as const;
export type MisfitReason = (typeof misfitReasons)[number];

/** The master data a booking is held against: rows that are there, by kind. */
export interface KnownRow {
  kind: MasterDataKind;
  externalId: string;
  code: string | null;
  name: string;
  active: boolean;
  details: object;
}

/** A row the booking names: by its stable id for packages that want it, by its code for the others. */
export interface NamedRow {
  externalId: string;
  code: string | null;
}

/** The rows that the fields of a booking were found to name: `lines.0.glAccount` -> row. */
export type NamedRows = Record<string, NamedRow>;

export interface Naming {
  field: string;
  kind: MasterDataKind;
  value: string;
}

/** Every row a booking names, in the order people read it. */
export function namings({ supplier, journal, lines }: PurchaseBooking): Naming[] {
  const header: Naming[] = [
    { field: 'supplier', kind: 'relation', value: supplier },
    { field: 'journal', kind: 'journal', value: journal },
  ];
  return header.concat(
    lines.flatMap((line, index) => {
      const named: [string, MasterDataKind, string | null | undefined][] = [
        ['glAccount', 'gl-account', line.glAccount],
        ['vatCode', 'vat-code', line.vatCode],
        ['costCentre', 'cost-centre', line.costCentre],
        ['costUnit', 'cost-unit', line.costUnit],
        ['project', 'project', line.project],
      ];
      return named.flatMap(([name, kind, value]) =>
        value ? [{ field: `lines.${index}.${name}`, kind, value }] : [],
      );
    }),
  );
}

/**
 * Holds a booking against master data. `pinned`: which rows it named when it was handed over; a code that leads to
 * another row now is told and never followed.
 */
export function fit(
  booking: PurchaseBooking,
  known: readonly KnownRow[],
  pinned: NamedRows | null,
): { misfits: Misfit[]; rows: NamedRows } {
  const misfits: Misfit[] = [];
  const rows: NamedRows = {};
  for (const naming of namings(booking)) {
    const { field, kind, value } = naming;
    const found = known.filter((row) => row.kind === kind && mayMean(value, row));
    const [row] = found;
    const why = found.length > 1 ? 'ambiguous' : row ? objection(naming, row, booking, pinned) : 'unknown';
    if (why) misfits.push({ field, value, why, said: found.length > 1 ? whichOnes(found) : null });
    else if (row) rows[field] = { externalId: row.externalId, code: row.code };
  }
  return { misfits, rows };
}

function objection(
  { field, kind }: Naming,
  row: KnownRow,
  { invoiceDate }: PurchaseBooking,
  pinned: NamedRows | null,
): MisfitReason | null {
  if (pinned?.[field] && pinned[field].externalId !== row.externalId) return 'another-row';
  if (detailsOf<'gl-account'>(row).blocked) return 'blocked';
  if (!row.active) return 'not-active';
  const { closedTo } = detailsOf<'gl-account'>(row);
  if (closedTo) return closedTo === 'everything' ? 'heading' : 'no-purchase-account';
  if (kind === 'relation' && detailsOf<'relation'>(row).isSupplier === false) return 'no-supplier';
  if (kind === 'journal' && !isPurchase(detailsOf<'journal'>(row).type)) return 'no-purchase-journal';
  if (kind === 'vat-code' && detailsOf<'vat-code'>(row).direction === 'sales') return 'not-for-purchase';
  const where = periodOn(row.details, invoiceDate);
  if (where === 'now') return null;
  return where === 'after' ? 'ended' : 'not-begun';
}

/** A package may not say of which type a journal is, and another words it as `expense`. */
function isPurchase(type: string | null | undefined): boolean {
  return !type || ['purchase', 'expense'].includes(type);
}

/** Each kind has the details it has (domain/master-data.ts); what another kind does not tell is absent. */
function detailsOf<K extends MasterDataKind>({ details }: KnownRow): DetailsByKind[K] {
  return details;
}
