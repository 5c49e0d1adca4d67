import { z } from 'zod';
import { knownAccount } from '../../account-number.ts';
import { defineTable } from '../table.ts';
import { flag } from '../values.ts';

/**
 * Tryton's module `bank`: an account may have several owners, and an IBAN beside the number of before (bank/bank.py). It is a
 * row of each owner. Who adds one that exists to a party touches the party alone, so the owners count as parts.
 */
export const bankAccount = defineTable({
  kind: 'bank-account',
  model: 'bank.account',
  perCompany: false,
  parts: { numbers: 'bank.account.number', owners: 'party.party' },
  record: {
    active: flag,
    'owners.': z.array(z.object({ id: z.int(), rec_name: z.string() })),
    'numbers.': z.array(z.object({ number: z.string(), type: z.string(), active: flag })),
  },
  row({ active, 'owners.': owners, 'numbers.': numbers }) {
    // The IBAN first: its ending is what people know an account by.
    const inUse = numbers
      .filter((number) => number.active)
      .toSorted((a, b) => Number(b.type === 'iban') - Number(a.type === 'iban'));
    const account = knownAccount(inUse.map(({ number }) => number));
    return owners.map(({ id, rec_name: name }) => ({
      ...{ of: String(id), code: null, name, active },
      details: { relationId: String(id), ...account },
    }));
  },
});
