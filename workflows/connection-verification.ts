import { startChild } from '@temporalio/workflow';
import { maySync } from '../domain/connection.ts';
import { nextStart, phaseOf } from '../domain/rounds.ts';
import { believedMs, type VerificationReason } from '../domain/verification.ts';
import { now, type ConnectionLife } from './connection-life.ts';
import { tellFirstRights } from './connection-set-up.ts';
import { workflowIds } from './contract.ts';
import { Errand } from './errand.ts';
import { remember, tell } from './steps.ts';
import { verifyPermissions } from './verify-permissions.ts';

/** Carried across continue-as-new. */
export interface VerificationTimes {
  /** Number of the last verification that was begun. */
  count: number;
  /** When the next is due by itself, in milliseconds since 1970; null: nobody has reckoned it yet. */
  dueAt: number | null;
  /** Somebody or something wants one now. */
  wish: { reason: VerificationReason; by: string | null } | null;
  /** The login of the stand-in is to be looked at as well. */
  standInDue?: boolean;
  /** Who connected first and has not read yet what his login may read. */
  firstRightsOwedTo?: string | null;
}

/** How long a verification waits for limits of the package before it is content with what it knows. */
const patience = 6 * 60 * 60_000;

/** When the login in use is verified: on its own raster, and whenever there is a reason. */
export class Verifications {
  times: VerificationTimes;
  readonly errand = new Errand<typeof verifyPermissions>();

  constructor(carried: VerificationTimes | undefined) {
    this.times = carried ?? { count: 0, dueAt: null, wish: null };
  }

  /** A person's wish counts for more than a reason of our own: he is told how it goes. */
  want(reason: VerificationReason, by: string | null = null): void {
    if (this.times.wish?.by) return;
    this.times.wish = { reason, by };
  }

  /** Whoever connected first reads what his login may read: after the first that comes to its end, whatever its reason. */
  wantFirst(person: string): void {
    this.times.firstRightsOwedTo = person;
    this.want('set-up');
  }

  /** The login of whoever stands in is looked at, now that it is somebody else, or after the login in use was. */
  wantStandIn(): void {
    this.times.standInDue = true;
  }

  isStandInsTurn(): boolean {
    return this.times.standInDue === true && this.times.wish === null;
  }

  /** Milliseconds until the next; 0 when it is due, null when none is: only a login that works can be asked with. */
  untilDue(life: ConnectionLife): number | null {
    const { state, input } = life;
    if (state.link.state !== 'connected' || this.errand.handle) return null;
    if (this.times.wish?.by) return 0;
    // While the package is down the rounds are what tries again; a pause is for everything that comes by itself.
    if (!maySync(state) || state.health.state === 'delayed') return null;
    if (this.times.wish || this.isStandInsTurn()) return 0;
    this.times.dueAt ??= dueAfter(state.id, input.waits.verifyInterval);
    return Math.max(0, this.times.dueAt - Date.now());
  }
}

function dueAfter(connectionId: string, interval: number): number {
  return nextStart(Date.now(), interval, phaseOf(`${connectionId}/verification`, interval));
}

export async function beginVerification(life: ConnectionLife): Promise<void> {
  const { verifications, state } = life;
  if (!state.login) throw new Error('Only a login that is used can be verified');
  if (verifications.isStandInsTurn()) return beginWithStandIn(life);
  const { reason, by } = verifications.times.wish ?? { reason: 'schedule' as const, by: null };
  const dueAt = dueAfter(state.id, life.input.waits.verifyInterval);
  verifications.times = { ...verifications.times, dueAt, wish: null };
  const { grantId, accountingUserName } = state.login;
  await begin(life, { grantId, reason, by, whose: accountingUserName });
}

/** Whoever stands in must be able to take over, so his login is verified as often; without one there is nothing to ask. */
async function beginWithStandIn(life: ConnectionLife): Promise<void> {
  life.verifications.times = { ...life.verifications.times, standInDue: false };
  const { id: connectionId, standInId } = life.state;
  const login = await remember('See with which login somebody stands in').standInLogin({ connectionId });
  if (login.grantId === null) return tellStandInReach(life);
  await begin(life, {
    grantId: login.grantId,
    reason: 'stand-in',
    by: null,
    whose: `${standInId}, who stands in,`,
  });
}

async function begin(
  life: ConnectionLife,
  what: { grantId: string; reason: VerificationReason; by: string | null; whose: string },
): Promise<void> {
  const { verifications, state, input } = life;
  const { id: connectionId, name } = state;
  const { grantId, reason, by, whose } = what;
  const count = verifications.times.count + 1;
  verifications.times = { ...verifications.times, count };
  const verification = String(count);
  await verifications.errand.begin(() =>
    startChild(verifyPermissions, {
      workflowId: workflowIds.verify(connectionId, verification),
      typedSearchAttributes: life.foundBy(),
      staticSummary: `${name}: what ${whose} may read in every company`,
      args: [
        {
          connectionId,
          verification,
          grantId,
          reason,
          believedMs: believedMs[reason],
          waits: { retryDelayed: input.waits.retryDelayed, patience },
          by,
        },
      ],
    }),
  );
}

/**
 * What was found is told by the connection, which lives on: while Slack is down it waits, and the newest says all that is
 * owed. A login that is found broken is what the next round says; nothing is decided twice.
 */
export async function endVerification(life: ConnectionLife): Promise<void> {
  const result = life.verifications.errand.take();
  if (!result) return;
  if (result.reason === 'stand-in') return tellStandInReach(life);
  const { id: connectionId, login } = life.state;
  if (result.grantId !== login?.grantId) return;
  if (result.stop?.kind === 'broken') life.change({ nextSyncAt: now() });
  const { verification, finished } = result;
  if (finished) {
    const { firstRightsOwedTo: owedTo } = life.verifications.times;
    life.verifications.times.firstRightsOwedTo = null;
    if (owedTo === life.state.synchronisationUserId) tellFirstRights(life);
    const words = () => tell('Tell what was lost or gained').tellRights({ connectionId, verification });
    life.talk.say(words, 'rights');
  }
  if (life.state.standInId !== null) life.verifications.wantStandIn();
}

function tellStandInReach({ state: { id: connectionId }, talk }: ConnectionLife): void {
  talk.say(
    () => tell('Warn when who stands in reaches too little').tellStandInReach({ connectionId }),
    'stand-in',
  );
}
