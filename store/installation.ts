import type { Database } from './database/database.ts';

/** Which installation this database belongs to; a backup that is restored is the same one. */
export interface InstallationStore {
  id(): Promise<string>;
}

export function createInstallationStore({ db }: Database): InstallationStore {
  return {
    id: async () => (await db.selectFrom('installation').select('id').executeTakeFirstOrThrow()).id,
  };
}
