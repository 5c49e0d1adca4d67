import { z } from 'zod';

import { sumOf } from '../../domain/bookings/amounts.ts';
import { inOneForm } from '../../domain/meant.ts';
import { AccountingFailure } from '../failure.ts';
import type { EntryQuery, NewPurchaseEntry, PurchaseBookings, PurchaseEntry } from '../port.ts';
import { query, type Client } from './client.ts';
import type { RightsCheck } from './rights.ts';
import { date, guid, selectOf, text } from './schemas.ts';
import { day } from './values.ts';

const endpoint = 'purchaseentry/PurchaseEntries';

const entrySchema = z.object({
  EntryID: guid,
  EntryNumber: z.int(),
  EntryDate: date,
  Division: z.int(),
  Supplier: guid,
  Description: text,
});

/** I: amounts of a line include the VAT (vendor's reference: "If an 'Including' VAT code is used …"). */
const vatCodeSchema = z.object({ Code: text, Type: text });

/** How long the description of an entry may be; second-hand, as no page of the vendor's names it. */
const longestDescription = 60;

interface EntriesDeps {
  client: Client;
  rights: RightsCheck;
  now: () => Date;
  divisionOf: (externalId: string) => number;
}

/**
 * Purchase entries. The invoice number of the supplier stands in YourRef, where accountants look for it, and which can
 * be filtered on (seen in clients, README); our mark ends the Description. Filtering on YourRef finds both our own
 * entry and one that somebody else made of the same invoice.
 */
export function createPurchaseBookings({ client, rights, now, divisionOf }: EntriesDeps): PurchaseBookings {
  return {
    async find({ company, mark, supplier, invoiceNumber, signal }) {
      const division = divisionOf(company.externalId);
      const asked = query({
        $filter: `YourRef eq '${invoiceNumber.replaceAll("'", "''")}'`,
        $select: selectOf(entrySchema),
      });
      const found: PurchaseEntry[] = [];
      let isEmpty = true;
      for await (const { rows } of client.pages({ division, endpoint, query: asked, signal }, entrySchema)) {
        isEmpty &&= rows.length === 0;
        for (const row of rows) {
          const entry = entryOf(row, mark);
          if (entry.ours || row.Supplier === inOneForm(supplier)) found.push(entry);
        }
      }
      if (isEmpty)
        await rights.assertMayRead({ client, division, now, signal, endpoint: { rightsOf: endpoint } });
      return found;
    },

    async prepare({ entry, company, mark, supplier, invoiceNumber, signal }) {
      const division = divisionOf(company.externalId);
      const including = await vatCodesIncluding(client, division, signal);
      const body = {
        Journal: codeOf(entry.journal),
        Supplier: supplier,
        YourRef: invoiceNumber,
        EntryDate: entry.invoiceDate,
        ...(entry.dueDate && { DueDate: entry.dueDate }),
        Currency: entry.currency,
        Description: marked(entry.description ?? invoiceNumber, mark),
        PurchaseEntryLines: entry.lines.map((line) => lineOf(line, including)),
      };
      const change = { method: 'POST', division, endpoint, query: '', signal, books: true, body } as const;
      return { enter: (assertDue) => client.change({ ...change, assertDue }) };
    },
  };
}

function entryOf(row: z.output<typeof entrySchema>, mark: string): PurchaseEntry {
  return {
    id: row.EntryID,
    number: String(row.EntryNumber),
    date: day(row.EntryDate),
    companyId: String(row.Division),
    ours: row.Description?.endsWith(mark) ?? false,
  };
}

function marked(words: string, mark: string): string {
  return `${words.slice(0, longestDescription - mark.length - 1).trimEnd()} ${mark}`;
}

type Line = NewPurchaseEntry['lines'][number];

/** VAT is always given: "to specify a VAT amount that differs from the VAT amount that is automatically calculated". */
function lineOf(line: Line, including: ReadonlySet<string>): object {
  const { glAccount, netAmount, vatAmount, vatCode, costCentre, costUnit, project, description } = line;
  const vat = vatCode && codeOf(vatCode);
  return {
    GLAccount: glAccount.externalId,
    AmountFC: Number(vat && including.has(vat) ? sumOf([netAmount, vatAmount]) : netAmount),
    ...(vat && { VATCode: vat, VATAmountFC: Number(vatAmount) }),
    ...(costCentre && { CostCenter: codeOf(costCentre) }),
    ...(costUnit && { CostUnit: codeOf(costUnit) }),
    ...(project && { Project: project.externalId }),
    ...(description && { Description: description }),
  };
}

async function vatCodesIncluding(
  client: Client,
  division: number,
  signal: EntryQuery['signal'],
): Promise<Set<string>> {
  const asked = query({ $select: selectOf(vatCodeSchema) });
  const codes = new Set<string>();
  const request = { division, endpoint: 'vat/VATCodes', query: asked, signal };
  for await (const { rows } of client.pages(request, vatCodeSchema))
    for (const { Code, Type } of rows) if (Code && Type === 'I') codes.add(Code);
  return codes;
}

/** Exact Online names these by their code; a row without one cannot be named. */
function codeOf({ code }: { code: string | null }): string {
  if (code !== null) return code;
  throw new AccountingFailure({ about: 'booking', said: 'a row without a code' }, 'a row has no code');
}
