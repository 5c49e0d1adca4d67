import type { DetailsByKind, MasterDataKind } from './master-data.ts';
import type { PurchaseBooking } from './purchase-booking.ts';

/** Why a booking cannot be made as it is. `said`: the words of the package, if it was the package that refused. */
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
  'no-supplier',
  'no-purchase-journal',
  'not-for-purchase',
  'ended',
  'already-booked',
  'no-working-login',
  'may-not-book',
  'refused',
] as const;
export type MisfitReason = (typeof misfitReasons)[number];

export const misfitWords: Record<MisfitReason, string> = {
  unknown: 'is not in the master data (any more)',
  ambiguous: 'is the code of several; name it by its id',
  'another-row': 'is the code of another one now than when the booking was handed over',
  'not-active': 'is not active',
  blocked: 'is blocked',
  'no-supplier': 'is not a supplier',
  'no-purchase-journal': 'is not a purchase journal',
  'not-for-purchase': 'is for sales only',
  ended: 'had ended before the invoice date',
  'already-booked': 'stands in the books already, not as this document but under this number',
  'no-working-login': 'has no working login of his own in the accounting system',
  'may-not-book': 'may not book in this company with his own login',
  refused: 'was refused by the accounting system',
};

/** The master data a booking is held against: rows that are there, by kind. */
export interface KnownRow {
  kind: MasterDataKind;
  externalId: string;
  code: string | null;
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
    const found = find(naming, known);
    const why = typeof found === 'string' ? found : objection(naming, found, booking, pinned);
    if (why) misfits.push({ field: naming.field, value: naming.value, why, said: null });
    else if (typeof found !== 'string')
      rows[naming.field] = { externalId: found.externalId, code: found.code };
  }
  return { misfits, rows };
}

/** The stable id wins; a code must be that of one row only. */
function find({ kind, value }: Naming, known: readonly KnownRow[]): KnownRow | 'unknown' | 'ambiguous' {
  const ofKind = known.filter((row) => row.kind === kind);
  const byId = ofKind.find(({ externalId }) => externalId === value);
  if (byId) return byId;
  const byCode = ofKind.filter(({ code }) => code === value);
  if (byCode.length > 1) return 'ambiguous';
  return byCode[0] ?? 'unknown';
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
  if (kind === 'relation' && detailsOf<'relation'>(row).isSupplier === false) return 'no-supplier';
  if (kind === 'journal' && !isPurchase(detailsOf<'journal'>(row).type)) return 'no-purchase-journal';
  if (kind === 'vat-code' && detailsOf<'vat-code'>(row).direction === 'sales') return 'not-for-purchase';
  const { endDate } = detailsOf<'project'>(row);
  return endDate && endDate < invoiceDate ? 'ended' : null;
}

/** A package may not say of which type a journal is, and another words it as `expense`. */
function isPurchase(type: string | null | undefined): boolean {
  return !type || ['purchase', 'expense'].includes(type);
}

/** Each kind has the details it has (domain/master-data.ts); what another kind does not tell is absent. */
function detailsOf<K extends MasterDataKind>({ details }: KnownRow): DetailsByKind[K] {
  return details;
}
