import { z } from 'zod';
import { roles, type OfficeUser } from '../../domain/offices/office.ts';
import type { Database } from '../database/database.ts';
import { parseJson } from '../database/json.ts';

/** Everybody who ever stood in the office file, as they stood there last: what somebody did keeps their name. */
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
