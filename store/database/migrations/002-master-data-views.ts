import { sql, type Kysely, type Migration } from 'kysely';
import type { DatabaseKind } from '../sql-of-dialect.ts';

/**
 * One view per kind for people and BI tools: live rows only, with names instead of ids and every detail as a column.
 * Each begins with connection, company_code, company, code, name, active and ends with modified_at, changed_at,
 * external_id, company_id, connection_id. Between them:
 *
 * - gl_accounts: type, balance_side, statement, vat_code, blocked
 * - relations: is_customer, is_supplier, vat_number, chamber_of_commerce, email, city, country, iban
 * - vat_codes: percentage, direction, blocked
 * - cost_centres: end_date
 * - cost_units: end_date
 * - journals: type, currency, iban
 * - payment_conditions: days, end_of_months, discount_percentage
 * - items: unit, is_sales, is_purchase, price, sales_vat_code
 * - projects: type, relation_id, start_date, end_date
 */
const views: Record<string, { kind: string; details: Record<string, DetailType> }> = {
  gl_accounts: {
    kind: 'gl-account',
    details: { type: 'text', balanceSide: 'text', statement: 'text', vatCode: 'text', blocked: 'flag' },
  },
  relations: {
    kind: 'relation',
    details: {
      isCustomer: 'flag',
      isSupplier: 'flag',
      vatNumber: 'text',
      chamberOfCommerce: 'text',
      email: 'text',
      city: 'text',
      country: 'text',
      iban: 'text',
    },
  },
  vat_codes: { kind: 'vat-code', details: { percentage: 'decimal', direction: 'text', blocked: 'flag' } },
  cost_centres: { kind: 'cost-centre', details: { endDate: 'text' } },
  cost_units: { kind: 'cost-unit', details: { endDate: 'text' } },
  journals: { kind: 'journal', details: { type: 'text', currency: 'text', iban: 'text' } },
  payment_conditions: {
    kind: 'payment-condition',
    details: { days: 'count', endOfMonths: 'count', discountPercentage: 'decimal' },
  },
  items: {
    kind: 'item',
    details: { unit: 'text', isSales: 'flag', isPurchase: 'flag', price: 'decimal', salesVatCode: 'text' },
  },
  projects: {
    kind: 'project',
    details: { type: 'text', relationId: 'text', startDate: 'text', endDate: 'text' },
  },
};

type DetailType = 'text' | 'flag' | 'count' | 'decimal';

/** How a detail is read out of its JSON. Flags are 0 or 1, as everywhere in the database. */
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

export function masterDataViews(database: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const [view, { kind, details }] of Object.entries(views)) {
        const columns = Object.entries(details).map(
          ([name, type]) => `${read[database][type](name)} as ${snakeCase(name)}`,
        );
        await sql
          .raw(
            `create view ${view} as
              select x.name as connection, c.code as company_code, c.name as company, m.code, m.name, m.active,
                ${columns.join(', ')},
                m.modified_at, m.changed_at, m.external_id, m.company_id, m.connection_id
              from master_data m
              join companies c on c.connection_id = m.connection_id and c.external_id = m.company_id
              left join connections x on x.id = m.connection_id
              where m.kind = '${kind}' and m.deleted_at is null`,
          )
          .execute(db);
      }
    },
  };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
