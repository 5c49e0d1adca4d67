import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import type { PersonId } from '../../domain/ids.ts';

/** Whom an incident concerns besides the channels. */
export interface IncidentPerson {
  officeUserId: PersonId;
  /** `asked` to mend it, in a direct message; `affected` by it, and told when it is over. */
  role: 'asked' | 'affected';
  since: Moment;
}

export interface IncidentPeopleStore {
  /** Once per person; whoever is asked stays asked. */
  add(incident: number, person: IncidentPerson): Promise<void>;
  /** In the order they came. */
  of(incident: number): Promise<IncidentPerson[]>;
  /** Whom any of these concerns, in the order they came. */
  ofAll(incidents: readonly number[]): Promise<(IncidentPerson & { incident: number })[]>;
}

export function createIncidentPeopleStore({ db }: Database): IncidentPeopleStore {
  async function ofAll(incidents: readonly number[]) {
    if (incidents.length === 0) return [];
    const rows = await db
      .selectFrom('incident_people')
      .selectAll()
      .where('incident', 'in', incidents)
      .orderBy('since')
      .orderBy('office_user_id')
      .execute();
    return rows.map(({ office_user_id: officeUserId, ...row }) => ({ ...row, officeUserId }));
  }

  return {
    ofAll,
    async add(incident, { officeUserId, role, since }) {
      await db
        .insertInto('incident_people')
        .values({ incident, office_user_id: officeUserId, role, since })
        .onConflict((conflict) => {
          const known = conflict.columns(['incident', 'office_user_id']);
          return role === 'asked' ? known.doUpdateSet({ role }) : known.doNothing();
        })
        .execute();
    },
    async of(incident) {
      return (await ofAll([incident])).map(({ incident: _, ...person }) => person);
    },
  };
}
