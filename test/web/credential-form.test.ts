import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBrowser, type PlainBrowser } from './plain-browser.ts';
import { connection } from './demo-office.ts';
import { runWeb, type RunningWeb } from './running-web.ts';

let web: RunningWeb;
let browser: PlainBrowser;
let link: string;
const filledIn = [
  ['user', 'cx-basecone'],
  ['password', 'correct-horse-battery'],
  ['other', 'ignored'],
] as const;

beforeEach(async () => {
  web = await runWeb();
  browser = openBrowser();
  const since = new Date().toISOString();
  await web.store.connections.save(
    connection({ system: 'form', link: { state: 'connecting', since }, login: null, companies: 0 }),
  );
  link = (await web.links.issue({ officeUserId: 'monica', connectionId: 'exact', purpose: 'set-up' })).url;
  await browser.get(link);
});
afterEach(() => web.close());

test('the page has the fields of the system, and hides what is secret', async () => {
  const { html, text } = await browser.get(link);
  expect(html).toMatch(/name="user"\s+type="text"/);
  expect(html).toMatch(/name="password"\s+type="password"/);
  expect(text).not.toContain('Log out of Tryton');
});

test('what is filled in reaches the workflow, and only the fields that were asked', async () => {
  web.workflow.outcome = { result: 'refused', cause: 'credentials-refused' };
  const { status, location } = await browser.post(link, filledIn);
  expect(status).toBe(303);
  expect(web.workflow.returned).toEqual([
    { kind: 'form', values: { user: 'cx-basecone', password: 'correct-horse-battery' } },
  ]);
  expect((await browser.get(`${web.url}${location}`)).text).toContain(
    'Tryton refused the user name or password',
  );
});

const refusedLogin = { result: 'refused', cause: 'credentials-refused' } as const;
const linked = {
  result: 'linked',
  login: 'cx-basecone',
  environment: 'De Vries',
  reachable: 9,
  total: 12,
} as const;
const nameField = (html: string) => /name="user"\s+type="text"\s+value="([^"]*)"/.exec(html)?.[1];

describe('after a wrong password', () => {
  let result: string;

  beforeEach(async () => {
    web.workflow.outcome = refusedLogin;
    result = `${web.url}${(await browser.post(link, filledIn)).location}`;
  });

  test('the page still has the user name, and never the password', async () => {
    const { html, text } = await browser.get(result);
    expect(text).toContain('Tryton refused the user name or password');
    expect(nameField(html)).toBe('cx-basecone');
    expect(html).not.toContain('correct-horse-battery');
    expect(await web.databaseText()).not.toContain('cx-basecone');
  });

  test('the login is repeated on that same page', async () => {
    web.workflow.outcome = linked;
    const { status, location } = await browser.post(`${result}/again`, filledIn);
    expect(status).toBe(303);
    expect(location).toMatch(/^\/connect\/result\//);
    expect((await browser.get(`${web.url}${location}`)).text).toContain('Linked to cx-basecone');
    expect(web.workflow.returned).toHaveLength(2);
  });

  test('a field that is left empty there is asked again, and the name stays', async () => {
    const page = await browser.post(`${result}/again`, [['user', 'cx_basecone']]);
    expect(page.status).toBe(400);
    expect(page.text).toContain('fill in every field');
    expect(nameField(page.html)).toBe('cx_basecone');
  });

  test('and a second one, the name of the second stands there', async () => {
    const again = await browser.post(`${result}/again`, [
      ['user', 'Cx <Two>'],
      ['password', 'x'],
    ]);
    expect(nameField((await browser.get(`${web.url}${again.location}`)).html)).toBe('Cx &#60;Two&#62;');
  });

  test('a later login that succeeded is what every link shows, and "again" does not replace it', async () => {
    web.workflow.outcome = linked;
    const { location: good } = await browser.post(`${result}/again`, filledIn);
    const [seen, again] = [await browser.get(result), await browser.post(`${result}/again`, filledIn)];
    expect([seen.location, again.location]).toEqual([good, good]);
    expect((await browser.get((await browser.get(link)).location!.replace(/^/, web.url))).location).toBe(
      good,
    );
    expect(web.workflow.returned).toHaveLength(2);
  });

  test('a later login in another browser is named, and there is nothing to do here', async () => {
    web.workflow.outcome = linked;
    const other = openBrowser();
    const request = { officeUserId: 'monica', connectionId: 'exact', purpose: 'set-up' } as const;
    const { url } = await web.links.issue(request);
    await other.get(url);
    await other.post(url, filledIn);
    for (const page of [await browser.get(result), await browser.post(`${result}/again`, filledIn)]) {
      expect(page.status).toBe(410);
      expect(page.text).toContain('Linked to cx-basecone since');
      expect(page.html).not.toContain('<form');
    }
    expect(web.workflow.returned).toHaveLength(2);
  });

  test('a later one that failed as well changes nothing of that', async () => {
    await browser.post(`${result}/again`, filledIn);
    expect((await browser.get(result)).text).toContain('Tryton refused the user name or password');
  });
});

test('whoever is linked already reads that another login takes the place of a good one', async () => {
  expect((await browser.get(link)).text).not.toContain('takes the place');
  const since = new Date().toISOString();
  const login = {
    grantId: 'form/u-1',
    accountingUserId: 'u-1',
    accountingUserName: 'cx_basecone',
    environmentId: 'e-1',
    environmentName: 'De Vries',
  };
  const own = { id: 'exact/monica', connectionId: 'exact', officeUserId: 'monica', login };
  await web.store.userLinks.save({ ...own, state: 'connected', cause: null, since });
  const { text } = await browser.get(link);
  expect(text).toContain('Linked to cx_basecone already');
  expect(text).toContain('that user takes the place of cx_basecone');
});

test('a name that was entered stays when the password is missing', async () => {
  const page = await browser.post(link, [['user', 'cx-basecone']]);
  expect(nameField(page.html)).toBe('cx-basecone');
});

test('it is sent once: after that the link shows the result', async () => {
  web.workflow.outcome = { result: 'refused', cause: 'credentials-refused' };
  const { location } = await browser.post(link, filledIn);
  expect(await browser.post(link, filledIn)).toMatchObject({ status: 303, location });
  expect(web.workflow.returned).toHaveLength(1);
  expect((await openBrowser().get(link)).status).toBe(410);
});

test('a field that is left empty is asked again and uses nothing up', async () => {
  const page = await browser.post(link, [['user', 'cx-basecone']]);
  expect(page.status).toBe(400);
  expect(page.text).toContain('fill in every field');
  expect((await browser.post(link, filledIn)).status).toBe(303);
});

test('a password is neither in the log nor readable in the database, also while Temporal is down', async () => {
  web.workflow.down = true;
  await browser.post(link, filledIn);
  expect(web.logLines()).toContain('could not be handed over yet');
  expect(web.logLines() + (await web.databaseText())).not.toContain('correct-horse-battery');
  expect(web.logLines() + (await web.databaseText())).not.toContain('cx-basecone');
});
