import { test } from '@jest/globals';
import type { SetUpReach } from '../../../domain/announcements/logins.ts';
import type { Announcement } from '../../../domain/announcements/index.ts';
import { inWords } from '../../../bot/messages/announcement.ts';
import { disconnectionFacts } from '../facts.ts';
import { staysWithinLimits } from './drawn.ts';

const many = Array.from({ length: 300 }, (_, index) => ({ code: `${index}`, name: 'x'.repeat(400) }));
const people = Array.from({ length: 40 }, () => 'Sanne Jansen');
const names = { connectionName: 'Exact Online', systemName: 'Exact Online', connectionId: 'exact-online-1' };
const request = {
  what: 'connect-request',
  purpose: 'set-up',
  askedBy: 'Sanne Jansen',
  reminded: 0,
  ...names,
} as const;

/** A hundred different things that are closed, each in every company. */
const reach: SetUpReach = {
  systemId: 'exact-online',
  login: 'CX_Basecone',
  looked: true,
  unknown: 0,
  closed: Array.from({ length: 100 }, () => ({ barrier: 'user-right', kind: 'item', companies: many })),
};

test.each<[string, Announcement]>([
  [
    'A first choice',
    {
      ...request,
      reach: null,
      progress: { step: 'linked', login: 'CX_Basecone', reachable: 299, total: 300 },
    },
  ],
  ['A set-up that is done', { ...request, reach, progress: { step: 'done', login: 'CX', companies: 300 } }],
  [
    'Progress',
    {
      what: 'sync-progress',
      ...names,
      login: 'CX_Basecone',
      companies: 300,
      companiesDone: 299,
      rows: 9_999_999,
      finished: false,
      delayed: null,
    },
  ],
  ['An alert', { ...disconnectionFacts, companies: many, mayReconnect: people }],
  [
    'A note',
    {
      what: 'incident-note',
      note: {
        kind: 'reconnected',
        by: 'Tom',
        login: 'CX',
        reachable: 0,
        total: 300,
        afterMs: 1,
        missing: many,
      },
    },
  ],
  [
    'A result',
    {
      what: 'change-result',
      ...names,
      from: 'Tom de Vries',
      to: 'Petra Peeters',
      login: 'Petra_P',
      result: {
        kind: 'needs-second',
        lost: [{ barrier: 'company-access', kind: null, companies: many }],
        superusers: ['Sanne Jansen'],
      },
    },
  ],
])('%s with 300 companies stays within what Slack takes', (_name, announcement) => {
  staysWithinLimits(inWords(announcement));
});
