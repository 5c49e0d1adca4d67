import { password } from '../books/names.ts';

/**
 * Walks through the login pages as a browser would, for scripts and tests: follows the app's authorisation address,
 * logs in, gives consent, and returns the address that the browser would be sent back to (not yet called).
 * @throws Error when a page refuses, with the words it shows
 */
export async function logIn(
  authorisationUrl: URL | string,
  as: {
    userName: string;
    password?: string;
    cancel?: boolean;
    /** Which companies the consent covers: all and those to come (the default), all of today, or these divisions. */
    companies?: 'all' | 'current' | number[];
  },
): Promise<URL> {
  const first = new URL(authorisationUrl);
  const page = await fetch(first, { redirect: 'manual' });
  if (!page.ok) throw new Error(`the login page answered ${page.status}: ${shownIn(await page.text())}`);
  const typed = { step: 'log-in', userName: as.userName, password: as.password ?? password };
  const entered = await submit(first, as.cancel ? { step: 'cancel' } : typed);
  if (as.cancel) return target(entered, first);
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { companies = 'all' } = as;
  const covered: [string, string][] = Array.isArray(companies)
    ? [['companies', 'chosen'], ...companies.map((one): [string, string] => ['division', String(one)])]
    : [['companies', companies]];
  const allowed = await submit(target(entered, first), [['step', 'allow'], ...covered], cookie);
  return target(allowed, first);
}

async function submit(
  address: URL,
  fields: Record<string, string> | [string, string][],
  cookie = '',
): Promise<Response> {
  const answer = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers: cookie ? { cookie } : {},
  });
  if (!answer.headers.has('location'))
    throw new Error(`the login was refused: ${shownIn(await answer.text())}`);
  return answer;
}

function target(answer: Response, base: URL): URL {
  return new URL(answer.headers.get('location')!, base);
}

/** The words of the red line on a page, or the start of the page. */
function shownIn(page: string): string {
  return /class="wrong"[^>]*>([^<]*)</.exec(page)?.[1] ?? page.slice(0, 200);
}
