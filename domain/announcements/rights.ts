import type { MasterDataKind } from '../master-data.ts';
import type { Barrier } from '../verification/verification.ts';
import type { ConnectionId } from '../ids.ts';

/** Companies that the same thing keeps closed, or kept closed; `kind` null is everything in them. */
export interface BarredCompanies {
  barrier: Barrier;
  kind: MasterDataKind | null;
  companies: { code: string; name: string }[];
}

/** What the login in use lost or gained since it was last looked at; edited when a loss is mended. */
export interface RightsChanged {
  what: 'rights-changed';
  connectionName: string;
  /** Id of the accounting system, for the names of its screens. */
  systemId: string;
  systemName: string;
  login: string;
  /** Linked companies that concern this channel, and how many of them can be read as a whole. */
  companies: number;
  fine: number;
  lost: BarredCompanies[];
  mended: BarredCompanies[];
  gained: BarredCompanies[];
}

/** A verification that somebody asked for, in one message that is edited. */
export interface VerificationNews {
  what: 'verification';
  connectionName: string;
  systemId: string;
  systemName: string;
  login: string;
  by: string | null;
  /** Linked companies, and how many of them were looked at. */
  companies: number;
  looked: number;
  ended: {
    how: 'finished' | 'unfinished' | 'broken';
    fine: number;
    unknown: number;
    closed: BarredCompanies[];
  } | null;
}

/** What happened to companies in the package; once, in the office channel. */
export interface CompaniesNews {
  what: 'companies-news';
  connectionId: ConnectionId;
  connectionName: string;
  systemId: string;
  systemName: string;
  login: string;
  /** Can be linked now, and could not before. */
  addable: { externalId: string; code: string; name: string }[];
  /** New, and not to be had: on the screen of what keeps them closed they are opened. */
  closed: { barrier: Barrier; companies: { code: string; name: string }[] }[];
  renamed: { was: string; code: string; name: string }[];
  archived: { code: string; name: string }[];
  back: { code: string; name: string }[];
}
