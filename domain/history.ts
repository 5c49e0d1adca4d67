import { explainCause, linkCauses, type LinkCause } from './causes.ts';

/** What is told of an entry of the history; the store keeps it, the workflows decide what is in `data`. */
export interface ToldEntry {
  /** Who did it, by id; null when nobody did. */
  officeUserId: string | null;
  what: string;
  data: Record<string, unknown>;
}

export interface HistoryNames {
  systemName: string;
  /** The name of an office user, or his id when he is not known any more. */
  userName: (id: string) => string;
}

/** One entry as a sentence for people. A kind of entry nobody wrote a sentence for is told by its name. */
export function historySentence(entry: ToldEntry, names: HistoryNames): string {
  const say = sentences[entry.what];
  const by = entry.officeUserId === null ? 'Syncuser' : names.userName(entry.officeUserId);
  return say?.({ by, ...reading(entry.data, names) }, names) ?? `${by}: ${entry.what.replaceAll('-', ' ')}.`;
}

type Reading = ReturnType<typeof reading>;
type Sentence = (facts: Reading & { by: string }, names: HistoryNames) => string;

/** What stands in the data of an entry, each part read as what it should be. */
function reading(data: Record<string, unknown>, { userName }: HistoryNames) {
  const text = (key: string) => (typeof data[key] === 'string' ? data[key] : null);
  return {
    text,
    /** Words where there are none say nothing wrong. */
    word: (key: string) => text(key) ?? 'somebody',
    count: (key: string) => (typeof data[key] === 'number' ? data[key] : 0),
    /** A day as people write it. */
    day: (key: string) => {
      const day = text(key);
      return day === null ? 'some day' : longDay.format(new Date(day));
    },
    has: (key: string) => data[key] !== undefined && data[key] !== null,
    person: (key: string) => {
      const id = text(key);
      return id === null ? 'nobody' : userName(id);
    },
  };
}

const longDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

const companies = (amount: number) => (amount === 1 ? '1 company' : `${amount} companies`);

const sentences: Record<string, Sentence> = {
  'logged-in': ({ by, word, count }) =>
    `${by} logged in as ${word('login')}, which reaches ${count('reachable')} of ${companies(count('total'))}.`,
  'change-undone': ({ by, person, word }) =>
    `${by} undid the change: ${person('to')} is the synchronisation user again, as ${word('login')}, in place of ${person('from')}.`,
  'former-stands-in': ({ person, word }) =>
    `${person('person')}, the former synchronisation user, stands in from now on as ${word('login')}.`,
  'former-login-kept': ({ person, word }) =>
    `${person('person')}, the former synchronisation user, keeps the login ${word('login')} as a personal one: ${person('standIn')} stands in.`,
  'former-login-let-go': ({ person, word }) =>
    `The login ${word('login')} of ${person('person')}, the former synchronisation user, was let go of.`,
  'handover-planned': ({ by, person, day }) =>
    by === person('to')
      ? `${by} planned to take over from ${person('from')} on ${day('on')}.`
      : `${by} planned that ${person('to')} takes over from ${person('from')} on ${day('on')}.`,
  'handover-cancelled': ({ by, person, day }) =>
    by === person('to')
      ? `${by} called off taking over on ${day('on')}.`
      : `${by} called off that ${person('to')} takes over on ${day('on')}.`,
  'handover-begun': ({ by, person }) =>
    `The day came on which ${person('to')} takes over from ${person('from')}, as ${by} planned.`,
  'set-up-asked': ({ by, person }) =>
    by === person('person')
      ? `${by} set this connection up, as its synchronisation user.`
      : `${by} set this connection up, and asked ${person('person')} to be its synchronisation user.`,
  'set-up-cancelled': ({ by, person }) =>
    `${by} called the set-up off before ${person('person')} was linked.`,
  'set-up-lapsed': ({ person }) => `${person('person')} did not log in in time, so the set-up lapsed.`,
  'change-asked': ({ by, person }) =>
    by === person('to')
      ? `${by} wants to take over from ${person('from')} as synchronisation user.`
      : `${by} asked ${person('to')} to take over from ${person('from')} as synchronisation user.`,
  'change-cancelled': ({ by, person }) =>
    by === person('to')
      ? `${by} declined to take over.`
      : `${by} refused or called off the change to ${person('to')}.`,
  'change-lapsed': ({ person }) => `The change to ${person('to')} was not finished in time, so it lapsed.`,
  'change-needs-second': ({ person }) =>
    `The change to ${person('to')} was refused: something would be lost, and no second superuser was there to agree.`,
  'change-not-linked': ({ person }) => `${person('to')} did not take over: no login was there that works.`,
  'change-not-by-itself': ({ person }) =>
    `${person('to')} did not take over: something would have been lost.`,
  'stand-in-chosen': ({ by, person, has }) =>
    `${by} chose ${person('person')} to stand in${has('before') ? `, in place of ${person('before')}` : ''}.`,
  'stand-in-removed': ({ by, person, has }) =>
    has('before')
      ? `${by} decided that ${person('before')} no longer stands in.`
      : `${by} chose nobody to stand in.`,
  'link-ended': ({ by, person, word }) => `${by} ended the link of ${person('person')} as ${word('login')}.`,
  'companies-linked': ({ by, count }) =>
    `${by} linked ${companies(count('added'))}; ${count('linked')} are linked since.`,
  'companies-unlinked': ({ by, count }) => `${by} unlinked ${companies(count('removed'))}.`,
  disconnected: ({ text }, { systemName }) => {
    const cause = linkCauses.find((known) => known === text('cause'));
    return `Disconnected${cause ? `: ${why(cause, systemName)}` : ''}.`;
  },
  reconnected: ({ by }) => `${by} reconnected it.`,
  changed: ({ by }) => `Connected again with the login of ${by}.`,
  'synchronisation-user-changed': (facts) => changed(facts),
};

function changed({ by, person, word, text, count, has }: Reading & { by: string }): string {
  const reach = has('reachBefore')
    ? ` It reached ${count('reachBefore')} before and ${count('reachAfter')} after.`
    : '';
  return `${has('to') ? person('to') : by} became the synchronisation user as ${word('login')}, in place of ${person('from')}${
    has('formerLogin') ? ` (${word('formerLogin')})` : ''
  }.${has('askedBy') && text('askedBy') !== text('to') ? ` Asked by ${person('askedBy')}.` : ''}${reach}${
    has('reason') ? ` Reason: ${quoted(word('reason'))}` : ''
  }${
    has('confirmedBy') ? ` Wanted by ${person('confirmedBy')}.` : ''
  }${has('agreedBy') ? ` Agreed by ${person('agreedBy')}.` : ''}`;
}

/** What somebody wrote himself, whether he ended it with a full stop or not. */
export const quoted = (words: string) => `“${words}”${/[.!?…]$/.test(words) ? '' : '.'}`;

function why(cause: LinkCause, system: string): string {
  return explainCause(cause, { system, login: 'the login' }).what;
}
