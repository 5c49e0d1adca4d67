import type { Happening, ToldEntry } from '../connections/history-kinds.ts';
import type { Login } from '../connection.ts';
import type { Moment } from '../master-data.ts';
import type { Approval, Weighed } from './change.ts';
import type { PersonId } from '../ids.ts';

/** Why a change came to nothing. `lost`: it ended without a word, which nobody meant. */
export type WhyUnmade = 'cancelled' | 'lapsed' | 'lost' | 'needs-second' | 'not-linked' | 'not-by-itself';

/** Who asked for a change, from whom to whom; people by their ids in the office file. */
export interface AskedChange {
  from: PersonId;
  to: PersonId;
  askedBy: PersonId;
  askedAt: Moment;
  /** It is a handover whose day had come. */
  isUnattended: boolean;
}

/** What a change gained and lost, in counts, and the companies that either login reads. */
export type GainAndLoss = Pick<Weighed, 'reachBefore' | 'reachAfter' | 'lost' | 'gained' | 'uncertain'>;

/** A change in the moment of the switch. */
export interface SwitchedTo extends GainAndLoss, Approval {
  login: string;
  /** The login in use until then, or null where there was none. */
  formerLogin: string | null;
  /** The login had been linked before anybody asked for the change. */
  hadLinkedIt: boolean;
}

/** What became of the former login once nothing could be undone any more. `kept`: by its person, for themselves. */
export interface FormerSettled {
  fate: 'stand-in' | 'kept' | 'let-go';
  /** Who stands in instead of them, where their login is only kept. */
  standIn: PersonId | null;
}

/**
 * What becomes known of one change, one after the other. Each is written down once, however often it is told; the number is
 * unique within the connection.
 */
export type ChangeFact = { number: number } & (
  | { fact: 'asked'; asked: AskedChange }
  | { fact: 'made'; asked: AskedChange; at: Moment; made: SwitchedTo }
  | { fact: 'unmade'; asked: AskedChange; at: Moment; why: WhyUnmade; by: PersonId | null }
  | { fact: 'undone'; at: Moment; by: PersonId }
  | { fact: 'settled'; at: Moment; settled: FormerSettled }
);

/** All that is known of one change of synchronisation user. */
export interface Change extends AskedChange {
  number: number;
  /** Null while it is under way. */
  end: MadeChange | { how: WhyUnmade; at: Moment; by: PersonId | null } | null;
}

export interface MadeChange extends Omit<SwitchedTo, 'formerLogin'> {
  how: 'made';
  at: Moment;
  /** Null where no login was in use before. */
  former: {
    login: string;
    /** Back to that login, or null. */
    undone: { by: PersonId; at: Moment } | null;
    settled: (FormerSettled & { at: Moment }) | null;
  } | null;
}

/** A change in the moment of the switch: what both logins may read, and who agreed to a loss. */
export function switchedTo(made: {
  login: Login;
  formerLogin: Login | null;
  weighed: Weighed;
  approval: Approval;
  hadLinkedIt: boolean;
}): SwitchedTo {
  const { login, formerLogin, weighed, approval, hadLinkedIt } = made;
  const { reachBefore, reachAfter, lost, gained, uncertain } = weighed;
  return {
    ...{ reachBefore, reachAfter, lost, gained, uncertain, hadLinkedIt, ...approval },
    login: login.accountingUserName,
    formerLogin: formerLogin?.accountingUserName ?? null,
  };
}

/** The same for people to read, as it stands in the history of the connection. */
export function synchronisationUserChanged(
  { from, to, askedBy }: Pick<AskedChange, 'from' | 'to' | 'askedBy'>,
  made: SwitchedTo,
): Happening {
  const { login, formerLogin, hadLinkedIt, confirmedBy, reason, agreedBy, ...weighed } = made;
  const { reachBefore, reachAfter, lost, gained } = weighed;
  return {
    what: 'synchronisation-user-changed',
    data: {
      ...{ from, to, askedBy, login, formerLogin, hadLinkedIt, reachBefore, reachAfter, lost, gained },
      ...{ confirmedBy, reason, agreedBy },
    },
  };
}

/** A change that came to nothing, for people to read. */
export function changeEnded(to: PersonId | null, why: WhyUnmade): Happening {
  return { what: `change-${why}`, data: { to } };
}

/** How a change ended, in the words of the history, with when and by whom; null while it is under way. */
export function endOfChange({ end, ...asked }: Change): (ToldEntry & { at: Moment }) | null {
  if (end === null) return null;
  const { at } = end;
  if (end.how !== 'made') return { ...changeEnded(asked.to, end.how), officeUserId: end.by, at };
  const made = { ...end, formerLogin: end.former?.login ?? null };
  return { ...synchronisationUserChanged(asked, made), officeUserId: asked.to, at };
}
