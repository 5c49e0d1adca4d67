import { createExactOnline } from '../../accounting/exact-online/adapter.ts';
import type { AccountingSession, GrantVault, StoredCredential } from '../../accounting/port.ts';
import { masterDataKinds } from '../../domain/master-data.ts';
import { logIn } from '@syncuser/exact-online-sandbox';
import type { BenchRun } from '../bench.ts';
import type { Sandbox } from './sandbox.ts';

/** The pages of a first pass, as the adapter asks for them. */
export interface Pages {
  addresses: string[];
  rows: number;
  /** What an `authorization` header says at this moment. */
  authorisation: () => Promise<string>;
}

const redirectUri = 'http://127.0.0.1:9/callback';

/**
 * Reads everything once with the adapter and writes down which pages it asked for, so that a floor can ask for just the
 * same. The sandbox has rendered and kept every page then.
 */
export async function readPages(sandbox: Sandbox, say: BenchRun['say']): Promise<Pages> {
  const session = await openSession(sandbox.url);
  const heard = listenToFetch();
  const seen: string[] = [];
  let rows = 0;
  for (const division of await sandbox.divisions()) {
    for (const kind of masterDataKinds) {
      const company = { externalId: String(division) };
      for await (const page of session.read({ company, kind, checkpoint: null })) {
        rows += page.rows.length;
        if (page.rows.length > 0) seen.push(heard().address);
      }
    }
    say(`warming the sandbox: ${rows} rows in ${seen.length} pages`);
  }
  return {
    addresses: seen,
    rows,
    async authorisation() {
      await session.whoAmI();
      return heard().authorisation;
    },
  };
}

/** As another user than the one Syncuser works with: a second login of the same user would end its chain of tokens. */
async function openSession(baseUrl: string): Promise<AccountingSession> {
  const app = { clientId: 'syncuser-local', clientSecret: 'syncuser-local-secret' };
  const system = createExactOnline({ baseUrl, ...app });
  if (system.signIn.kind !== 'redirect') throw new Error('Exact Online has a login page of its own');
  const state = 'bench';
  const page = system.signIn.authorisationUrl({ state, redirectUri, forceLogin: true });
  const callback = await logIn(page, { userName: 'S.Jansen' });
  return system.open(vaultWith(await system.signIn.redeem({ callback, state, redirectUri })));
}

function vaultWith(credential: StoredCredential['credential']): GrantVault {
  let stored = { credential, generation: 1 };
  return {
    id: 'bench',
    read: async () => stored,
    async renew(_seen, renew) {
      stored = { credential: await renew(stored.credential), generation: stored.generation + 1 };
      return stored;
    },
  };
}

/** The newest call this process made. */
function listenToFetch(): () => { address: string; authorisation: string } {
  const { fetch } = globalThis;
  let newest = { address: '', authorisation: '' };
  globalThis.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    newest = { address, authorisation: new Headers(init?.headers).get('authorization') ?? '' };
    return fetch(input, init);
  };
  return () => newest;
}
