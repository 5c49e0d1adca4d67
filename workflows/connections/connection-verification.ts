import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { maySync } from '../../domain/connection.ts';
import { nextStart, phaseOf } from '../../domain/sync/rounds.ts';
import { believedMs, type VerificationReason } from '../../domain/verification/verification.ts';
import { beganAt, now, nowMs } from '../clock.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import { tellFirstRights } from './connection-set-up.ts';
import { workflowIds, type ConnectionInput } from '../contract.ts';
import { ChildSlot } from '../child-slot.ts';
import type { AboutVerification } from '../inputs.ts';
import { remember, tell } from '../steps.ts';
import { verifyPermissions } from '../verification/verify-permissions.ts';
import type { ConnectionId, GrantId, PersonId } from '../../domain/ids.ts';

/** Carried across continue-as-new. */
export interface VerificationTimes {
  /** Number of the last verification that was begun. */
  count: number;
  /** When the next is due by itself, in milliseconds since 1970. */
  dueAt: number;
  /** Somebody or something wants one now. */
  request: { reason: VerificationReason; by: PersonId | null } | null;
  /** The login of the stand-in is to be looked at as well. */
  standInDue?: boolean;
  /** Who connected first and has not read yet what their login may read. */
  firstRightsOwedTo?: string | null;
  /** None is begun before, in milliseconds since 1970: the last one never came back. */
  notBefore?: number;
}

/** How long a verification waits for limits of the package before it is content with what it knows. */
const patience = 6 * 60 * 60_000;

/** When the login in use is verified: on its own raster, and whenever there is a reason. */
export class Verifications {
  times: VerificationTimes;
  readonly slot: ChildSlot<typeof verifyPermissions, AboutVerification>;

  constructor({ connectionId, waits, carried }: ConnectionInput) {
    const dueAt = dueAfter(connectionId, waits.verifyInterval, beganAt());
    this.times = carried?.verifications ?? { count: 0, dueAt, request: null };
    this.slot = new ChildSlot(carried?.slots?.verification);
  }

  /** A person's request counts for more than a reason of our own: they are told how it goes. */
  want(reason: VerificationReason, by: PersonId | null = null): void {
    if (this.times.request?.by) return;
    this.times.request = { reason, by };
  }

  /** Whoever connected first reads what their login may read: after the first that ends, whatever its reason. */
  wantFirst(person: PersonId): void {
    this.times.firstRightsOwedTo = person;
    this.want('set-up');
  }

  /** The login of whoever stands in is looked at, now that it is somebody else, or after the login in use was. */
  wantStandIn(): void {
    this.times.standInDue = true;
  }

  /** It never came back: so the same is begun once more, though not before that moment. */
  wasLost(about: AboutVerification | null, notBefore: number): void {
    this.times = { ...this.times, notBefore };
    if (about?.reason === 'stand-in') this.wantStandIn();
    else if (about) this.want(about.reason, about.by);
  }

  isStandInsTurn(): boolean {
    return this.times.standInDue === true && this.times.request === null;
  }

  /**
   * Milliseconds from this moment until the next; 0 when it is due, null when none is: only a login that works can be
   * asked with.
   */
  untilDue({ state }: ConnectionEntity, at: number): number | null {
    if (state.link.state !== 'connected' || this.slot.handle) return null;
    const notBefore = Math.max(0, (this.times.notBefore ?? 0) - at);
    if (this.times.request?.by) return notBefore;
    // While the package is down the rounds are what tries again; a pause is for everything that comes by itself.
    if (!maySync(state) || state.health.state !== 'ok') return null;
    if (this.times.request || this.isStandInsTurn()) return notBefore;
    return Math.max(notBefore, this.times.dueAt - at);
  }
}

function dueAfter(connectionId: ConnectionId, interval: number, at: number): number {
  return nextStart(at, interval, phaseOf(`${connectionId}/verification`, interval));
}

export async function beginVerification(entity: ConnectionEntity): Promise<void> {
  const { verifications, state } = entity;
  if (!state.login) throw new Error('Only a login that is used can be verified');
  if (verifications.isStandInsTurn()) return beginWithStandIn(entity);
  const { reason, by } = verifications.times.request ?? { reason: 'schedule' as const, by: null };
  const dueAt = dueAfter(state.id, entity.input.waits.verifyInterval, nowMs());
  verifications.times = { ...verifications.times, dueAt, request: null };
  const { grantId, accountingUserName } = state.login;
  await begin(entity, { grantId, reason, by, whose: accountingUserName });
}

/** Whoever stands in must be able to take over, so their login is verified as often; without one nothing is asked. */
async function beginWithStandIn(entity: ConnectionEntity): Promise<void> {
  entity.verifications.times = { ...entity.verifications.times, standInDue: false };
  const { id: connectionId, standInId } = entity.state;
  const login = await remember('See with which login somebody stands in').standInLogin({ connectionId });
  if (login.grantId === null) return tellStandInReach(entity);
  await begin(entity, {
    grantId: login.grantId,
    reason: 'stand-in',
    by: null,
    whose: `${standInId}, who stands in,`,
  });
}

async function begin(
  entity: ConnectionEntity,
  what: { grantId: GrantId; reason: VerificationReason; by: PersonId | null; whose: string },
): Promise<void> {
  const { verifications, state, input } = entity;
  const { id: connectionId, name } = state;
  const { grantId, reason, by, whose } = what;
  const count = verifications.times.count + 1;
  verifications.times = { ...verifications.times, count };
  const verification = String(count);
  const start = () =>
    startChild(verifyPermissions, {
      workflowId: workflowIds.verify(connectionId, verification),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: entity.foundBy(),
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
    });
  await verifications.slot.begin(start, { reason, by });
}

/**
 * What was found is told by the connection, which lives on: while Slack is down it waits, and the newest says all that is
 * owed. A login that is found broken is what the next round says; nothing is decided twice.
 */
export async function endVerification(entity: ConnectionEntity): Promise<void> {
  const { about } = entity.verifications.slot;
  const result = entity.verifications.slot.take();
  if (!result) return entity.verifications.wasLost(about, nowMs() + entity.input.waits.retryDelayed);
  if (result.reason === 'stand-in') return tellStandInReach(entity);
  const { id: connectionId, login } = entity.state;
  if (result.grantId !== login?.grantId) return;
  if (result.stop?.kind === 'broken') entity.change({ nextSyncAt: now() });
  const { verification, finished } = result;
  if (finished) {
    const { firstRightsOwedTo: owedTo } = entity.verifications.times;
    entity.verifications.times.firstRightsOwedTo = null;
    if (owedTo === entity.state.synchronisationUserId) tellFirstRights(entity);
    const words = () => tell('Tell what was lost or gained').tellRights({ connectionId, verification });
    entity.outbox.say(words, 'rights');
  }
  if (entity.state.standInId !== null) entity.verifications.wantStandIn();
}

function tellStandInReach({ state: { id: connectionId }, outbox }: ConnectionEntity): void {
  outbox.say(
    () => tell('Warn when who stands in reaches too little').tellStandInReach({ connectionId }),
    'stand-in',
  );
}
