import { sql, type Kysely } from 'kysely';

/** Whom an incident concerns, how long it took, what was seen of it; what lasts and asks nothing of anybody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('incidents').addColumn('last_good_at', 'text').execute();
  await db.schema.alterTable('incidents').addColumn('told_at', 'text').execute();
  await db.schema
    .alterTable('incidents')
    .addColumn('reopened', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable('incident_people')
    .addColumn('incident', 'integer', (column) => column.notNull().references('incidents.number'))
    .addColumn('office_user_id', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('incident_people_key', ['incident', 'office_user_id'])
    .execute();
  await db.schema
    .createTable('login_refusals')
    .addColumn('connection_id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('saw', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('notices')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('began_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute();
  await db.schema
    .createIndex('notices_one_open')
    .on('notices')
    .column('subject')
    .unique()
    .where(sql.ref('ended_at'), 'is', null)
    .execute();
  await db.schema.alterTable('sign_ins').addColumn('outsider', 'text').execute();
}
