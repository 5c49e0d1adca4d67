import type { ConnectionState } from '../../../domain/connection.ts';
import type { DeletionVerdict } from '../../../domain/sync/deletion-guard.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { deletionsDecided } from '../../messages/done.ts';
import { mustManage } from '../../asking/refusals.ts';

/** A superuser says of rows that seem to be gone whether they were deleted. */
export async function decideDeletions(
  { office, gateway }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  { question, verdict }: { question: number; verdict: DeletionVerdict },
): Promise<void> {
  const user = ask.user();
  mustManage(office, user, 'say whether these rows were deleted');
  await gateway.decideDeletions(connection.id, {
    actionId: ask.actionId,
    by: user.id,
    question,
    verdict,
  });
  await ask.answer(deletionsDecided(verdict));
}
