import { createExactOnline } from './accounting/exact-online/adapter.ts';
import { createAccountingSystems, type AccountingSystems } from './accounting/registry.ts';
import { createTryton } from './accounting/tryton/adapter.ts';
import type { Config } from './config.ts';
import { withFormerPeople } from './domain/succession/leaving.ts';
import { slackIds, type Office } from './domain/offices/office.ts';
import { openDatabase } from './store/database/database.ts';
import { createStore, type Store } from './store/index.ts';
import { createSealer } from './store/logins/sealer.ts';

/** What the worker and the server both stand on. */
export interface Installation {
  store: Store;
  systems: AccountingSystems;
  close(): Promise<void>;
}

/**
 * Opens the database (bringing it up to date) and the accounting systems that are configured. Where people wait for an
 * answer, the patience with the database is shorter than usual.
 */
export async function openInstallation(
  config: Config,
  { databasePatienceMs }: { databasePatienceMs?: number } = {},
): Promise<Installation> {
  const { database, accounting, secretKeys } = config;
  const opened = await openDatabase({
    ...(database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() }),
    ...(databasePatienceMs && { patienceMs: databasePatienceMs }),
  });
  const [current] = secretKeys;
  if (!current) throw new Error('The key ring is empty');
  const sealer = createSealer({
    current: current.id,
    keys: Object.fromEntries(secretKeys.map(({ id, key }) => [id, key.reveal().toString('base64')])),
  });
  const store = createStore(opened, { sealer, guard: config.deletionGuard });
  return {
    store,
    systems: createAccountingSystems(configuredSystems(accounting, store)),
    close: () => opened.close(),
  };
}

/** The office as its file says, and by name whoever stood in it once; who stands in it now is kept in mind for later. */
export async function knowOffice(
  store: Pick<Store, 'officePeople' | 'unreachable' | 'officeClock'>,
  office: Office,
): Promise<Office> {
  const known = await store.officePeople.all();
  await store.officePeople.remember(office.users);
  await store.officeClock.keep(office.timeZone);
  // A channel or an account that was corrected in the file is not the one that could not be reached.
  await store.unreachable.keepOnly(slackIds(office));
  return withFormerPeople(office, known);
}

function configuredSystems({ exactOnline, tryton }: Config['accounting'], store: Store) {
  const { callBudget: budget, unknownReplies } = store;
  return [
    ...(exactOnline
      ? [
          createExactOnline({
            ...exactOnline,
            clientSecret: exactOnline.clientSecret.reveal(),
            webhooks: exactOnline.webhooks && {
              ...exactOnline.webhooks,
              secret: exactOnline.webhooks.secret.reveal(),
            },
            budget,
            unknownReplies,
          }),
        ]
      : []),
    ...(tryton ? [createTryton(tryton)] : []),
  ];
}
