import { bookable, sumOfBookable, type Bookable, type BookableSum } from '../domain/bookings/bookable.ts';
import { whoHasTakenUp } from '../domain/incidents/incident-story.ts';
import { maySync, type ConnectionState } from '../domain/connection.ts';
import { statusWord } from '../words/connections/status.ts';
import { leaving, type Part } from '../domain/succession/leaving.ts';
import {
  lastComplete,
  olderThanPromised,
  type FreshnessPromise,
  type StaleData,
} from '../domain/sync/freshness.ts';
import { explainCompanyStatus, type MendWords } from '../words/connections/gates.ts';
import { masterDataKinds, type MasterDataKind, type Moment } from '../domain/master-data.ts';
import {
  findUser,
  isAutomation,
  responders,
  nameInSlack,
  onlyResponder,
  superusers,
  type KeyPeople,
  type Office,
  type OfficeUser,
} from '../domain/offices/office.ts';
import { findObstacles } from '../domain/connections/obstacles.ts';
import { explainObstacle } from '../words/connections/obstacles.ts';
import { noScreens, type Screens, type ScreensOf } from '../domain/screens.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Store } from '../store/index.ts';
import type { KnownCompany } from '../store/connections/companies.ts';
import type { Unreachable } from '../store/unreachable.ts';
import type { UserLink } from '../store/logins/user-links.ts';

/** What screens read from the store. */
export interface FactsStore {
  connections: Pick<Store['connections'], 'get' | 'all'>;
  companies: Pick<Store['companies'], 'linked'>;
  deliveryStops: Pick<Store['deliveryStops'], 'of'>;
  grants: Pick<Store['grants'], 'expiry'>;
  incidents: Pick<Store['incidents'], 'get' | 'group' | 'openedSince'>;
  userLinks: Pick<Store['userLinks'], 'ofConnection'>;
  syncPositions: Pick<Store['syncPositions'], 'summary'>;
  dataAges: Store['dataAges'];
  unreachable: Pick<Store['unreachable'], 'all'>;
}

/** One connection with the names people know it by: everything a screen needs. */
export interface ConnectionFacts {
  id: string;
  name: string;
  systemName: string;
  state: ConnectionState;
  statusWord: string;
  synchronisationUser: string;
  /** The login inside the package, once there is one. */
  login: string | null;
  /** When that login ends if it is not renewed; null when it does not. */
  loginEnds: Moment | null;
  requestedBy: string;
  pausedBy: string | null;
  changingTo: string | null;
  /** Who takes over by plan, and when. */
  handover: { to: string; at: string } | null;
  /** Who said "I'm on it" for the open incident. */
  onIt: string | null;
  mayReconnect: string[];
  standIn: string | null;
  /** Who of these two left the office. */
  leaving: Part[];
  /** The only person who could mend it, or null when there are more. */
  onlyResponder: string | null;
  /** Whose accounting-system users are linked, or were. */
  links: UserLink[];
  companies: { linked: number };
  /** Of how many companies documents may be booked, and why not of the others. */
  booking: BookableSum<KnownCompany>;
  rows: { kind: MasterDataKind; rows: number }[];
  /** Company and kind pairs that could not be synchronised last time. */
  failing: number;
  /** Master data that is older than promised. */
  stale: StaleData<{ code: string; name: string }>[];
  /** What is not to be had, why, and where it is mended. */
  obstacles: MendWords[];
  /** The next round should have started a while ago. */
  overdue: boolean;
}

/** One company: whether its documents may be booked now, and on how old a master data. */
export interface CompanyFacts {
  company: { code: string; name: string };
  connection: ConnectionFacts;
  answer: Bookable;
  /** How old its master data is at most, or null when it never came in. */
  lastSuccessAt: Moment | null;
  /** What of it is older than promised. */
  stale: StaleData<{ code: string; name: string }>[];
  /** On which screen of the accounting system it is mended, where it is. */
  mend: string | null;
  now: Date;
}

export interface OfficeFacts {
  connections: ConnectionFacts[];
  engineAnswers: boolean;
  superusers: string[];
  /** Programs that have a login of their own. */
  automations: { id: string; name: string }[];
  /** Whom Slack does not let us reach, by name where they have one. */
  unreachable: (Unreachable & { name: string | null })[];
  now: Date;
}

/** A round may start this late before anybody needs to know. */
const graceMs = 2 * 60_000;

export interface FactsDeps {
  store: FactsStore;
  gateway: Pick<Gateway, 'reachable'>;
  office: Office;
  systems: readonly { id: string; name: string; screens: Screens }[];
  freshness: FreshnessPromise;
  now: () => Date;
}

/** Gathers what there is to say; the words are in messages/. */
export interface Facts {
  /** Connections that are set up or being set up, by name. */
  connections(): Promise<ConnectionState[]>;
  connection(id: string): Promise<ConnectionState | null>;
  about(states: readonly ConnectionState[]): Promise<OfficeFacts>;
  aboutCompany(state: ConnectionState, company: KnownCompany): Promise<CompanyFacts>;
  systemName(id: string): string;
  screensOf: ScreensOf;
  userName: (id: string) => string;
  /** Names of everybody who may mend a connection. */
  whoMayReconnect(state: KeyPeople): string[];
}

export function createFacts({ store, gateway, office, systems, freshness, now }: FactsDeps): Facts {
  const systemName = (id: string) => systems.find((system) => system.id === id)?.name ?? id;
  const screensOf = (id: string) => systems.find((system) => system.id === id)?.screens ?? noScreens;
  const userName = (id: string) => findUser(office, id)?.name ?? id;
  const whoMayReconnect = (state: KeyPeople) => responders(office, state).map(nameOf);

  const namesFor = (state: ConnectionState) => ({
    system: systemName(state.system),
    screens: screensOf(state.system),
    login: state.login?.accountingUserName ?? userName(state.synchronisationUserId),
  });

  async function factsOf(state: ConnectionState): Promise<ConnectionFacts> {
    const [stop, linked, summary, ages, onIt, links] = await Promise.all([
      store.deliveryStops.of(state.id),
      store.companies.linked(state.id),
      store.syncPositions.summary(state.id),
      store.dataAges.ofConnection(state.id),
      whoIsOnIt(state),
      store.userLinks.ofConnection(state.id),
    ]);
    return {
      id: state.id,
      name: state.name,
      systemName: systemName(state.system),
      state,
      statusWord: statusWord(state),
      synchronisationUser: userName(state.synchronisationUserId),
      login: state.login?.accountingUserName ?? null,
      loginEnds: (state.login && (await store.grants.expiry(state.login.grantId))?.expiresAt) ?? null,
      requestedBy: userName(state.requestedBy),
      pausedBy: state.pausedBy && userName(state.pausedBy),
      changingTo: state.changingTo && userName(state.changingTo),
      handover: state.handover && { to: userName(state.handover.to), at: state.handover.at },
      onIt,
      mayReconnect: whoMayReconnect(state),
      standIn: state.standInId && userName(state.standInId),
      leaving: leaving(office, state).map(({ part }) => part),
      onlyResponder: onlyResponder(office, state)?.name ?? null,
      links,
      companies: { linked: linked.length },
      booking: sumOfBookable({ connection: state, stopped: stop !== null }, linked, ages),
      rows: masterDataKinds.map((kind) => ({ kind, rows: summary.rows[kind] })),
      failing: summary.errors.length,
      stale: olderThanPromised(ages, freshness, now()),
      obstacles: findObstacles(linked, summary.errors)
        // Nobody has looked yet: that keeps nothing from coming in.
        .filter(({ why }) => why.about !== 'company' || why.status !== 'unverified')
        .map((obstacle) => explainObstacle(obstacle, namesFor(state))),
      overdue: isOverdue(state, now()),
    };
  }

  async function whoIsOnIt(state: ConnectionState): Promise<string | null> {
    if (state.link.state !== 'disconnected' || state.incident === null) return null;
    const incident = await store.incidents.get(state.incident);
    const by = incident && whoHasTakenUp(incident.story);
    return by === null ? null : userName(by);
  }

  return {
    async connections() {
      return (await store.connections.all()).filter(({ link }) => link.state !== 'abandoned');
    },
    connection: (id) => store.connections.get(id),
    async about(states) {
      const [engineAnswers, ...connections] = await Promise.all([
        gateway.reachable(),
        ...states.map(factsOf),
      ]);
      return {
        connections,
        engineAnswers,
        superusers: superusers(office).map(nameOf),
        automations: office.users.filter(isAutomation),
        unreachable: (await store.unreachable.all()).map((one) => ({
          ...one,
          name: nameInSlack(office, one.recipient),
        })),
        now: now(),
      };
    },
    async aboutCompany(state, company) {
      const connection = await factsOf(state);
      const ages = (await store.dataAges.ofConnection(state.id)).filter(
        (age) => age.company.id === company.externalId,
      );
      const stopped = (await store.deliveryStops.of(state.id)) !== null;
      const answer = bookable({ connection: state, company, data: ages, stopped });
      const isOfCompany = answer.may === 'no' && answer.responder === 'administrator';
      const names = { ...namesFor(state), company: `${company.code} ${company.name}` };
      return {
        company,
        connection,
        answer,
        lastSuccessAt: lastComplete(ages),
        stale: olderThanPromised(ages, freshness, now()),
        mend: isOfCompany
          ? (explainCompanyStatus(answer.why as KnownCompany['status'], names)?.mend ?? null)
          : null,
        now: now(),
      };
    },
    systemName,
    screensOf,
    userName,
    whoMayReconnect,
  };
}

const nameOf = (user: OfficeUser) => user.name;

/** A connected, unpaused connection whose next round is late says that the sync engine does not run. */
function isOverdue(state: ConnectionState, now: Date): boolean {
  if (!maySync(state) || state.nextSyncAt === null || state.syncingSince !== null) return false;
  return now.getTime() - Date.parse(state.nextSyncAt) > graceMs;
}
