import { z } from 'zod';
import { defineTable, related } from '../table.ts';
import { flag } from '../values.ts';

/** Tryton does not mark a party as customer or supplier, so neither is said. */
export const relation = defineTable({
  kind: 'relation',
  model: 'party.party',
  perCompany: false,
  parts: {
    addresses: 'party.address',
    identifiers: 'party.identifier',
    contact_mechanisms: 'party.contact_mechanism',
  },
  refers: { tax_identifier: 'party.identifier', 'addresses.country': 'country.country' },
  record: {
    code: z.string().nullish(),
    name: z.string().nullish(),
    rec_name: z.string(),
    active: flag,
    email: z.string().nullish(),
    'tax_identifier.': related({ code: z.string().nullish() }),
    'identifiers.': z.array(z.object({ type: z.string().nullish(), code: z.string().nullish() })),
    'addresses.': z.array(
      z.object({
        active: flag,
        city: z.string().nullish(),
        'country.': related({ code: z.string().nullish() }),
      }),
    ),
  },
  row(party) {
    const address = party['addresses.'].find((candidate) => candidate.active);
    const register = party['identifiers.'].find(({ type }) => type?.endsWith('_businessid'));
    return {
      code: party.code ?? null,
      name: party.name || party.rec_name,
      active: party.active,
      details: {
        vatNumber: party['tax_identifier.']?.code ?? null,
        chamberOfCommerce: register?.code ?? null,
        // Tryton computes this field and says '' where there is none.
        email: party.email || null,
        city: address?.city || null,
        country: address?.['country.']?.code ?? null,
      },
    };
  },
});
