import type { LookResult } from '../../activities/logins/login-care.ts';
import { afterLook } from '../../domain/sync/after-look.ts';
import { maySync } from '../../domain/connection.ts';
import { Aside } from '../aside.ts';
import { beganAt, iso, nowMs } from '../clock.ts';
import type { ConnectionLife } from './connection-life.ts';
import type { Waits } from '../contract.ts';
import { ask, bringIn, tell } from '../steps.ts';

/** When the logins were looked after, in milliseconds since 1970; carried across continue-as-new. */
export interface LookTimes {
  /** When the login in use was last used, by a round or by a look. */
  usedAt: number;
  /** When all logins were last looked after; null: it is due. */
  allAt: number | null;
}

/**
 * Looks at the login in use when no round has used it for a while, so that a broken one is known before the first booking
 * fails; and once a day at every login of the connection, because packages forget a login that nobody uses.
 */
export class LoginCare {
  times: LookTimes;
  readonly look = new Aside<LookResult>();
  begunAt = '';
  private timesBefore: LookTimes;

  constructor(carried: LookTimes | undefined) {
    this.times = carried ?? { usedAt: beganAt(), allAt: null };
    this.timesBefore = this.times;
  }

  /** A look that is under way does not outlive its history: it is begun once more. */
  get memory(): LookTimes {
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
  untilDue({ state }: ConnectionLife, waits: Waits, at: number): number | null {
    if (this.look.isUnderWay || !state.login) return null;
    if (state.link.state === 'disconnected') return Math.max(0, this.allDueAt(waits) - at);
    if (state.link.state !== 'connected') return null;
    // A round uses the login, and while the package is down or doubted the rounds are what tries again.
    const roundsTell = state.syncingSince !== null || (state.health.state !== 'ok' && maySync(state));
    const oneAt = roundsTell ? Infinity : this.times.usedAt + waits.lookInterval;
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
export async function beginLook(life: ConnectionLife): Promise<void> {
  const { logins, state, input } = life;
  const all = logins.isAllDue(input.waits, nowMs());
  logins.begins(all);
  const { id: connectionId } = state;
  logins.look.begin(all ? () => lookAfterAll(life) : () => lookAtOne(connectionId));
}

function lookAtOne(connectionId: string): Promise<LookResult> {
  return ask('See whether the login still works').lookAfterLogins({ connectionId, all: false, inUse: true });
}

async function lookAfterAll({ talk, state }: ConnectionLife): Promise<LookResult> {
  const { id: connectionId, link } = state;
  const inUse = link.state === 'connected';
  const summary = inUse ? 'Keep every login alive' : 'Keep the logins of people alive';
  const looked = await bringIn(summary).lookAfterLogins({ connectionId, all: true, inUse });
  talk.say(() => tell('Tell people about their own logins').tellPersonalLinks({ connectionId }));
  if (inUse && looked.stop === null)
    await bringIn('Ask to be called when something changes').subscribeToChanges({ connectionId });
  return looked;
}

export async function endLook(life: ConnectionLife): Promise<void> {
  const { logins, state, input } = life;
  const looked = logins.look.take();
  if (!looked) return;
  const changes = afterLook(state, looked, logins.begunAt, nowMs(), input.waits);
  if (Object.keys(changes).length > 0) life.change(changes);
  if (looked.endIsNews)
    life.talk.say(() => tell('Say when the login ends').tellExpiry({ connectionId: state.id }));
}
