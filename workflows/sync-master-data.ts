import { chunkSize, earlier, inChunks } from '../domain/rounds.ts';
import type { SyncInput, SyncResult } from './contract.ts';
import { bringIn, tell } from './steps.ts';
import { openTalk } from './talk.ts';

/** How many chunks of companies are brought in side by side. */
const sideBySide = 4;

/**
 * One round: see which companies can be reached, then bring in the master data of all of them, a chunk of companies at a
 * time. Every company and kind goes on from its own checkpoint, so a round that is stopped loses nothing.
 */
export async function syncMasterData(input: SyncInput): Promise<SyncResult> {
  const { connectionId, round } = input;
  const plan = await bringIn('See which companies can be reached').planRound({ connectionId, round });
  const result: SyncResult = {
    grantId: plan.grantId,
    companies: plan.companies.length,
    rowsChanged: 0,
    failures: plan.failures,
    stop: plan.stop,
    postponed: null,
  };
  const chunks = inChunks(plan.companies, chunkSize(plan.companies.length));
  const waiting = chunks.map((companies, index) => ({ companies, number: index + 1 }));

  const talk = openTalk();
  const showProgress = (summary: string) => {
    const { stop } = result;
    if (input.tellProgress) talk.say(() => tell(summary).tellProgress({ connectionId, round, stop }));
  };

  const workThrough = async () => {
    for (let chunk = waiting.shift(); chunk && !result.stop; chunk = waiting.shift()) {
      const done = await bringIn(
        `Bring in ${chunk.companies.length === 1 ? '1 company' : `${chunk.companies.length} companies`} (${chunk.number} of ${chunks.length})`,
      ).syncCompanies({ connectionId, round, grantId: plan.grantId, companies: chunk.companies });
      result.rowsChanged += done.rowsChanged;
      result.failures += done.failures;
      result.stop ??= done.stop;
      result.postponed = earlier(result.postponed, done.postponed);
      showProgress('Show the progress');
    }
  };

  if (!result.stop) showProgress('Say that the first sync has begun');
  await Promise.all(Array.from({ length: sideBySide }, workThrough));
  await talk.settled();
  return result;
}
