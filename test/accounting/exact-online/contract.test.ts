import { describe } from '@jest/globals';
import { createExactOnlineOperated } from './operated.ts';
import { masterDataKinds } from '../../../domain/master-data.ts';
import { keepsTheContract } from '../contract.ts';

describe('Exact Online', () => {
  keepsTheContract({
    open: createExactOnlineOperated,
    kinds: masterDataKinds,
    tellsDeletions: ['gl-account', 'relation', 'item', 'project'],
    longKind: 'cost-centre',
    rights: { lost: 'vat-code', kept: 'journal' },
    brokenLogin: { about: 'link', cause: 'consent-withdrawn' },
    refusedLogin: { about: 'login', reason: 'login-failed' },
  });
});
