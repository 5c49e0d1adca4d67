import { startChild } from '@temporalio/workflow';
import { maySync } from '../domain/connection.ts';
import { nextStart, phaseOf } from '../domain/rounds.ts';
import { believedMs, type VerificationReason } from '../domain/verification.ts';
import { now, type ConnectionLife } from './connection-life.ts';
import { workflowIds } from './contract.ts';
import { Errand } from './errand.ts';
import { verifyPermissions } from './verify-permissions.ts';

/** Carried across continue-as-new. */
export interface VerificationTimes {
  /** Number of the last verification that was begun. */
  count: number;
  /** When the next is due by itself, in milliseconds since 1970; null: nobody has reckoned it yet. */
  dueAt: number | null;
  /** Somebody or something wants one now. */
  wish: { reason: VerificationReason; by: string | null } | null;
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

  /** Milliseconds until the next; 0 when it is due, null when none is: only a login that works can be asked with. */
  untilDue({ state, input }: ConnectionLife): number | null {
    if (state.link.state !== 'connected' || this.errand.handle) return null;
    if (this.times.wish?.by) return 0;
    // While the package is down the rounds are what tries again; a pause is for everything that comes by itself.
    if (!maySync(state) || state.health.state === 'delayed') return null;
    if (this.times.wish) return 0;
    this.times.dueAt ??= dueAfter(state.id, input.waits.verifyInterval);
    return Math.max(0, this.times.dueAt - Date.now());
  }
}

function dueAfter(connectionId: string, interval: number): number {
  return nextStart(Date.now(), interval, phaseOf(`${connectionId}/verification`, interval));
}

export async function beginVerification(life: ConnectionLife): Promise<void> {
  const { verifications, state, input } = life;
  const { id: connectionId, name, login } = state;
  if (!login) throw new Error('Only a login that is used can be verified');
  const { reason, by } = verifications.times.wish ?? { reason: 'schedule' as const, by: null };
  const count = verifications.times.count + 1;
  verifications.times = { count, dueAt: dueAfter(connectionId, input.waits.verifyInterval), wish: null };
  const verification = String(count);
  await verifications.errand.begin(() =>
    startChild(verifyPermissions, {
      workflowId: workflowIds.verify(connectionId, verification),
      typedSearchAttributes: life.foundBy(),
      staticSummary: `${name}: what ${login.accountingUserName} may read in every company`,
      args: [
        {
          connectionId,
          verification,
          grantId: login.grantId,
          reason,
          believedMs: believedMs[reason],
          waits: { retryDelayed: input.waits.retryDelayed, patience },
          tells: by === null ? 'changes' : 'all',
          by,
        },
      ],
    }),
  );
}

/** A login that is found broken is what the next round says; nothing is decided twice. */
export async function endVerification(life: ConnectionLife): Promise<void> {
  const result = life.verifications.errand.take();
  const isOfLoginInUse = result?.grantId === life.state.login?.grantId;
  if (result?.stop?.kind === 'broken' && isOfLoginInUse) life.change({ nextSyncAt: now() });
}
