import type {
  AccountingSession,
  AccountingSystem,
  MasterDataPage,
  ReadRequest,
} from '../../../accounting/port.ts';
import { createTryton, type TrytonOptions } from '../../../accounting/tryton/adapter.ts';
import { users } from '@syncuser/tryton-sandbox';
import { createMemoryVault, type MemoryVault } from '../memory-vault.ts';

export interface LoggedIn {
  system: AccountingSystem;
  session: AccountingSession;
  vault: MemoryVault;
}

/** Logs in as a user of the demo office, by the form. */
export async function logInAs(login: string, options: TrytonOptions): Promise<LoggedIn> {
  const system = createTryton(options);
  if (system.signIn.kind !== 'form') throw new Error('Tryton logs in by a form');
  const password = users.find((user) => user.login === login)?.password ?? '';
  const vault = createMemoryVault(await system.signIn.redeem({ values: { userName: login, password } }));
  return { system, vault, session: system.open(vault) };
}

export async function readAll(session: AccountingSession, request: ReadRequest): Promise<MasterDataPage[]> {
  const pages: MasterDataPage[] = [];
  for await (const page of session.read(request)) pages.push(page);
  return pages;
}

/** The next page of a reading that is not at its end. */
export async function nextPage(pages: AsyncIterator<MasterDataPage, unknown>): Promise<MasterDataPage> {
  const next = await pages.next();
  if (next.done) throw new Error('there is no next page');
  return next.value;
}
