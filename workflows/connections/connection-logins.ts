import type { CheckResult } from '../../activities/logins/login-checks.ts';
import { afterLoginCheck } from '../../domain/sync/after-login-check.ts';
import { maySync } from '../../domain/connection.ts';
import { Background } from '../background.ts';
import { beganAt, iso, nowMs } from '../clock.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import type { Waits } from '../contract.ts';
import { ask, bringIn, tell } from '../steps.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** When the logins were looked after, in milliseconds since 1970; carried across continue-as-new. */
export interface CheckTimes {
  /** When the login in use was last used, by a round or by a look. */
  usedAt: number;
  /** When all logins were last looked after; null: it is due. */
  allAt: number | null;
}

/**
 * Looks at the login in use when no round has used it for a while, so that a broken one is known before the first booking
 * fails; and once a day at every login of the connection, because packages forget a login that nobody uses.
 */
export class LoginChecks {
  times: CheckTimes;
  readonly look = new Background<CheckResult>();
  begunAt = '';
  private timesBefore: CheckTimes;

  constructor(carried: CheckTimes | undefined) {
    this.times = carried ?? { usedAt: beganAt(), allAt: null };
    this.timesBefore = this.times;
  }

  /** A look that is under way does not outlive its history: it is begun once more. */
  get memory(): CheckTimes {
    return this.look.isUnderWay ? this.timesBefore : this.times;
  }

  /** A round used the login, so that there is no need to look at it. */
  used(): void {
    this.times.usedAt = nowMs();
  }

  /** A look begins, at all logins or at the one in use. */
  begins(all: boolean): void {
    const at = nowMs();
    this.timesBefore = this.times;
    this.times = { usedAt: at, allAt: all ? at : this.times.allAt };
    this.begunAt = iso(at);
  }

  /** Something about the logins or their companies changed: all of them are looked after at once. */
  allDue(): void {
    this.times.allAt = null;
  }

  /**
   * Milliseconds from this moment until the next look; 0 when it is due, null when none is. A refused login is not tried again, and the
   * others are kept alive meanwhile: people have one of their own.
   */
  untilDue({ state }: ConnectionEntity, waits: Waits, at: number): number | null {
    if (this.look.isUnderWay || !state.login) return null;
    if (state.link.state === 'disconnected') return Math.max(0, this.allDueAt(waits) - at);
    if (state.link.state !== 'connected') return null;
    // A round uses the login, and while the package is down or doubted the rounds are what tries again.
    const roundsTell = state.syncingSince !== null || (state.health.state !== 'ok' && maySync(state));
    const oneAt = roundsTell ? Infinity : this.times.usedAt + waits.loginCheckInterval;
    return Math.max(0, Math.min(oneAt, this.allDueAt(waits)) - at);
  }

  isAllDue(waits: Waits, at: number): boolean {
    return this.allDueAt(waits) <= at;
  }

  private allDueAt({ keepAliveInterval }: Waits): number {
    return this.times.allAt === null ? 0 : this.times.allAt + keepAliveInterval;
  }
}

/** Begins a look, beside the main loop: a package that hangs must not keep people waiting. */
export async function beginCheck(entity: ConnectionEntity): Promise<void> {
  const { logins, state, input } = entity;
  const all = logins.isAllDue(input.waits, nowMs());
  logins.begins(all);
  const { id: connectionId } = state;
  logins.look.begin(all ? () => checkAll(entity) : () => checkOne(connectionId));
}

function checkOne(connectionId: ConnectionId): Promise<CheckResult> {
  return ask('See whether the login still works').checkLogins({ connectionId, all: false, inUse: true });
}

async function checkAll({ outbox, state }: ConnectionEntity): Promise<CheckResult> {
  const { id: connectionId, link } = state;
  const inUse = link.state === 'connected';
  const summary = inUse ? 'Keep every login alive' : 'Keep the logins of people alive';
  const looked = await bringIn(summary).checkLogins({ connectionId, all: true, inUse });
  outbox.say(() => tell('Tell people about their own logins').tellPersonalLinks({ connectionId }));
  if (inUse && looked.stop === null)
    await bringIn('Ask to be called when something changes').subscribeToChanges({ connectionId });
  return looked;
}

export async function endCheck(entity: ConnectionEntity): Promise<void> {
  const { logins, state, input } = entity;
  const looked = logins.look.take();
  if (!looked) return;
  const changes = afterLoginCheck(state, looked, logins.begunAt, nowMs(), input.waits);
  if (Object.keys(changes).length > 0) entity.change(changes);
  if (looked.endIsNews)
    entity.outbox.say(() => tell('Say when the login ends').tellExpiry({ connectionId: state.id }));
}
