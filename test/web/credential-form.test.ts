import { afterEach, beforeEach, expect, test } from '@jest/globals';
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
    connection({ system: 'form', link: { state: 'connecting', since }, login: null }),
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
