import { connectionId, type RunningSyncuser } from './syncuser.ts';

/**
 * Waits until this round has ended.
 * @returns how many live rows there are now
 * @throws Error when it did not bring in everything
 */
export async function roundEnds({ store, state, until }: RunningSyncuser, round: number): Promise<number> {
  const { health, link } = await until(async () => {
    const { round: last, syncingSince, ...rest } = await state();
    return last >= round && syncingSince === null && rest;
  });
  const { rows, errors } = await store.syncPositions.summary(connectionId);
  if (health.state !== 'ok' || link.state !== 'connected' || errors.length > 0)
    throw new Error(`the round did not go well: ${JSON.stringify({ health, link, errors })}`);
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}
