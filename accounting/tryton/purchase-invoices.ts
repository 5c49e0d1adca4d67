import { z } from 'zod';
import { AccountingFailure } from '../failure.ts';
import type { NewPurchaseEntry, PurchaseBookings, PurchaseEntry } from '../port.ts';
import { createAsk } from './ask.ts';
import type { TrytonCaller } from './grant.ts';
import { createInvoiceAccess, invoiceModel } from './invoice-access.ts';
import { invoiceRecord, type Place } from './invoice-record.ts';
import { invoiceTaxesSchema, taxCorrections } from './invoice-taxes.ts';
import { asTrytonDecimal } from './values.ts';

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
    description: z.string().nullish(),
  }),
);
const idsSchema = z.array(z.int());
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
    const fields = ['number', 'company', 'description'];
    const parameters = [[['type', '=', 'in'], domain], 0, null, [['id', 'ASC']], fields, context];
    return read(invoicesSchema, `model.${invoiceModel}.search_read`, parameters, signal);
  }

  async function removeUnfinished(mark: string, place: Place, signal: Signal): Promise<void> {
    const left = await search([...marked(mark), ['number', '=', null]], place, signal);
    if (left.length === 0) return;
    const ids = left.map(({ id }) => id);
    await clear(z.unknown(), `model.${invoiceModel}.delete`, [ids, place.context], signal);
  }

  async function correctTaxes(id: number, { lines }: NewPurchaseEntry, { context }: Place, signal: Signal) {
    const fields = ['taxes.tax', 'taxes.tax.parent', 'taxes.amount'];
    const [draft] = await read(
      invoiceTaxesSchema,
      `model.${invoiceModel}.read`,
      [[id], fields, context],
      signal,
    );
    const changes = taxCorrections(lines, draft?.['taxes.'] ?? []).map(({ id: tax, amount }) => [
      'write',
      [tax],
      { amount: asTrytonDecimal(amount) },
    ]);
    if (changes.length === 0) return;
    await write(z.unknown(), `model.${invoiceModel}.write`, [[id], { taxes: changes }, context], signal);
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

    async enter({ entry, ...query }) {
      const { company, mark, signal } = query;
      const place = await reach(company.externalId, signal);
      await access.assertMayBook(signal);
      const hasCostCentres = await access.hasCostCentres(signal);
      const record = await invoiceRecord(read, { ...query, entry, place, hasCostCentres });
      await removeUnfinished(mark, place, signal);
      const [id = 0] = await write(
        idsSchema,
        `model.${invoiceModel}.create`,
        [[record], place.context],
        signal,
      );
      try {
        await correctTaxes(id, entry, place, signal);
        await write(z.unknown(), `model.${invoiceModel}.post`, [[id], place.context], signal);
      } catch (error) {
        // What was refused must leave nothing behind that somebody could post.
        if (error instanceof AccountingFailure && ['booking', 'right'].includes(error.meaning.about))
          await removeUnfinished(mark, place, signal);
        throw error;
      }
    },
  };
}

function marked(mark: string): unknown[] {
  return [['description', 'like', `%${mark}`]];
}

/** A draft of somebody else counts: he is at it. */
function entryOf(
  { id, number, company, description }: z.output<typeof invoicesSchema>[number],
  mark: string,
): PurchaseEntry | null {
  const ours = description?.endsWith(mark) ?? false;
  if (ours && !number) return null;
  return { id: String(id), number: number || `draft ${id}`, companyId: String(company), ours };
}
