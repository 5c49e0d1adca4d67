import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openBrowser } from './plain-browser.ts';
import { connection, disconnected } from './demo-office.ts';
import { runWeb, type RunningWeb } from './running-web.ts';

let web: RunningWeb;
beforeEach(async () => void (web = await runWeb()));
afterEach(() => web.close());

test('the first page says how every connection is, in words and without names of people', async () => {
  await web.store.connections.save(connection());
  await web.store.connections.save(connection({ id: 'west', name: 'West', link: disconnected() }));
  const { text } = await openBrowser().get(`${web.url}/`);
  expect(text).toMatch(/Login success\. Since .* 12 companies, last sync/);
  expect(text).toMatch(
    /West Exact Online Disconnected\. Since \d\d:\d\d, because the consent of CX_Basecone was withdrawn/,
  );
  expect(text).not.toContain('Monica');
});

test('a connection of a system that is no longer installed is still shown', async () => {
  await web.store.connections.save(connection({ system: 'removed-system' }));
  expect((await openBrowser().get(`${web.url}/`)).text).toContain('removed-system');
});

test('an installation with an API token does not show its connections to everybody', async () => {
  const locked = await runWeb({ apiToken: 'the-token-of-this-office' });
  try {
    await locked.store.connections.save(connection({ name: 'Exact West' }));
    const { text } = await openBrowser().get(`${locked.url}/`);
    expect(text).toContain('type /syncuser in Slack');
    expect(text).not.toContain('Exact West');
  } finally {
    await locked.close();
  }
});

test('before the first connection it says how one is made', async () => {
  expect((await openBrowser().get(`${web.url}/`)).text).toContain('/syncuser setup');
});

test('an address that does not exist answers as a page, under /api as a problem', async () => {
  const page = await openBrowser().get(`${web.url}/nowhere`);
  expect(page).toMatchObject({ status: 404, text: expect.stringContaining('There is no such page') });
  const problem = await fetch(`${web.url}/api/nowhere`);
  expect(problem.headers.get('content-type')).toContain('application/problem+json');
});
