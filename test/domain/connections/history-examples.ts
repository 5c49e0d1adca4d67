import type { Happening, HistoryKinds } from '../../../domain/connections/history-kinds.ts';

const mended = { incident: 1, outsider: null };
const unmade = { to: 'petra' };
const handover = { from: 'tom', to: 'sanne', on: '2026-12-01' };
const former = { person: 'tom', login: 'CX_Basecone', standIn: 'petra' };
const seemedGone = { question: 1, kind: 'relation', rows: 12 } as const;

/** One of every kind; the compiler misses one that is left out. */
export const examples: HistoryKinds = {
  'set-up-asked': { person: 'tom' },
  'set-up-cancelled': { person: 'tom' },
  'set-up-lapsed': { person: 'tom' },
  'logged-in': { login: 'CX_Basecone', reachable: 11, total: 12, outsider: null, of: null },
  'link-ended': { person: 'petra', login: 'P.Peeters' },
  'companies-linked': { added: 1, linked: 12 },
  'companies-unlinked': { removed: 2, companies: ['1', '2'] },
  disconnected: { cause: 'consent-withdrawn', incident: 1 },
  reconnected: mended,
  changed: mended,
  'works-again': mended,
  paused: {},
  resumed: {},
  'deletions-confirmed': seemedGone,
  'rows-kept': seemedGone,
  'stand-in-chosen': { person: 'petra', before: 'tom' },
  'stand-in-removed': { person: null, before: 'tom' },
  'handover-planned': handover,
  'handover-cancelled': handover,
  'handover-overtaken': handover,
  'handover-begun': { from: 'tom', to: 'petra' },
  'change-asked': { from: 'tom', to: 'petra' },
  'change-cancelled': unmade,
  'change-lapsed': unmade,
  'change-lost': unmade,
  'change-needs-second': unmade,
  'change-not-linked': unmade,
  'change-not-by-itself': unmade,
  'synchronisation-user-changed': {
    from: 'tom',
    to: 'petra',
    login: 'P.Peeters',
    formerLogin: 'CX_Basecone',
    askedBy: 'sanne',
    reachBefore: 12,
    reachAfter: 11,
    lost: 1,
    gained: 0,
    reason: 'Company 112 is sold.',
    confirmedBy: 'sanne',
    agreedBy: 'gone',
    hadLinkedIt: false,
  },
  'change-undone': { from: 'petra', to: 'tom', login: 'CX_Basecone' },
  'former-stands-in': former,
  'former-login-kept': former,
  'former-login-let-go': former,
};

export const everyKind = (Object.keys(examples) as (keyof HistoryKinds)[]).map(
  (what) => ({ what, data: examples[what] }) as Happening,
);
