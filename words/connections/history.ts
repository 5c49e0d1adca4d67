import { explainCause } from '../causes.ts';
import { whoCame } from '../../domain/logins/sign-in-link.ts';
import type { Day } from '../../domain/master-data.ts';
import { kindNames } from '../kinds.ts';
import type {
  HistoryKinds,
  KeptHappening,
  KeptKinds,
  ToldEntry,
} from '../../domain/connections/history-kinds.ts';

export interface HistoryNames {
  systemName: string;
  /** The name of an office user, or their id when they are not known any more. */
  userName: (id: string) => string;
}

/** One entry as a sentence for people. */
export function historySentence(entry: ToldEntry, { systemName, userName }: HistoryNames): string {
  const { officeUserId } = entry;
  const outsider = 'outsider' in entry.data ? entry.data.outsider : null;
  const by = officeUserId === null ? 'Syncuser' : whoCame(outsider, userName(officeUserId));
  return say(entry, { by, systemName, person: (id) => (id === null ? 'nobody' : userName(id)) });
}

function say<What extends keyof KeptKinds>({ what, data }: KeptHappening<What>, teller: Teller): string {
  return sentences[what](data, teller);
}

/** What a sentence needs beside the facts. */
interface Teller {
  /** Whoever did it, in words; Syncuser when nobody did. */
  by: string;
  systemName: string;
  person: (id: string | null) => string;
}

/** A day as people write it. */
const day = (on: Day) => longDay.format(new Date(on));

const longDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

const companies = (amount: number) => (amount === 1 ? '1 company' : `${amount} companies`);

type Sentences = { [What in keyof KeptKinds]: (facts: KeptKinds[What], teller: Teller) => string };

/** The compiler wants one for every kind. */
const sentences: Sentences = {
  'logged-in': ({ login, reachable, total, of }, { by, person }) =>
    `${by} logged in as ${login}${of === null ? '' : ` for ${person(of)}`}, which reaches ${reachable} of ${companies(total)}.`,
  'change-undone': ({ from, to, login }, { by, person }) =>
    `${by} undid the change: ${person(to)} is the synchronisation user again, as ${login}, in place of ${person(from)}.`,
  'former-stands-in': ({ person: former, login }, { person }) =>
    `${person(former)}, the former synchronisation user, stands in from now on as ${login}.`,
  'former-login-kept': ({ person: former, login, standIn }, { person }) =>
    `${person(former)}, the former synchronisation user, keeps the login ${login} as a personal one${standIn === null ? '' : `: ${person(standIn)} stands in`}.`,
  'former-login-let-go': ({ person: former, login }, { person }) =>
    `The login ${login} of ${person(former)}, the former synchronisation user, was let go of.`,
  'handover-planned': ({ from, to, on }, { by, person }) =>
    by === person(to)
      ? `${by} planned to take over from ${person(from)} on ${day(on)}.`
      : `${by} planned that ${person(to)} takes over from ${person(from)} on ${day(on)}.`,
  'handover-cancelled': ({ to, on }, { by, person }) =>
    by === person(to)
      ? `${by} called off taking over on ${day(on)}.`
      : `${by} called off that ${person(to)} takes over on ${day(on)}.`,
  'handover-overtaken': ({ from, to, on }, { by, person }) =>
    `The handover from ${person(from)} to ${person(to)} on ${day(on)} is off: ${by} is the synchronisation user now.`,
  'handover-begun': ({ from, to }, { by, person }) =>
    `The day came on which ${person(to)} takes over from ${person(from)}, as ${by} planned.`,
  'set-up-asked': ({ person: asked }, { by, person }) =>
    by === person(asked)
      ? `${by} set this connection up, as its synchronisation user.`
      : `${by} set this connection up, and asked ${person(asked)} to be its synchronisation user.`,
  'set-up-cancelled': ({ person: asked }, { by, person }) =>
    `${by} called the set-up off before ${person(asked)} was linked.`,
  'set-up-lapsed': ({ person: asked }, { person }) =>
    `${person(asked)} did not log in in time, so the set-up lapsed.`,
  'change-asked': ({ from, to }, { by, person }) =>
    by === person(to)
      ? `${by} wants to take over from ${person(from)} as synchronisation user.`
      : `${by} asked ${person(to)} to take over from ${person(from)} as synchronisation user.`,
  'change-cancelled': ({ to }, { by, person }) =>
    by === person(to)
      ? `${by} declined to take over.`
      : `${by} refused or called off the change to ${person(to)}.`,
  'change-lost': ({ to }, { person }) => `The change to ${person(to)} ended without a result.`,
  'change-lapsed': ({ to }, { person }) =>
    `The change to ${person(to)} was not finished in time, so it lapsed.`,
  'change-needs-second': ({ to }, { person }) =>
    `The change to ${person(to)} was refused: something would be lost, and no second superuser was there to agree.`,
  'change-not-linked': ({ to }, { person }) =>
    `${person(to)} did not take over: no login was there that works.`,
  'change-not-by-itself': ({ to }, { person }) =>
    `${person(to)} did not take over: something would have been lost.`,
  'stand-in-chosen': ({ person: chosen, before }, { by, person }) =>
    `${by} chose ${person(chosen)} to stand in${before === null ? '' : `, in place of ${person(before)}`}.`,
  'stand-in-removed': ({ before }, { by, person }) =>
    before === null
      ? `${by} chose nobody to stand in.`
      : `${by} decided that ${person(before)} no longer stands in.`,
  'link-ended': ({ person: linked, login }, { by, person }) =>
    `${by} ended the link of ${person(linked)} as ${login}.`,
  'companies-linked': ({ added, linked }, { by }) =>
    `${by} linked ${companies(added)}; ${linked} are linked since.`,
  'companies-unlinked': ({ removed }, { by }) => `${by} unlinked ${companies(removed)}.`,
  disconnected: ({ cause }, { systemName: system }) =>
    `Disconnected: ${explainCause(cause, { system, login: 'the login' }).what}.`,
  paused: (_, { by }) => `${by} paused the synchronisation.`,
  resumed: (_, { by }) => `${by} resumed the synchronisation.`,
  reconnected: (_, { by }) => `${by} reconnected it.`,
  changed: (_, { by }) => `Connected again with the login of ${by}.`,
  'works-again': (_, { systemName }) => `The login works again: it was mended in ${systemName}.`,
  'deletions-confirmed': (rows, { by }) =>
    `${by} said that the ${seemedGone(rows)} were deleted, and they are deleted here too.`,
  'rows-kept': (rows, { by }) => `${by} said to keep the ${seemedGone(rows)}.`,
  'synchronisation-user-changed': (facts, { person }) => changed(facts, person),
  unknown: ({ kind }, { by }) => `${by}: something that this version cannot read (“${kind}”).`,
};

const seemedGone = ({ kind, rows }: HistoryKinds['rows-kept']) =>
  `${kindNames[kind]} that seemed to be gone (${rows === 1 ? '1 row' : `${rows} rows`})`;

function changed(facts: HistoryKinds['synchronisation-user-changed'], person: Teller['person']): string {
  const { from, to, login, formerLogin, askedBy, reachBefore, reachAfter } = facts;
  const { reason, confirmedBy, agreedBy, hadLinkedIt } = facts;
  const own = hadLinkedIt ? ', which had been linked as a login of their own' : '';
  const former = formerLogin === null ? '' : ` (${formerLogin})`;
  return [
    `${person(to)} became the synchronisation user as ${login}${own}, in place of ${person(from)}${former}.`,
    ...(askedBy === to ? [] : [`Asked by ${person(askedBy)}.`]),
    `It reached ${reachBefore} before and ${reachAfter} after.`,
    ...(reason === null ? [] : [`Reason: ${quoted(reason)}`]),
    ...(confirmedBy === null ? [] : [`Wanted by ${person(confirmedBy)}.`]),
    ...(agreedBy === null ? [] : [`Agreed by ${person(agreedBy)}.`]),
  ].join(' ');
}

/** What somebody wrote themselves, whether they ended it with a full stop or not. */
export const quoted = (words: string) => `“${words}”${/[.!?…]$/.test(words) ? '' : '.'}`;
