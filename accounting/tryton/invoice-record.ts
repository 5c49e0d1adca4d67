import { z } from 'zod';
import { sumOf } from '../../domain/bookings/amounts.ts';
import type { Decimal } from '../../domain/master-data.ts';
import { AccountingFailure } from '../failure.ts';
import type { EntryQuery, NewPurchaseEntry } from '../port.ts';
import type { Ask } from './ask.ts';
import { negative } from './invoice-taxes.ts';
import { asTrytonDay, asTrytonDecimal, flag } from './values.ts';

/** A company that the user reaches, and the context Tryton wants with it. */
export interface Place {
  company: number;
  context: Record<string, unknown>;
}

type Fields = Record<string, unknown>;

/** What the form of a Tryton client fills in for a supplier. Some of it may be missing; then Tryton says so. */
const partySchema = z.object({
  account: z.int().nullish(),
  invoice_address: z.int().nullish(),
  party_tax_identifier: z.int().nullish(),
  payment_term: z.int().nullish(),
});
const companySchema = z.array(z.object({ purchase_taxes_expense: flag.nullish() })).length(1);
const currenciesSchema = z.array(z.object({ id: z.int() }));
const rootsSchema = z.array(z.object({ id: z.int(), root: z.int() }));

/**
 * The record of a draft invoice. The total of the invoice goes along as `source_total_amount`: Tryton posts none whose
 * own total differs.
 * @throws AccountingFailure `booking` for what an invoice of Tryton cannot say
 */
export async function invoiceRecord(
  ask: Ask,
  {
    entry,
    place,
    hasCostCentres,
    ...query
  }: EntryQuery & {
    entry: NewPurchaseEntry;
    place: Place;
    hasCostCentres: boolean;
  },
): Promise<Fields> {
  const { mark, invoiceNumber, signal } = query;
  const { company, context } = place;
  const head = {
    type: 'in',
    company,
    party: Number(query.supplier),
    invoice_date: asTrytonDay(entry.invoiceDate),
  };
  const party = await ask(partySchema, 'model.account.invoice.on_change', [head, ['party'], context], signal);
  const currency = await currencyOf(ask, entry.currency, place, signal);
  const lineContext = {
    company,
    currency,
    vatIsCost: await isVatCost(ask, place, signal),
    roots: await rootsOf(ask, { entry, place, hasCostCentres, signal }),
  };
  return {
    ...head,
    ...party,
    // A date of its own instead of the term of the supplier.
    ...(entry.dueDate && { payment_term: null, payment_term_date: asTrytonDay(entry.dueDate) }),
    journal: Number(entry.journal.externalId),
    currency,
    reference: invoiceNumber,
    description: `${entry.description ?? invoiceNumber} ${mark}`,
    source_total_amount: asTrytonDecimal(entry.totals.gross),
    lines: [['create', entry.lines.map((line) => lineOf(line, lineContext))]],
  };
}

type Line = NewPurchaseEntry['lines'][number];

interface LineContext {
  company: number;
  currency: number;
  vatIsCost: boolean;
  /** Cost centre -> the root of its tree. */
  roots: ReadonlyMap<string, number>;
}

function lineOf(line: Line, { company, currency, vatIsCost, roots }: LineContext): Fields {
  const { glAccount, netAmount, vatAmount, vatCode, costCentre, costUnit, project, description } = line;
  if (costUnit || project) throw cannotSay(costUnit ? 'cost unit' : 'project');
  return {
    type: 'line',
    company,
    currency,
    account: Number(glAccount.externalId),
    ...priceOf(vatIsCost ? sumOf([netAmount, vatAmount]) : netAmount),
    ...(description && { description }),
    ...(vatCode && !vatIsCost && { taxes: [['add', [Number(vatCode.externalId)]]] }),
    ...(costCentre && {
      analytic_accounts: [
        ['create', [{ root: roots.get(costCentre.externalId), account: Number(costCentre.externalId) }]],
      ],
    }),
  };
}

/** A credit gives back a number of things, as Tryton's own Credit does; the price stays what it is. */
function priceOf(amount: Decimal): Fields {
  const isCredit = amount.startsWith('-');
  return { quantity: isCredit ? -1 : 1, unit_price: asTrytonDecimal(isCredit ? negative(amount) : amount) };
}

async function currencyOf(ask: Ask, code: string, { context }: Place, signal: AbortSignal | undefined) {
  const parameters = [[['code', '=', code]], 0, 1, null, ['code'], context];
  const [currency] = await ask(currenciesSchema, 'model.currency.currency.search_read', parameters, signal);
  if (currency) return currency.id;
  const said = `${code} is not among the currencies of this Tryton.`;
  throw new AccountingFailure({ about: 'booking', said }, said);
}

/** A company that may not deduct VAT ("Purchase taxes as expense") has it in its costs. */
async function isVatCost(ask: Ask, { company, context }: Place, signal: AbortSignal | undefined) {
  const parameters = [[company], ['purchase_taxes_expense'], context];
  const [found] = await ask(companySchema, 'model.company.company.read', parameters, signal);
  return found?.purchase_taxes_expense ?? false;
}

async function rootsOf(
  ask: Ask,
  {
    entry,
    place,
    hasCostCentres,
    signal,
  }: {
    entry: NewPurchaseEntry;
    place: Place;
    hasCostCentres: boolean;
    signal: AbortSignal | undefined;
  },
): Promise<ReadonlyMap<string, number>> {
  const named = new Set(entry.lines.flatMap(({ costCentre }) => costCentre?.externalId ?? []));
  if (named.size === 0) return new Map();
  if (!hasCostCentres) throw cannotSay('cost centre', ' without its module analytic_invoice');
  const parameters = [[...named].map(Number), ['root'], place.context];
  const found = await ask(rootsSchema, 'model.analytic_account.account.read', parameters, signal);
  return new Map(found.map(({ id, root }) => [String(id), root]));
}

function cannotSay(what: string, unless = ''): AccountingFailure {
  const said = `A line of an invoice in Tryton has no ${what}${unless}.`;
  return new AccountingFailure({ about: 'booking', said }, said);
}
