import { Context } from '@temporalio/activity';
import type { Activities } from '../../activities/index.ts';
import type { LinkCause } from '../../domain/causes.ts';
import type { Weighed } from '../../domain/succession/change.ts';
import type { ConnectionState, DelayReason, Login } from '../../domain/connection.ts';
import { toldAfter } from '../../domain/incidents/incident-rules.ts';
import type { HowMended } from '../../domain/incidents/incident-story.ts';
import type { Stop } from '../../domain/sync/rounds.ts';
import { loginOf } from '../connected-state.ts';
import { found } from './office-of-fakes.ts';

/** What is wrong with a login: it is broken, or doubted so many times, and then broken or well again. */
export type Ailment =
  { kind: 'broken'; cause: LinkCause } | { kind: 'doubtful'; looks: number; then: LinkCause | null };

interface Incident {
  number: number;
  grantId: string | undefined;
  openedAt: string;
  tellAt: number;
  /** When people were told of it, or null. */
  toldAt: number | null;
  endedAt: string | null;
  how: HowMended | null;
}

interface Link {
  login: Login;
  since: string;
  works: boolean;
}

/** Who logs in with what; a sign-in is named `<login>/<how>/<person>/<number>`. */
export const ownLogins = { sanne: 'CX_Basecone', tom: 'T.deVries', petra: 'P.Jansen' } as const;
export type Person = keyof typeof ownLogins;
export const waysToSignIn = ['right', 'wrong-user', 'elsewhere', 'taken', 'nothing', 'refused'] as const;
export type WayToSignIn = (typeof waysToSignIn)[number];

/**
 * The package, the people's logins, Slack and the store, as far as a connection can tell: what is done to them here is
 * what its activities find, by the rules of the real ones.
 */
export class World {
  /** By grant; what is not named here works. */
  private readonly ailments = new Map<string, { is: Ailment; since: number }>();
  readonly links = new Map<string, Link>();
  readonly incidents: Incident[] = [];
  /** Why the package does not answer, or null. */
  down: DelayReason | null = null;
  /** Since when it answers, in milliseconds since 1970. */
  upSince = 0;
  verdict: Weighed['verdict'] = 'fits';
  companies: number;
  /** The newest state that was saved. */
  saved: ConnectionState | null;
  slack: 'takes' | 'refuses' = 'takes';

  constructor(state: ConnectionState | null) {
    this.saved = state;
    this.companies = state?.companies ?? 0;
    if (state?.login) this.link(state.synchronisationUserId, state.login, state.link.since);
    this.link('tom', loginOf(ownLogins.tom), '2026-01-01T00:00:00.000Z');
  }

  get inUse(): Login | null {
    return this.saved?.login ?? null;
  }

  ails(grantId: string, is: Ailment, since: number): void {
    this.ailments.set(grantId, { is, since });
  }

  mend(grantId: string): void {
    this.ailments.delete(grantId);
  }

  mendAll(): void {
    this.ailments.clear();
    for (const link of this.links.values()) link.works = true;
  }

  /** Since when a look at this login finds it broken, in milliseconds since 1970; null when it finds it well. */
  brokenSince(grantId: string): number | null {
    const ailment = this.ailments.get(grantId);
    return ailment?.is.kind === 'broken' ? Math.max(ailment.since, this.upSince) : null;
  }

  /** What Slack does with whatever is said. */
  async hear(): Promise<void> {
    if (this.slack !== 'takes') throw new Error('Slack does not take it');
  }

  /** A person logs in for themselves, and the new login takes the place of an older one of the same user at once. */
  linksOwn(person: string, name: string, at: string): void {
    const login = loginOf(name);
    this.mend(login.grantId);
    this.link(person, login, at);
  }

  private link(person: string, login: Login, since: string): void {
    const former = this.links.get(person);
    this.links.set(person, { login, since, works: true });
    if (former && former.login.grantId !== login.grantId)
      this.letGoUnlessUsed(former.login.grantId, Date.parse(since));
  }

  private letGoUnlessUsed(grantId: string, at: number): void {
    const isUsed = [this.inUse, ...[...this.links.values()].map(({ login }) => login)].some(
      (login) => login?.grantId === grantId,
    );
    if (!isUsed) this.ails(grantId, { kind: 'broken', cause: 'grant-lost' }, at);
  }

  private save(state: ConnectionState): void {
    if (state.revision > (this.saved?.revision ?? -1)) this.saved = state;
  }

  /** What whoever uses this login is stopped by. */
  private stopOf(grantId: string): Stop | null {
    if (this.down) return { kind: 'delayed', reason: this.down, until: null };
    const ailment = this.ailments.get(grantId)?.is;
    if (ailment?.kind === 'broken') return ailment;
    if (!ailment) return null;
    ailment.looks -= 1;
    if (ailment.looks > 0) return { kind: 'doubtful' };
    this.mend(grantId);
    if (ailment.then) this.ails(grantId, { kind: 'broken', cause: ailment.then }, now());
    return { kind: 'doubtful' };
  }

  private get used(): Login {
    if (!this.inUse) throw new Error('There is no login yet');
    return this.inUse;
  }

  private told(incident: number): void {
    const one = this.incidents.find(({ number }) => number === incident);
    if (one) one.toldAt ??= now();
  }

  readonly answers: Partial<Activities> = {
    saveConnection: async ({ state }) => this.save(state),

    openIncident: async ({ cause, since, grantId, state }) => {
      const last = this.incidents.at(-1);
      const isSame = last && last.endedAt === null && last.grantId === grantId;
      if (last && last.endedAt === null && !isSame) Object.assign(last, { endedAt: since, how: 'changed' });
      const number = isSame ? last.number : this.incidents.length + 1;
      const earlier = this.incidents.filter((one) => one.number < number);
      const tellAt = Date.parse(since) + toldAfter(cause, earlier, since);
      if (!isSame)
        this.incidents.push({
          ...{ number, grantId, openedAt: since, tellAt },
          ...{ toldAt: null, endedAt: null, how: null },
        });
      if (state) this.save({ ...state, incident: number });
      if (tellAt === Date.parse(since)) this.told(number);
      return { incident: number, tellAt: new Date(tellAt).toISOString() };
    },
    tellDisconnection: async ({ incident }) => this.told(incident),
    closeIncident: async ({ incident, how }) => {
      const one = this.incidents.find(({ number }) => number === incident);
      if (one && one.endedAt === null) Object.assign(one, { endedAt: iso(now()), how });
    },

    planRound: async () => {
      const { grantId } = this.used;
      const stop = this.companies > 0 ? this.stopOf(grantId) : null;
      const companies = this.companies > 0 && stop === null ? ['1', '2'] : [];
      return { grantId, companies, failures: 0, refused: 0, hasNews: false, stop, unlistedSince: null };
    },
    planRequest: async () => ({ grantId: this.used.grantId, companies: ['2'], failures: 0 }),
    syncCompanies: async ({ grantId }) => ({
      ...{ read: 9, rowsChanged: 3, failures: 0, refused: 0, postponed: null },
      stop: this.stopOf(grantId),
    }),
    checkLogins: async ({ all, inUse }) => {
      const { grantId } = this.used;
      if (all)
        for (const link of this.links.values())
          if (link.login.grantId !== grantId && this.stopOf(link.login.grantId)?.kind === 'broken')
            link.works = false;
      return { grantId, stop: inUse ? this.stopOf(grantId) : null, endIsNews: false };
    },
    checkAgain: async () => ({ login: this.stopOf(this.used.grantId) === null ? this.used : null }),

    redeemSignIn: async ({ signInId }) => {
      const [name = '', how, person = ''] = signInId.split('/') as [string?, WayToSignIn?, string?];
      switch (how) {
        case 'right':
          this.mend(`grant/${name}`);
          return found(name, { person });
        case 'wrong-user':
          return found('Somebody', { person });
        case 'elsewhere':
          return found('Elsewhere', { person, login: loginOf('Elsewhere', 'env-2') });
        case 'taken':
          return found('Taken', { person, usedBy: 'The other one' });
        case 'nothing':
          return found(name, { person, reachable: 0, missing: Array<string>(12).fill('1') });
        case 'refused':
        case undefined:
          break;
      }
      return { result: 'refused' };
    },
    acceptSignIn: async ({ person, found }) => this.link(person, found.login, iso(now())),
    forgetLogin: async ({ person }) => void this.links.delete(person),
    examineLogin: async ({ person }) => {
      const link = this.links.get(person);
      if (!link?.works) return { result: 'none' };
      const stop = this.stopOf(link.login.grantId);
      if (stop && stop.kind !== 'broken') throw new Error('Not now');
      if (stop === null)
        return found(link.login.accountingUserName) as Awaited<ReturnType<Activities['examineLogin']>>;
      link.works = false;
      return { result: 'none' };
    },
    loginInUse: async () => ({ login: this.inUse, isWell: this.saved?.link.state === 'connected' }),
    standInLogin: async () => {
      const link = this.links.get(this.saved?.standInId ?? '');
      return {
        grantId: link?.works && link.login.grantId !== this.inUse?.grantId ? link.login.grantId : null,
      };
    },
    settleFormerLogin: async ({ person, login, changedAt, fate, placeTakenBy = null }) => {
      const link = this.links.get(person);
      const isTheirs = link?.login.grantId === login.grantId;
      const isAnew = isTheirs && link.works && link.since > changedAt;
      const isKept = fate === 'stand-in';
      const standsIn = isKept && placeTakenBy === null;
      if (isAnew || this.inUse?.grantId === login.grantId || (isTheirs && isKept)) return { standsIn };
      if (isTheirs) this.links.delete(person);
      this.letGoUnlessUsed(login.grantId, now());
      return { standsIn };
    },
    weighChange: async () => ({
      ...{ verdict: this.verdict, lost: this.verdict === 'loses' ? 3 : 0, gained: 0 },
      ...{ uncertain: this.verdict === 'uncertain' ? 2 : 0, reachBefore: 12, reachAfter: 12, superusers: 2 },
    }),

    linkCompanies: async ({ companies }) => {
      this.companies = companies === 'all' ? 12 : companies.length;
      return { companies: this.companies };
    },
    unlinkCompanies: async () => {
      this.companies = 0;
      return { companies: 0 };
    },
    planVerification: async ({ grantId }) => ({
      companies: ['1', '2'],
      kinds: ['journal'],
      stop: this.stopOf(grantId),
    }),
  };
}

/** Inside an activity: the moment on the server, which skips time. */
const now = () => Context.current().info.currentAttemptScheduledTimestampMs;
const iso = (ms: number) => new Date(ms).toISOString();
