import type { PageWrite } from '../page-write.ts';

/**
 * How many rows were deleted within the time the guard looks back, and since a human last answered about them; without
 * those that the package reported and a later complete listing lacked, which is proof enough. While `question` is open, that
 * time begins as long before the question was asked: what was too many then does not become few by waiting.
 */
export async function deletedLately(
  { trx, key, at, guard }: PageWrite,
  question: number | null,
): Promise<number> {
  const questions = await trx
    .selectFrom('deletion_questions')
    .where('connection_id', '=', key.connectionId)
    .where('company_id', '=', key.companyId)
    .where('kind', '=', key.kind)
    .select(['number', 'state', 'asked_at', 'settled_at'])
    .execute();
  const settled = (...states: string[]) =>
    questions.flatMap(({ state, settled_at }) => (states.includes(state) ? (settled_at ?? []) : []));
  const asked = questions.find(({ number }) => number === question)?.asked_at ?? at;
  const windowBegan = new Date(Date.parse(asked) - guard.withinMs).toISOString();
  const since = [windowBegan, ...settled('deleted', 'kept')].toSorted().at(-1)!;
  const proven = settled('confirmed').filter((settledAt) => settledAt > since);
  let deletions = trx
    .selectFrom('master_data')
    .where('connection_id', '=', key.connectionId)
    .where('company_id', '=', key.companyId)
    .where('kind', '=', key.kind)
    .where('deleted_at', '>', since);
  if (proven.length > 0) deletions = deletions.where('deleted_at', 'not in', proven);
  const { deleted } = await deletions
    .select((eb) => eb.fn.countAll<number>().as('deleted'))
    .executeTakeFirstOrThrow();
  return deleted;
}
