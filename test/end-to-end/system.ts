import type { Endpoints } from '../../start/endpoints.ts';
import type { Visitor } from './visitor.ts';

/** What the story has to know of an accounting system; everything else is the same for all. */
export interface SystemOfStory {
  name: string;
  /** Id in the list of the set-up. */
  id: string;
  /** Companies of the office, and how many the login reaches that reaches less. */
  companies: number;
  reachedByLesser: number;
  logins: { synchronisation: string; successor: string; lesser: string; another: string };
  /** Channels of the teams that have companies in it. */
  channels: string[];
  /** Codes that an invoice of the first company may name. */
  invoice: { supplier: string; journal: string; glAccount: string; vatCode: string };
  /** What the alert says after `breakLogin`. */
  why: string;
  open(endpoints: Endpoints): SystemAtWork;
}

/** The running accounting system, seen and changed without any code of the product. */
export interface SystemAtWork {
  /** Takes a visitor from the Connect page through the login to the page that says what came of it. */
  logIn(visitor: Visitor, login: string): Promise<void>;
  /** The same, from the page that says that the login was that of another user. */
  logInInstead(visitor: Visitor, login: string): Promise<void>;
  /** Makes the login of the synchronisation user useless, as the package's own administrator could. */
  breakLogin(): Promise<void>;
  /** How many rows there are, by company code and kind: `101/gl-account`. Only what is more than none. */
  counts(): Promise<Record<string, number>>;
  /** Gives some relation another name; tells which. */
  renameARelation(): Promise<{ code: string; name: string }>;
  /** The numbers of the purchase invoices that are booked in the first company, in the order they were booked. */
  booked(): Promise<string[]>;
  /** Everything that was typed or handed out and must stay secret. */
  secrets(): string[];
}
