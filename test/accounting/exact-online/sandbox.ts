import { createExactOnline, type ExactOnlineOptions } from '../../../accounting/exact-online/adapter.ts';
import type { AccountingSystem, Credential, RedirectSignIn } from '../../../accounting/port.ts';
import { createExactOnlineSandbox, type ExactOnlineSandboxOptions } from '@syncuser/exact-online-sandbox';

export const redirectUri = 'http://127.0.0.1:1/callback';
export const password = 'sandbox';

export interface Workbench {
  system: AccountingSystem;
  /** The same accounting system as another process, or with other options. */
  another(options: Partial<ExactOnlineOptions>): AccountingSystem;
  url: string;
  /** Turns a switch of the sandbox. */
  turn(name: string, body: object): Promise<void>;
  /** The clock of the sandbox and of the adapter. */
  advance(seconds: number): Promise<void>;
  now: () => Date;
  /** After `reset` the clock of the sandbox is right again; this sets that of the adapter right. */
  resetClock(): void;
  /** Logs in on the login page, as a person with a browser would, and redeems what comes back. */
  logIn(userName?: string, by?: AccountingSystem): Promise<Credential>;
  /** How often the token endpoint and the API were asked, newest first. */
  requests(): Promise<string[]>;
  divisions(): Promise<number[]>;
  close(): Promise<void>;
}

export async function createWorkbench(options: ExactOnlineSandboxOptions = {}): Promise<Workbench> {
  const sandbox = await createExactOnlineSandbox({ companies: 3, rows: 12, ...options });
  let shift = 0;
  const now = () => new Date(Date.now() + shift);
  const another = (changes: Partial<ExactOnlineOptions>) =>
    createExactOnline({
      baseUrl: sandbox.url,
      clientId: 'syncuser-local',
      clientSecret: 'syncuser-local-secret',
      now,
      ...changes,
    });
  const system = another({});
  const turn = async (name: string, body: object) => {
    const reply = await fetch(`${sandbox.url}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${name}: ${await reply.text()}`);
  };
  const state = async () =>
    (await (await fetch(`${sandbox.url}/control/state`)).json()) as { companies: { division: number }[] };
  return {
    system,
    another,
    url: sandbox.url,
    turn,
    now,
    resetClock: () => void (shift = 0),
    async advance(seconds) {
      shift += seconds * 1000;
      await turn('clock', { advanceSeconds: seconds });
    },
    logIn: (userName = 'CX_Basecone', by = system) => logIn(redirectSignIn(by), userName),
    async requests() {
      const log = await fetch(`${sandbox.url}/control/log?limit=1000`);
      return ((await log.json()) as { method: string; path: string }[]).map(
        ({ method, path }) => `${method} ${path}`,
      );
    },
    divisions: async () => (await state()).companies.map(({ division }) => division),
    close: () => sandbox.close(),
  };
}

export function redirectSignIn({ signIn }: AccountingSystem): RedirectSignIn {
  if (signIn.kind !== 'redirect') throw new Error('Exact Online has a login page of its own');
  return signIn;
}

async function logIn(signIn: RedirectSignIn, userName: string): Promise<Credential> {
  const state = crypto.randomUUID();
  const callback = await walkLoginPage(
    signIn.authorisationUrl({ state, redirectUri, forceLogin: true }),
    userName,
  );
  return signIn.redeem({ callback, state, redirectUri });
}

/** Fills in the forms of the login page one after the other until it sends the browser back to us. */
export async function walkLoginPage(
  page: URL,
  userName: string,
  last: 'allow' | 'cancel' = 'allow',
): Promise<URL> {
  const consent = await submit(page, { step: 'log-in', userName, password });
  const answer = await submit(consent.url, { step: last }, consent.cookie);
  return answer.url;
}

/** Opens a page, submits its first form, and follows to where that leads. */
async function submit(
  page: URL,
  fields: Record<string, string>,
  cookie = '',
): Promise<{ url: URL; cookie: string }> {
  const html = await (await fetch(page, { headers: { cookie } })).text();
  const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
  if (!action) throw new Error(`there is no form on ${page.pathname}`);
  // Characters of an address may be written as numbers in HTML (&#38; for &).
  const plain = action.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  const reply = await fetch(new URL(plain, page), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams(fields),
  });
  const location = reply.headers.get('location');
  if (!location) throw new Error(`${page.pathname} answered ${reply.status} and sends nowhere`);
  return { url: new URL(location, page), cookie: reply.headers.get('set-cookie')?.split(';')[0] ?? cookie };
}
