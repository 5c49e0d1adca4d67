import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openBrowser } from './plain-browser.ts';
import { connection, disconnected } from './demo-office.ts';
import { runWeb, type RunningWeb } from './running-web.ts';

let web: RunningWeb;
beforeEach(async () => void (web = await runWeb()));
afterEach(() => web.close());

test('the first page says where to look, and tells nobody how a connection is', async () => {
  await web.store.connections.save(connection({ name: 'Exact West', link: disconnected() }));
  const { text } = await openBrowser().get(`${web.url}/`);
  expect(text).toContain('type /syncuser in Slack');
  expect(text).toContain('/syncuser setup');
  expect(text).not.toContain('Exact West');
  expect(text).not.toContain('Disconnected');
});

test('an address that does not exist answers as a page, under /api as a problem', async () => {
  const page = await openBrowser().get(`${web.url}/nowhere`);
  expect(page).toMatchObject({ status: 404, text: expect.stringContaining('There is no such page') });
  const problem = await fetch(`${web.url}/api/nowhere`);
  expect(problem.headers.get('content-type')).toContain('application/problem+json');
});
