import { z } from 'zod';
import { roles, type OfficeUser } from '../domain/office.ts';
import type { Database } from './database.ts';
import { parseJson } from './json.ts';

/** Everybody who ever stood in the office file, as he stood there last: who left still has a name in what he did. */
export interface OfficePeopleStore {
  remember(users: readonly OfficeUser[]): Promise<void>;
  all(): Promise<OfficeUser[]>;
}

const rolesSchema = z.array(z.enum(roles));

export function createOfficePeopleStore({ db, transact }: Database): OfficePeopleStore {
  return {
    remember: (users) =>
      transact('office-people', async (trx) => {
        for (const { id, name, slackUserId, roles: held } of users) {
          const row = { id, name, slack_user_id: slackUserId, roles: JSON.stringify(held) };
          await trx
            .insertInto('office_people')
            .values(row)
            .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
            .execute();
        }
      }),
    async all() {
      const rows = await db.selectFrom('office_people').selectAll().orderBy('id').execute();
      return rows.map(({ id, name, slack_user_id: slackUserId, roles: held }) => ({
        id,
        name,
        slackUserId,
        roles: parseJson(rolesSchema, held),
      }));
    },
  };
}
