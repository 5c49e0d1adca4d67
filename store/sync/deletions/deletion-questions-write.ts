import type { DeletionSource, QuestionState } from '../../../domain/sync/deletion-guard.ts';
import type { PageWrite } from '../page-write.ts';
import { numberAfter } from '../../database/number-after.ts';
import type { PersonId } from '../../../domain/ids.ts';

/** A new question about this company and kind. Numbers are given out under the lock of the change feed. */
export async function openQuestion(
  { trx, key, at }: PageWrite,
  { source, live }: { source: DeletionSource; live: number },
): Promise<number> {
  const { last } = await trx
    .selectFrom('deletion_questions')
    .where('connection_id', '=', key.connectionId)
    .select((eb) => eb.fn.max('number').as('last'))
    .executeTakeFirstOrThrow();
  const number = numberAfter(last);
  await trx
    .insertInto('deletion_questions')
    .values({
      connection_id: key.connectionId,
      number,
      company_id: key.companyId,
      kind: key.kind,
      source,
      rows: 0,
      live,
      may_read: null,
      state: 'open',
      asked_at: at,
      settled_at: null,
      settled_by: null,
      untold: 1,
    })
    .execute();
  return number;
}

/** What has become of a question, which is then to be told; an open one that stays as it is, is not. */
export async function settleQuestion(
  { trx, key, at }: PageWrite,
  number: number,
  end: { state: 'open'; rows: number } | { state: Exclude<QuestionState, 'open'>; by: PersonId | null },
): Promise<void> {
  const question = trx
    .updateTable('deletion_questions')
    .where('connection_id', '=', key.connectionId)
    .where('number', '=', number);
  await (
    end.state === 'open'
      ? question.set({ rows: end.rows, untold: 1 }).where('rows', '!=', end.rows)
      : question.set({ state: end.state, settled_at: at, settled_by: end.by, untold: 1 })
  ).execute();
}
