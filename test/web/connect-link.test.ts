import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBrowser, type PlainBrowser } from './plain-browser.ts';
import { connection, disconnected } from './demo-office.ts';
import { runWeb, type RunningWeb } from './running-web.ts';

let web: RunningWeb;
let browser: PlainBrowser;
let link: string;

beforeEach(async () => {
  web = await runWeb();
  browser = openBrowser();
  await web.store.connections.save(connection({ link: disconnected() }));
  link = await reconnectLink();
});
afterEach(() => web.close());

const reconnectLink = async () =>
  (await web.links.issue({ officeUserId: 'monica', connectionId: 'exact', purpose: 'reconnect' })).url;

describe('the page of a link', () => {
  test('says who is asked, for which connection, why, and as which user to log in', async () => {
    const page = await browser.get(link);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Monica Bakker');
    expect(page.text).toContain('Exact Online De Vries');
    expect(page.text).toContain('the consent of CX_Basecone was withdrawn in Exact Online');
    expect(page.text).toContain('Log in as CX_Basecone, not as yourself');
    expect(page.text).toContain('log out of Exact Online first');
    expect(page.text).toContain('Changes nothing in Exact Online');
  });

  test('is not used up by looking at it, so a preview does no harm', async () => {
    for (let looks = 0; looks < 3; looks++) await openBrowser().get(link);
    await browser.get(link);
    expect((await browser.post(link)).status).toBe(303);
  });

  test('leaks neither through a Referer nor through a cache, and runs no script', async () => {
    const { headers } = await browser.get(link);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('shows names as text, whatever is in them', async () => {
    const name = '<script>alert(1)</script>';
    await web.store.connections.save(connection({ name, link: disconnected(), revision: 2 }));
    const page = await browser.get(link);
    expect(page.html).not.toContain('<script>');
    expect(page.text).toContain('<script>alert(1)</script>');
  });
});

test('a link that was passed on names who is asked and who asked, and does not end the own one', async () => {
  const outsider = { name: 'Piet <Bos>', email: null };
  const request = { officeUserId: 'monica', connectionId: 'exact', purpose: 'reconnect' } as const;
  const passedOn = await web.links.issue({ ...request, outsider });
  const page = await openBrowser().get(passedOn.url);
  expect(page.text).toContain('Asked of Piet <Bos>');
  expect(page.text).toContain('Asked by Monica Bakker of De Vries Accountants');
  expect(page.text).toContain('This link is meant for Piet <Bos> only');
  expect((await browser.get(link)).status).toBe(200);
  await web.links.issue({ ...request, outsider });
  expect((await openBrowser().get(passedOn.url)).status).toBe(410);
});

describe('the button of a link', () => {
  test('leads to the login page of the package, which is to ask again who it is', async () => {
    await browser.get(link);
    const { status, location } = await browser.post(link);
    expect(status).toBe(303);
    const { origin, searchParams } = new URL(location!);
    expect(origin).toBe('https://login.example.com');
    expect(searchParams.get('redirect_uri')).toBe(`${web.url}/oauth/callback`);
    expect(searchParams.get('force_login')).toBe('1');
    expect(searchParams.get('state')!.length).toBeGreaterThan(30);
  });

  test('does not ask again who it is when a connection is set up', async () => {
    const link = { state: 'connecting', since: new Date().toISOString() } as const;
    await web.store.connections.save(connection({ id: 'new', link, login: null }));
    const request = { officeUserId: 'monica', connectionId: 'new', purpose: 'set-up' } as const;
    const { url } = await web.links.issue(request);
    await browser.get(url);
    expect(new URL((await browser.post(url)).location!).searchParams.get('force_login')).toBe('0');
  });

  test('may be pressed again in the same browser, as after Back', async () => {
    await browser.get(link);
    const first = await browser.post(link);
    const second = await browser.post(link);
    expect(second.status).toBe(303);
    expect(second.location).not.toBe(first.location);
  });

  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from another site in an old browser', { origin: 'https://evil.example' }],
  ])('does nothing when the form came %s', async (_, headers) => {
    await browser.get(link);
    expect((await browser.post(link, [], headers)).status).toBe(403);
    expect(await web.store.signIns.findByToken(tokenOf(link))).toMatchObject({ status: 'open' });
  });

  test('does nothing in a browser that never saw the page', async () => {
    const page = await browser.post(link);
    expect(page.status).toBe(403);
    expect(page.text).toContain('Nothing was changed');
    expect(await web.store.signIns.findByToken(tokenOf(link))).toMatchObject({ status: 'open' });
  });
});

describe('a link that leads nowhere says what to do and changes nothing:', () => {
  test('one that is used in another browser', async () => {
    const other = openBrowser();
    await other.get(link);
    await browser.get(link);
    await browser.post(link);
    for (const page of [await other.get(link), await other.post(link), await openBrowser().get(link)]) {
      expect(page.status).toBe(410);
      expect(page.text).toContain('This link has been used');
      expect(page.text).toContain('Open Slack and click Connect or Reconnect again');
    }
  });

  test('one that has expired', async () => {
    await browser.get(link);
    web.pass(31 * 60_000);
    for (const page of [await browser.get(link), await browser.post(link)]) {
      expect(page.status).toBe(410);
      expect(page.text).toContain('This link has expired');
    }
  });

  test('one that was replaced by a newer one', async () => {
    await reconnectLink();
    const page = await browser.get(link);
    expect(page.status).toBe(410);
    expect(page.text).toContain('This link has been replaced');
  });

  test('one that nobody issued', async () => {
    const page = await browser.get(`${web.url}/connect/forged-token`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('This link is not known');
  });
});

test('neither the links nor the browsers can be read back from the database or the log', async () => {
  await browser.get(link);
  const state = new URL((await browser.post(link)).location!).searchParams.get('state')!;
  const written = (await web.databaseText()) + web.logLines();
  expect(web.logLines()).toContain('/connect/:token');
  expect(written).not.toContain(tokenOf(link));
  expect(written).not.toContain(state);
});

function tokenOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
