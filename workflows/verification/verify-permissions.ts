import { sleep } from '@temporalio/workflow';
import type { VerifiedChunk } from '../../activities/verification/verification.ts';
import { chunkSize, earlier, inChunks, type Stop } from '../../domain/sync/rounds.ts';
import { asChild } from '../as-child.ts';
import { beganAt, nowMs } from '../clock.ts';
import type { VerifyInput, VerifyResult } from '../contract.ts';
import { bringIn, remember, tell } from '../steps.ts';
import { openOutbox } from '../outbox.ts';

/** How many chunks of companies are asked for side by side. */
const sideBySide = 4;

/** While the package does not say when it takes questions again, it is asked less and less often. */
const longestWait = 60 * 60_000;

/**
 * Look at every company and kind that a login may read, company by company; what is found is stored as it goes, so that a
 * verification that was stopped goes on where it was. Limits of the package are waited for, up to the patience of the
 * caller; then what is known is what there is.
 */
export async function verifyPermissions(input: VerifyInput): Promise<VerifyResult> {
  return asChild(input.connectionId, () => lookAtAllRights(input));
}

async function lookAtAllRights(input: VerifyInput): Promise<VerifyResult> {
  const { connectionId, verification, grantId, reason, waits } = input;
  const isAsked = input.by !== null;
  const order = { connectionId, verification, grantId, reason, believedMs: input.believedMs };
  const outbox = openOutbox();
  const outOfPatienceAt = beganAt() + waits.patience;
  let stop: Stop | null;
  let isFinished = false;
  for (let wait = waits.retryDelayed; ; wait = Math.min(2 * wait, longestWait)) {
    const asked = await askForAll();
    ({ stop } = asked);
    isFinished = stop === null && asked.waiting === 0;
    if (isFinished || stop?.kind === 'broken') break;
    const end = (stop?.kind === 'delayed' ? stop.until : null) ?? asked.until;
    const waitMs = Math.max(end === null ? 0 : Date.parse(end) - nowMs(), wait);
    if (nowMs() + waitMs > outOfPatienceAt) break;
    await sleep(waitMs, { summary: 'until the accounting system takes questions again' });
  }
  const counts = await remember('Sum up what the login may read').concludeVerification({
    ...order,
    finished: isFinished,
  });
  if (isAsked) show('Say what was found', { stop, isFinished });
  await outbox.settled('1 minute');
  return { verification, grantId, reason, finished: isFinished, stop, counts };

  async function askForAll(): Promise<{ stop: Stop | null; waiting: number; until: string | null }> {
    const plan = await bringIn('See which companies the login is shown').planVerification(order);
    const chunks = inChunks(plan.companies, chunkSize(plan.companies.length));
    const left = chunks.map((companies, index) => ({ companies, number: index + 1 }));
    const found: { stop: Stop | null; waiting: number; until: string | null } = {
      stop: plan.stop,
      waiting: 0,
      until: null,
    };
    if (isAsked) show('Say how far it is', null);
    const workThrough = async () => {
      for (let chunk = left.shift(); chunk && !found.stop; chunk = left.shift()) {
        const { companies, number } = chunk;
        const done: VerifiedChunk = await bringIn(
          `Ask for ${companies.length === 1 ? '1 company' : `${companies.length} companies`} (${number} of ${chunks.length})`,
        ).verifyCompanies({ ...order, companies, kinds: plan.kinds });
        found.stop ??= done.stop;
        found.waiting += done.waiting.length;
        found.until = earlier(found.until, done.until);
        if (isAsked) show('Say how far it is', null);
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, workThrough));
    return found;
  }

  function show(summary: string, ended: { stop: Stop | null; isFinished: boolean } | null): void {
    outbox.say(() => tell(summary).tellVerification({ connectionId, verification, by: input.by, ended }));
  }
}
