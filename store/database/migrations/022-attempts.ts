import type { Kysely } from 'kysely';

/**
 * A booking counts the attempts at it, so that each knows its own note; and those of which nobody knew what became, although
 * the package answered. A stop may be about entries of one company.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['attempt', 'failures'])
    await db.schema
      .alterTable('purchase_bookings')
      .addColumn(column, 'integer', (added) => added.notNull().defaultTo(0))
      .execute();
  await db.schema.alterTable('purchase_bookings').addColumn('failure_said', 'text').execute();
  await db.schema
    .alterTable('delivery_stops')
    .addColumn('entries', 'text', (added) => added.notNull().defaultTo('[]'))
    .execute();
}
