import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBrowser, type PlainBrowser } from './plain-browser.ts';
import { connection, disconnected } from './demo-office.ts';
import { runWeb, type RunningWeb } from './running-web.ts';

let web: RunningWeb;
let browser: PlainBrowser;

beforeEach(async () => {
  web = await runWeb();
  browser = openBrowser();
  await web.store.connections.save(connection({ link: disconnected() }));
});
afterEach(() => web.close());

const linked = {
  result: 'linked',
  login: 'CX_Basecone',
  environment: 'De Vries',
  reachable: 12,
  total: 12,
} as const;

/** Opens a link, presses its button, and gives the address the package will send the browser back to. */
async function toLoginPage(answer = 'code=the-code'): Promise<string> {
  const { url } = await web.links.issue({
    officeUserId: 'monica',
    connectionId: 'exact',
    purpose: 'reconnect',
  });
  await browser.get(url);
  const { searchParams } = new URL((await browser.post(url)).location!);
  return `${searchParams.get('redirect_uri')}?${answer}&state=${searchParams.get('state')}`;
}

const resultOf = (location: string | null) => `${web.url}${location}`;

test('a login that comes back is handed to the workflow sealed, and its result is shown in this browser', async () => {
  web.workflow.outcome = linked;
  const callback = await toLoginPage();
  const back = await browser.get(callback);
  expect(back.status).toBe(303);
  expect(back.location).toMatch(/^\/connect\/result\/[\w-]+$/);
  const page = await browser.get(resultOf(back.location));
  expect(page.text).toContain('Linked to CX_Basecone, reaches 12 of 12 companies');
  expect(web.workflow.returned).toMatchObject([{ kind: 'redirect', callback }]);
});

test('while the login is verified the page renews itself', async () => {
  const page = await browser.get(resultOf((await browser.get(await toLoginPage())).location));
  expect(page.text).toContain('Checking your login');
  expect(page.html).toMatch(/<div role="status">\s*<p class="lead">\s*Syncuser looks who/);
  expect(page.html).toContain('http-equiv="refresh"');
});

test('the same callback twice is one login', async () => {
  web.workflow.outcome = linked;
  const callback = await toLoginPage();
  const first = await browser.get(callback);
  const second = await browser.get(callback);
  expect(second.status).toBe(303);
  expect(second.location).toBe(first.location);
  expect(web.workflow.returned).toHaveLength(1);
});

test('a login stopped at the package is handed over as such, and the person can start again', async () => {
  web.workflow.outcome = { result: 'refused', cause: 'cancelled' };
  const back = await browser.get(await toLoginPage('error=access_denied'));
  const page = await browser.get(resultOf(back.location));
  expect(page.text).toContain('You stopped the login');
  const again = await browser.post(`${resultOf(back.location)}/again`);
  expect(again.status).toBe(303);
  expect((await browser.get(again.location!)).text).toContain('Reconnect Exact Online');
});

test('while Temporal is down the login waits, and it goes on by itself when Temporal is back', async () => {
  web.workflow.down = true;
  web.workflow.outcome = linked;
  const { location } = await browser.get(await toLoginPage());
  const waiting = await browser.get(resultOf(location));
  expect(waiting.text).toContain('you do not have to log in again');
  web.workflow.down = false;
  await browser.get(resultOf(location));
  expect((await browser.get(resultOf(location))).text).toContain('Linked to CX_Basecone');
  expect(web.workflow.returned).toHaveLength(1);
});

test('a Temporal that gives no answer at all does not hold the pages up', async () => {
  web.workflow.down = 'silent';
  const { location } = await browser.get(await toLoginPage());
  expect((await browser.get(resultOf(location))).text).toContain('you do not have to log in again');
});

test('a code that came back is neither in the log nor readable in the database', async () => {
  await browser.get(await toLoginPage('code=s3cret-code-of-the-package'));
  expect(web.logLines()).toContain('/oauth/callback');
  expect(web.logLines() + (await web.databaseText())).not.toContain('s3cret-code-of-the-package');
});

describe('nothing is handed over', () => {
  afterEach(() => expect(web.workflow.returned).toEqual([]));
  beforeEach(() => void (web.workflow.outcome = linked));

  test('when the state is forged', async () => {
    await toLoginPage();
    const page = await browser.get(`${web.url}/oauth/callback?code=x&state=forged`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('This login is not known');
  });

  test.each(['', '?code=x', '?state=only', '?code=x&error=y&state=z'])(
    'when the callback is "%s"',
    async (query) => {
      expect((await browser.get(`${web.url}/oauth/callback${query}`)).status).toBe(404);
    },
  );

  test('when another browser brings the login back', async () => {
    const callback = await toLoginPage();
    const page = await openBrowser().get(callback);
    expect(page.status).toBe(403);
    expect(page.text).toContain('begun in another browser');
  });

  test('when another browser, which opened the same link, brings the login back', async () => {
    const { url } = await web.links.issue({
      officeUserId: 'monica',
      connectionId: 'exact',
      purpose: 'reconnect',
    });
    const other = openBrowser();
    for (const one of [other, browser]) await one.get(url);
    const state = new URL((await browser.post(url)).location!).searchParams.get('state');
    expect((await other.get(`${web.url}/oauth/callback?code=x&state=${state}`)).status).toBe(403);
  });

  test('when the state belongs to an earlier attempt', async () => {
    const { url } = await web.links.issue({
      officeUserId: 'monica',
      connectionId: 'exact',
      purpose: 'reconnect',
    });
    await browser.get(url);
    const first = new URL((await browser.post(url)).location!).searchParams.get('state');
    await browser.post(url);
    expect((await browser.get(`${web.url}/oauth/callback?code=x&state=${first}`)).status).toBe(404);
  });

  test('when the link expired meanwhile', async () => {
    const callback = await toLoginPage();
    web.pass(31 * 60_000);
    expect((await browser.get(callback)).status).toBe(410);
  });
});

test('a result is only shown in the browser the login was made in', async () => {
  web.workflow.outcome = linked;
  const { url } = await web.links.issue({
    officeUserId: 'monica',
    connectionId: 'exact',
    purpose: 'reconnect',
  });
  const other = openBrowser();
  for (const one of [other, browser]) await one.get(url);
  const state = new URL((await browser.post(url)).location!).searchParams.get('state');
  const { location } = await browser.get(`${web.url}/oauth/callback?code=x&state=${state}`);
  for (const page of [await other.get(resultOf(location)), await other.post(`${resultOf(location)}/again`)]) {
    expect(page.status).toBe(403);
    expect(page.text).not.toContain('CX_Basecone');
  }
  expect((await other.get(`${web.url}/connect/result/forged`)).status).toBe(404);
});
