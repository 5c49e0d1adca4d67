import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { masterDataKinds, type MasterDataKind } from '../../domain/master-data.ts';
import { openDatabase } from '../../store/database/database.ts';
import { DatabaseUnavailableError } from '../../store/database/unavailable.ts';
import { createStore } from '../../store/index.ts';
import { createSealer } from '../../store/logins/sealer.ts';
import { until } from '../until.ts';
import type { RunningSyncuser } from './running-syncuser.ts';

/** The views people query, by kind. */
const views: Record<MasterDataKind, string> = {
  'gl-account': 'gl_accounts',
  relation: 'relations',
  'bank-account': 'bank_accounts',
  'vat-code': 'vat_codes',
  'cost-centre': 'cost_centres',
  'cost-unit': 'cost_units',
  journal: 'journals',
  'payment-condition': 'payment_conditions',
  item: 'items',
  project: 'projects',
};

/** The database of a running copy, as somebody who may read it sees it. */
export interface BooksOfOffice {
  /** How many rows the views hold, by company code and kind: `101/gl-account`. */
  counts: () => Promise<Record<string, number>>;
  hasRelation: (relation: { code: string; name: string }) => Promise<boolean>;
  /** Words that stand in rows of every kind and hardly anywhere else. */
  wordsOfRows: () => Promise<string[]>;
  /** Tokens and passwords that are sealed at the moment, opened. */
  credentials: () => Promise<string[]>;
  incidents: () => Promise<{ openedAt: string; endedAt: string | null }[]>;
  close: () => Promise<void>;
}

export async function openBooks({ database: address, data }: RunningSyncuser): Promise<BooksOfOffice> {
  const database = await openDatabase(address);
  const { db } = database;
  const [, key = ''] = readFileSync(join(data, 'secret-keys'), 'utf8').trim().split(':');
  const { grants } = createStore(database, {
    sealer: createSealer({ current: 'local', keys: { local: key } }),
  });

  const books: BooksOfOffice = {
    async counts() {
      const counted: Record<string, number> = {};
      for (const kind of masterDataKinds) {
        const { rows } = await sql<{ company_code: string; amount: number | string }>`
          select company_code, count(*) as amount from ${sql.table(views[kind])} group by company_code`.execute(
          db,
        );
        for (const { company_code: code, amount } of rows) counted[`${code}/${kind}`] = Number(amount);
      }
      return counted;
    },

    async hasRelation({ code, name }) {
      const { rows } = await sql`
        select 1 from relations where code = ${code} and name = ${name}`.execute(db);
      return rows.length > 0;
    },

    async wordsOfRows() {
      const details = ['vat_number', 'email', 'chamber_of_commerce'];
      const found = [
        ...masterDataKinds.map((kind) => sql`select distinct name as word from ${sql.table(views[kind])}`),
        ...details.map((detail) => sql`select distinct ${sql.ref(detail)} as word from relations`),
        sql`select distinct iban as word from journals`,
      ];
      const words = await Promise.all(found.map((query) => query.execute(db)));
      return words
        .flatMap(({ rows }) => rows as { word: string | null }[])
        .map(({ word }) => word ?? '')
        .filter((word) => word.length >= shortest.word && /[\s\d]/.test(word));
    },

    async credentials() {
      const rows = await db.selectFrom('grants').select('grant_id').where('sealed', 'is not', null).execute();
      const opened = await Promise.all(rows.map(({ grant_id: id }) => grants.vault(id).read()));
      const texts = opened.flatMap(({ credential }) => textsIn(credential.secret));
      return texts.filter((text) => text.length >= shortest.token && !isMoment(text));
    },

    async incidents() {
      const rows = await db.selectFrom('incidents').selectAll().execute();
      return rows.map((row) => ({ openedAt: row.opened_at, endedAt: row.ended_at }));
    },
    close: database.close,
  };
  return {
    ...books,
    counts: patiently(books.counts),
    hasRelation: patiently(books.hasRelation),
    wordsOfRows: patiently(books.wordsOfRows),
    credentials: patiently(books.credentials),
    incidents: patiently(books.incidents),
  };
}

/** The same, asked again while the database is down, as where it is killed on purpose. */
function patiently<Args extends unknown[], Answer>(read: (...args: Args) => Promise<Answer>) {
  return async (...args: Args): Promise<Answer> => {
    const { answer } = await until('the database', async () => {
      try {
        return { answer: await read(...args) };
      } catch (error) {
        if (error instanceof DatabaseUnavailableError) return undefined;
        throw error;
      }
    });
    return answer;
  };
}

/** Shorter ones are everyday words ("Kas"), and so is a single word ("Contracts"): not worth a false alarm. */
const shortest = { word: 9, token: 16 };

const isMoment = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text);

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
