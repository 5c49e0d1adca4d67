import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AccountingFailure, TooLate } from '../failure.ts';
import type { NewPurchaseEntry, PurchaseBookings, PurchaseEntry } from '../port.ts';
import { createAsk } from './ask.ts';
import type { TrytonCaller } from './grant.ts';
import { createInvoiceAccess, invoiceModel } from './invoice-access.ts';
import { invoiceRecord, type Place } from './invoice-record.ts';
import { invoiceTaxesSchema, taxCorrections } from './invoice-taxes.ts';
import { asTrytonDecimal, day } from './values.ts';

interface InvoicesDeps {
  caller: TrytonCaller;
  /** @throws AccountingFailure when the user does not get into the company */
  reach: (externalId: string, signal: AbortSignal | undefined) => Promise<Place>;
}

const invoicesSchema = z.array(
  z.object({
    id: z.int(),
    company: z.int(),
    number: z.string().nullish(),
    invoice_date: day.nullish(),
    description: z.string().nullish(),
  }),
);
const idsSchema = z.array(z.int()).length(1);
const deleting = `model.${invoiceModel}.delete`;
type Signal = AbortSignal | undefined;

/**
 * Supplier invoices. The number the supplier gave stands in Reference, where Tryton itself looks for what was entered
 * twice; our mark ends the Description. To make one takes several calls: the draft, the VAT as it stands on the invoice,
 * Post. It gets a number when it enters the books, and keeps it, whatever people do with it. So ours with a number is
 * booked, and ours without one is what is left of an attempt that came to nothing.
 */
export function createPurchaseBookings({ caller, reach }: InvoicesDeps): PurchaseBookings {
  const read = createAsk(caller);
  const write = createAsk(caller, (said) => ({ about: 'booking', said }));
  // Tryton lets nobody delete what has a number by now: then nobody knows, and it is looked up.
  const clear = createAsk(caller, () => ({ about: 'reply' }));
  const access = createInvoiceAccess(caller);

  async function search(domain: unknown[], { context }: Place, signal: Signal) {
    const fields = ['number', 'invoice_date', 'company', 'description'];
    const parameters = [[['type', '=', 'in'], domain], 0, null, [['id', 'ASC']], fields, context];
    return read(invoicesSchema, `model.${invoiceModel}.search_read`, parameters, signal);
  }

  async function removeUnfinished(mark: string, place: Place, signal: Signal): Promise<void> {
    const left = await search([...marked(mark), ['number', '=', null]], place, signal);
    if (left.length === 0) return;
    const ids = left.map(({ id }) => id);
    await clear(z.unknown(), deleting, [ids, place.context], signal);
  }

  /** What makes the VAT of a draft what it is on the invoice. */
  async function taxChanges(id: number, { lines }: NewPurchaseEntry, { context }: Place, signal: Signal) {
    const fields = ['taxes.tax', 'taxes.tax.parent', 'taxes.amount'];
    const [draft] = await read(
      invoiceTaxesSchema,
      `model.${invoiceModel}.read`,
      [[id], fields, context],
      signal,
    );
    return taxCorrections(lines, draft?.['taxes.'] ?? []).map(({ id: tax, amount }) => [
      'write',
      [tax],
      { amount: asTrytonDecimal(amount) },
    ]);
  }

  /** Says yes, once, to what Tryton will ask, as its clients do for the person in front of them. */
  async function answer(warning: string, { context }: Place, signal: Signal): Promise<void> {
    await write(z.unknown(), 'model.res.user.warning.skip', [warning, false, context], signal);
  }

  return {
    async find({ company: { externalId }, mark, supplier, invoiceNumber, signal }) {
      const place = await reach(externalId, signal);
      await access.assertHasInvoices(signal);
      const sameInvoice = [
        ['company', '=', place.company],
        ['party', '=', Number(supplier)],
        ['reference', '=', invoiceNumber],
        ['state', '!=', 'cancelled'],
      ];
      const found = await search(['OR', marked(mark), sameInvoice], place, signal);
      const entries = found.flatMap((invoice) => entryOf(invoice, mark) ?? []);
      if (entries.length === 0) await access.assertNothingIsHidden(signal);
      return entries;
    },

    async prepare({ entry, ...query }) {
      const { company, mark, signal } = query;
      const place = await reach(company.externalId, signal);
      await access.assertMayBook(signal);
      const hasCostCentres = await access.hasCostCentres(signal);
      const record = await invoiceRecord(read, { ...query, entry, place, hasCostCentres });
      const send = async <S extends z.ZodType>(schema: S, method: string, ...parameters: unknown[]) =>
        write(schema, `model.${invoiceModel}.${method}`, [...parameters, place.context], signal);

      return {
        async enter(assertDue) {
          assertDue();
          await removeUnfinished(mark, place, signal);
          assertDue();
          const [id = 0] = await send(idsSchema, 'create', [record]);
          try {
            const taxes = await taxChanges(id, entry, place, signal);
            assertDue();
            if (taxes.length > 0) await send(z.unknown(), 'write', [id], { taxes });
            if (entry.besides.length > 0) {
              assertDue();
              await answer(warningOfSimilar(id), place, signal);
            }
            assertDue();
            await send(z.unknown(), 'post', [id]);
          } catch (error) {
            if (leavesNothing(error)) await clear(z.unknown(), deleting, [[id], place.context], signal);
            throw error;
          }
        },
      };
    },
  };
}

/** What was refused, or came too late, must leave nothing behind that somebody could post. */
function leavesNothing(error: unknown): boolean {
  if (error instanceof AccountingFailure) return ['booking', 'right'].includes(error.meaning.about);
  return error instanceof TooLate;
}

/** "This supplier has another invoice with this number", as Tryton names it (trytond/res/user.py, `Warning.format`). */
function warningOfSimilar(id: number): string {
  return `${createHash('md5').update(`${invoiceModel},${id}`).digest('hex')}.invoice_similar`;
}

function marked(mark: string): unknown[] {
  return [['description', 'like', `%${mark}`]];
}

/** A draft of somebody else counts: they are at it. */
function entryOf(
  { id, number, invoice_date: date = null, company, description }: z.output<typeof invoicesSchema>[number],
  mark: string,
): PurchaseEntry | null {
  const ours = description?.endsWith(mark) ?? false;
  if (ours && !number) return null;
  return { id: String(id), number: number || `draft ${id}`, date, companyId: String(company), ours };
}
