import { sql, type Kysely, type Migration } from 'kysely';
import type { DatabaseKind } from '../sql-of-dialect.ts';

/**
 * The views of master data with `active` worked out when they are asked: a row is, from its first day to its last, by the
 * day of the office. `office_clock` says by how much its clock differs from UTC, and from when on.
 */
const views: Record<string, { kind: string; details: Record<string, DetailType> }> = {
  gl_accounts: {
    kind: 'gl-account',
    details: { type: 'text', balanceSide: 'text', statement: 'text', vatCode: 'text', blocked: 'flag' },
  },
  relations: {
    kind: 'relation',
    details: {
      ...{ isCustomer: 'flag', isSupplier: 'flag', vatNumber: 'text', chamberOfCommerce: 'text' },
      ...{ email: 'text', city: 'text', country: 'text', iban: 'text' },
    },
  },
  vat_codes: { kind: 'vat-code', details: { percentage: 'decimal', direction: 'text', blocked: 'flag' } },
  cost_centres: { kind: 'cost-centre', details: {} },
  cost_units: { kind: 'cost-unit', details: {} },
  journals: { kind: 'journal', details: { type: 'text', currency: 'text', iban: 'text' } },
  payment_conditions: {
    kind: 'payment-condition',
    details: { days: 'count', endOfMonths: 'count', discountPercentage: 'decimal' },
  },
  items: {
    kind: 'item',
    details: { unit: 'text', isSales: 'flag', isPurchase: 'flag', price: 'decimal', salesVatCode: 'text' },
  },
  projects: { kind: 'project', details: { type: 'text', relationId: 'text' } },
};
const withoutDays = ['journals', 'payment_conditions'];

type DetailType = 'text' | 'flag' | 'count' | 'decimal';

const read: Record<DatabaseKind, Record<DetailType, (name: string) => string>> = {
  sqlite: {
    text: (name) => `m.details ->> '${name}'`,
    flag: (name) => `m.details ->> '${name}'`,
    count: (name) => `cast(m.details ->> '${name}' as integer)`,
    decimal: (name) => `cast(m.details ->> '${name}' as real)`,
  },
  postgres: {
    text: (name) => `m.details::jsonb ->> '${name}'`,
    flag: (name) => `(m.details::jsonb ->> '${name}')::boolean::integer`,
    count: (name) => `(m.details::jsonb ->> '${name}')::integer`,
    decimal: (name) => `(m.details::jsonb ->> '${name}')::numeric`,
  },
};

const aheadAt = (moment: string) =>
  `coalesce((select minutes from office_clock where begins_at <= ${moment} order by begins_at desc limit 1), 0)`;
const today: Record<DatabaseKind, string> = {
  sqlite: `date('now', ${aheadAt("strftime('%Y-%m-%dT%H:%M:%fZ', 'now')")} || ' minutes')`,
  postgres: `to_char((now() at time zone 'UTC') + ${aheadAt(
    `to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  )} * interval '1 minute', 'YYYY-MM-DD')`,
};

export function officeDays(database: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('office_clock')
        .addColumn('begins_at', 'text', (column) => column.primaryKey())
        .addColumn('minutes', 'integer', (column) => column.notNull())
        .execute();
      for (const [view, { kind, details }] of Object.entries(views)) {
        await db.schema.dropView(view).execute();
        await createView(db, { database, view, kind, details, hasDays: !withoutDays.includes(view) });
      }
    },
  };
}

interface KindView {
  database: DatabaseKind;
  view: string;
  kind: string;
  details: Record<string, DetailType>;
  /** A row has a first and a last day, or may have. */
  hasDays: boolean;
}

/** The view of one kind: see `views`. */
export async function createView(
  db: Kysely<unknown>,
  { database, view, kind, details, hasDays }: KindView,
): Promise<void> {
  const { text } = read[database];
  const isCurrent = `${today[database]} between coalesce(${text('startDate')}, '') and coalesce(${text('endDate')}, '9999')`;
  const all: Record<string, DetailType> = hasDays
    ? { ...details, startDate: 'text', endDate: 'text' }
    : details;
  const columns = Object.entries(all).map(
    ([name, type]) => `${read[database][type](name)} as ${snakeCase(name)}`,
  );
  const active = hasDays ? `case when m.active = 1 and ${isCurrent} then 1 else 0 end as active` : 'm.active';
  await sql
    .raw(
      `create view ${view} as
        select x.name as connection, c.code as company_code, c.name as company, m.code, m.name, ${active},
          ${columns.join(', ')},
          m.modified_at, m.changed_at, m.external_id, m.company_id, m.connection_id
        from master_data m
        join companies c on c.connection_id = m.connection_id and c.external_id = m.company_id
        left join connections x on x.id = m.connection_id
        where m.kind = '${kind}' and m.deleted_at is null`,
    )
    .execute(db);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
