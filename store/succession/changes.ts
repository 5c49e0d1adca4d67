import type { Transaction } from 'kysely';
import { z } from 'zod';
import type {
  AskedChange,
  Change,
  ChangeFact,
  GainAndLoss,
  MadeChange,
  SwitchedTo,
} from '../../domain/succession/change-facts.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import { parseJson } from '../database/json.ts';
import type { ChangeRow, Schema } from '../database/schema.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** The changes of synchronisation user. */
export interface ChangeStore {
  /** Writes down what became known of changes; what is known already stays as it is. */
  keep(connectionId: ConnectionId, facts: readonly ChangeFact[]): Promise<void>;
  get(connectionId: ConnectionId, number: number): Promise<Change | null>;
}

export function createChangeStore({ db, transact }: Database): ChangeStore {
  return {
    keep: (connectionId, facts) =>
      transact(`changes/${connectionId}`, (trx) => keepChanges(trx, connectionId, facts)),
    async get(connectionId, number) {
      const row = await db
        .selectFrom('changes')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .where('number', '=', number)
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
  };
}

/**
 * Every fact is written once and the first counts, so one that is told again, or late, changes nothing. Where the database
 * was taken back to an older state, the end of a change brings along what was asked.
 */
export async function keepChanges(
  trx: Transaction<Schema>,
  connectionId: ConnectionId,
  facts: readonly ChangeFact[],
): Promise<void> {
  for (const fact of facts) {
    if ('asked' in fact) await begin(trx, { connectionId, number: fact.number }, fact.asked);
    if (fact.fact === 'asked') continue;
    const { ofFact, since } = columnsOf(fact);
    await trx
      .updateTable('changes')
      .set(ofFact)
      .where('connection_id', '=', connectionId)
      .where('number', '=', fact.number)
      .where(since, 'is', null)
      .execute();
  }
}

async function begin(
  trx: Transaction<Schema>,
  { connectionId, number }: { connectionId: ConnectionId; number: number },
  { from, to, askedBy, askedAt, isUnattended }: AskedChange,
): Promise<void> {
  await trx
    .insertInto('changes')
    .values({
      connection_id: connectionId,
      number,
      from_id: from,
      to_id: to,
      asked_by: askedBy,
      asked_at: askedAt,
      unattended: isUnattended ? 1 : 0,
    })
    .onConflict((conflict) => conflict.columns(['connection_id', 'number']).doNothing())
    .execute();
}

/** What a fact writes, and the column by which it is seen to be there already. */
function columnsOf(fact: Exclude<ChangeFact, { fact: 'asked' }>): {
  ofFact: Partial<ChangeRow>;
  since: 'ended_at' | 'undone_at' | 'settled_at';
} {
  const { at } = fact;
  switch (fact.fact) {
    case 'made':
      return { since: 'ended_at', ofFact: madeColumns(fact.made, at) };
    case 'unmade':
      return { since: 'ended_at', ofFact: { outcome: fact.why, ended_at: at, ended_by: fact.by } };
    case 'undone':
      return { since: 'undone_at', ofFact: { undone_at: at, undone_by: fact.by } };
    case 'settled': {
      const { fate, standIn } = fact.settled;
      return { since: 'settled_at', ofFact: { settled_at: at, fate, stand_in_id: standIn } };
    }
  }
}

function madeColumns(
  { login, formerLogin, hadLinkedIt, ...made }: SwitchedTo,
  at: Moment,
): Partial<ChangeRow> {
  const { reachBefore, reachAfter, lost, gained, uncertain, confirmedBy, reason, agreedBy } = made;
  const weighed: GainAndLoss = { reachBefore, reachAfter, lost, gained, uncertain };
  return {
    outcome: 'made',
    ended_at: at,
    login,
    former_login: formerLogin,
    had_linked_it: hadLinkedIt ? 1 : 0,
    weighed: JSON.stringify(weighed),
    confirmed_by: confirmedBy,
    reason,
    agreed_by: agreedBy,
  };
}

const gainAndLossSchema = z.object({
  reachBefore: z.number(),
  reachAfter: z.number(),
  lost: z.number(),
  gained: z.number(),
  uncertain: z.number(),
}) satisfies z.ZodType<GainAndLoss>;

function fromRow(row: ChangeRow): Change {
  return {
    number: row.number,
    from: row.from_id,
    to: row.to_id,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    isUnattended: row.unattended === 1,
    end: endOf(row),
  };
}

function endOf(row: ChangeRow): Change['end'] {
  const { outcome: how, ended_at: at, ended_by: by, login, weighed } = row;
  if (how === null || at === null) return null;
  if (how !== 'made') return { how, at, by };
  if (login === null || weighed === null)
    throw new Error(`change ${row.number} of ${row.connection_id} was made without a login`);
  return {
    ...{ how, at, login, hadLinkedIt: row.had_linked_it === 1 },
    ...parseJson(gainAndLossSchema, weighed),
    ...{ confirmedBy: row.confirmed_by, reason: row.reason, agreedBy: row.agreed_by },
    former: formerOf(row),
  };
}

function formerOf(row: ChangeRow): MadeChange['former'] {
  const { former_login: login, undone_at: undoneAt, undone_by: by, settled_at: settledAt, fate } = row;
  if (login === null) return null;
  return {
    login,
    undone: undoneAt === null || by === null ? null : { by, at: undoneAt },
    settled: settledAt === null || fate === null ? null : { fate, standIn: row.stand_in_id, at: settledAt },
  };
}
