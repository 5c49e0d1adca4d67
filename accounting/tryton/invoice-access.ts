import { z } from 'zod';
import { AccountingFailure } from '../failure.ts';
import { createAsk, type Ask } from './ask.ts';
import type { TrytonCaller } from './grant.ts';
import { sightOf } from './record-rules.ts';

export const invoiceModel = 'account.invoice';
export const lineModel = 'account.invoice.line';

/** What this Tryton can book, and what its user may. */
export interface InvoiceAccess {
  /** @throws AccountingFailure `booking` without the module account_invoice: nothing can be booked here */
  assertHasInvoices(signal: AbortSignal | undefined): Promise<void>;
  /** Whether a line of an invoice can name a cost centre. */
  hasCostCentres(signal: AbortSignal | undefined): Promise<boolean>;
  /** An empty list is proof only where no record rule hides invoices. @throws AccountingFailure `right` */
  assertNothingIsHidden(signal: AbortSignal | undefined): Promise<void>;
  /** @throws AccountingFailure `right` when the user may not make invoices, or not take back what they began */
  assertMayBook(signal: AbortSignal | undefined): Promise<void>;
}

const fieldsSchema = z.array(z.object({ model: z.string() }));
const allowed = z.union([z.boolean(), z.number()]).nullish();
const accessSchema = z.record(
  z.string(),
  z.looseObject({ read: allowed, create: allowed, write: allowed, delete: allowed }),
);

export function createInvoiceAccess(caller: TrytonCaller): InvoiceAccess {
  const ask: Ask = createAsk(caller);
  let known: Promise<ReadonlySet<string>> | null = null;

  /** The modules that are activated show in the fields they add; asked once in a session. */
  function models(signal: AbortSignal | undefined): Promise<ReadonlySet<string>> {
    const fields = [
      'OR',
      [
        ['model', '=', invoiceModel],
        ['name', '=', 'source_total_amount'],
      ],
      [
        ['model', '=', lineModel],
        ['name', '=', 'analytic_accounts'],
      ],
    ];
    known ??= ask(
      fieldsSchema,
      'model.ir.model.field.search_read',
      [fields, 0, null, null, ['model'], {}],
      signal,
    ).then(
      (found) => new Set(found.map(({ model }) => model)),
      (error: unknown) => {
        known = null;
        throw error;
      },
    );
    return known;
  }

  return {
    async assertHasInvoices(signal) {
      if ((await models(signal)).has(invoiceModel)) return;
      const said = 'This Tryton has no invoices: its module account_invoice is not activated.';
      throw new AccountingFailure({ about: 'booking', said }, said);
    },
    hasCostCentres: async (signal) => (await models(signal)).has(lineModel),
    async assertNothingIsHidden(signal) {
      const { mayHide } = await sightOf(caller, [{ model: invoiceModel, perCompany: true }], signal);
      if (!mayHide) return;
      throw new AccountingFailure(
        { about: 'right' },
        'record rules may hide invoices: nothing is proof of nothing',
      );
    },
    async assertMayBook(signal) {
      const asked = [[invoiceModel, lineModel], {}];
      const access = await ask(accessSchema, 'model.ir.model.access.get_access', asked, signal);
      for (const model of [invoiceModel, lineModel])
        for (const [right, answer] of Object.entries(access[model] ?? {}))
          if (answer === false || answer === 0)
            throw new AccountingFailure({ about: 'right' }, `the user has no right to ${right} ${model}`);
    },
  };
}
