import type { Kysely, Migration } from 'kysely';
import type { DatabaseKind } from '../sql-of-dialect.ts';
import { createView } from './026-office-days.ts';

/** The bank accounts of relations are rows of their own, so the relations have no account number any more. */
export function bankAccounts(database: DatabaseKind): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.dropView('relations').execute();
      await createView(db, {
        ...{ database, view: 'relations', kind: 'relation', hasDays: true },
        details: {
          ...{ isCustomer: 'flag', isSupplier: 'flag', vatNumber: 'text', chamberOfCommerce: 'text' },
          ...{ email: 'text', city: 'text', country: 'text' },
        },
      });
      await createView(db, {
        ...{ database, view: 'bank_accounts', kind: 'bank-account', hasDays: false },
        details: {
          ...{ relationId: 'text', ending: 'text', fingerprint: 'text', main: 'flag', type: 'text' },
        },
      });
    },
  };
}
