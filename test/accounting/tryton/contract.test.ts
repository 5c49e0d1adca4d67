import { describe } from '@jest/globals';
import { tables } from '../../../accounting/tryton/tables.ts';
import { firstTimeMs } from '@syncuser/tryton-sandbox';
import { keepsTheContract } from '../contract.ts';
import { createTrytonOperated } from './operated.ts';

describe('Tryton', () => {
  keepsTheContract({
    open: createTrytonOperated,
    openWithinMs: firstTimeMs,
    kinds: tables.map(({ kind }) => kind),
    tellsDeletions: [],
    longKind: 'gl-account',
    rights: { lost: 'vat-code', kept: 'journal' },
    brokenLogin: { about: 'link', cause: 'credentials-refused' },
    refusedLogin: { about: 'login', reason: 'credentials-refused' },
  });
});
