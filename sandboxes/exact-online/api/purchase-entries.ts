import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { KindId } from '../books/kinds.ts';
import { listPage, plainPage } from './lists.ts';
import { rowJson, type Shape } from './odata.ts';
import { badRequest, forbidden, Refusal } from '../refusal.ts';
import type { Answer, Call, ResourcesDeps } from './resources.ts';
import { rowListOf } from '../books/row-list.ts';
import type { Entry } from '../state-schema.ts';

const path = 'purchaseentry/purchaseentries';

export function isPurchaseEntries(resource: string): boolean {
  return resource.toLowerCase().endsWith(path);
}

/** A user without the right sees an empty list, as with the other lists. */
export function mayNotBook(call: Call, { store }: ResourcesDeps): boolean {
  return store.state.mayNotBook.includes(call.person.userName);
}

/**
 * `purchaseentry/PurchaseEntries`: fields, which may be written and which must be there are the vendor's (reference as
 * kept in Pi-Systems/exact-online). GET lists, POST books and answers 201 with the entry. Words of refusals are assumed.
 */
export function purchaseEntries(call: Call, deps: ResourcesDeps): Answer {
  const shape: Shape = {
    address: `${call.base}/api/v1/${call.division}/purchaseentry/PurchaseEntries`,
    type: 'Exact.Web.Api.Models.PurchaseEntry',
    hidden: ['ID', 'Timestamp'],
    key: (row) => `guid'${String(row['EntryID'])}'`,
  };
  if (call.method === 'POST')
    return { status: 201, body: { d: rowJson(toRow(enter(call, deps), call.division), shape, null) } };
  const entries = mayNotBook(call, deps) ? [] : (deps.store.state.entries[String(call.division)] ?? []);
  const rows = rowListOf(entries.map((entry) => toRow(entry, call.division)));
  return { status: 200, body: listPage(rows, call, { size: plainPage, key: 'ID', shape, repeat: false }) };
}

const guid = z.guid();
const lineSchema = z.strictObject({
  GLAccount: guid,
  AmountFC: z.number(),
  Description: z.string().max(60).optional(),
  VATCode: z.string().optional(),
  VATAmountFC: z.number().optional(),
  CostCenter: z.string().optional(),
  CostUnit: z.string().optional(),
  Project: guid.optional(),
});
const entrySchema = z.strictObject({
  Journal: z.string(),
  Supplier: guid,
  PurchaseEntryLines: z.array(lineSchema).min(1),
  YourRef: z.string().max(30).optional(),
  Description: z.string().max(60).optional(),
  EntryDate: z.iso.date(),
  DueDate: z.iso.date().optional(),
  Currency: z.string().length(3).default('EUR'),
});
type NewEntry = z.output<typeof entrySchema>;

/** @throws Refusal 400 for what cannot be read or is not there, 500 with words for a closed period (picqer issue 515) */
function enter(call: Call, deps: ResourcesDeps): Entry {
  if (mayNotBook(call, deps)) throw forbidden();
  const { data, error } = entrySchema.safeParse(call.body);
  if (error) throw badRequest(`Error converting data: ${z.prettifyError(error).replaceAll('\n', ' ')}`);
  demandRows(data, call, deps);
  const closed = deps.store.state.closedUntil[String(call.division)];
  if (closed && data.EntryDate.slice(0, closed.length) <= closed)
    throw new Refusal(500, 'The period is closed. Entries cannot be made in it.');
  const made = deps.store.state.entries[String(call.division)] ?? [];
  const vat = data.PurchaseEntryLines.reduce((sum, line) => sum + (line.VATAmountFC ?? 0), 0);
  const amount = data.PurchaseEntryLines.reduce((sum, line) => sum + grossOf(line, call, deps), 0);
  const entry: Entry = {
    EntryID: randomUUID(),
    EntryNumber: Number(
      `${data.EntryDate.slice(2, 4)}${data.Journal}${String(made.length + 1).padStart(4, '0')}`,
    ),
    Journal: data.Journal,
    Supplier: data.Supplier.toLowerCase(),
    YourRef: data.YourRef ?? null,
    Description: data.Description ?? null,
    Currency: data.Currency,
    EntryDate: Date.parse(data.EntryDate),
    DueDate: data.DueDate ? Date.parse(data.DueDate) : null,
    AmountFC: rounded(amount),
    VATAmountFC: rounded(vat),
    Created: deps.now(),
    Creator: call.person.userId,
  };
  deps.store.change(({ entries }) => {
    (entries[String(call.division)] ??= []).push(entry);
  });
  return entry;
}

function demandRows(
  { Journal, Supplier, PurchaseEntryLines }: NewEntry,
  call: Call,
  deps: ResourcesDeps,
): void {
  const demand = (kind: KindId, name: string, value: string | undefined, field: 'ID' | 'Code') => {
    if (value === undefined) return null;
    const found = rowOf(kind, value, field, call, deps);
    if (!found) throw badRequest(`Invalid: ${name} '${value}' does not exist.`);
    if (found['IsBlocked'] || found['Blocked']) throw badRequest(`Blocked: ${name} '${value}'.`);
    return found;
  };
  if (demand('journal', 'Journal', Journal, 'Code')?.['Type'] !== 22)
    throw badRequest(`Invalid: Journal '${Journal}' is no purchase journal.`);
  if (!demand('relation', 'Supplier', Supplier, 'ID')?.['IsSupplier'])
    throw badRequest('Invalid: the account is no supplier.');
  for (const line of PurchaseEntryLines) {
    demand('gl-account', 'G/L account', line.GLAccount, 'ID');
    demand('vat-code', 'VAT code', line.VATCode, 'Code');
    demand('cost-centre', 'Cost center', line.CostCenter, 'Code');
    demand('cost-unit', 'Cost unit', line.CostUnit, 'Code');
    demand('project', 'Project', line.Project, 'ID');
  }
}

function rowOf(kind: KindId, value: string, field: 'ID' | 'Code', call: Call, { books }: ResourcesDeps) {
  return books
    .rows(call.division, kind)
    .find((row) => String(row[field]).trim().toLowerCase() === value.trim().toLowerCase());
}

/** An including VAT code has the VAT in the amount already. */
function grossOf(line: NewEntry['PurchaseEntryLines'][number], call: Call, deps: ResourcesDeps): number {
  const code = line.VATCode === undefined ? undefined : rowOf('vat-code', line.VATCode, 'Code', call, deps);
  return line.AmountFC + (code?.['Type'] === 'I' ? 0 : (line.VATAmountFC ?? 0));
}

function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function toRow(entry: Entry, division: number) {
  return {
    ...entry,
    ID: entry.EntryID,
    Timestamp: 0,
    Division: division,
    Status: 20,
    StatusDescription: 'Open',
    Type: entry.AmountFC < 0 ? 31 : 30,
    Created: new Date(entry.Created),
    EntryDate: new Date(entry.EntryDate),
    DueDate: entry.DueDate === null ? null : new Date(entry.DueDate),
  };
}
