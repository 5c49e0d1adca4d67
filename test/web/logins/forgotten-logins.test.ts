import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { createLogger } from '../../../logger.ts';
import { ObjectionError } from '../../../gateway/errors.ts';
import { handOverForgotten } from '../../../web/logins/forgotten-logins.ts';
import { createHandOver } from '../../../web/logins/hand-over.ts';
import { eventually } from '../../until.ts';
import { connection, disconnected } from '../demo-office.ts';
import { openBrowser } from '../plain-browser.ts';
import { runWeb, type RunningWeb } from '../running-web.ts';

let web: RunningWeb;

beforeEach(async () => {
  web = await runWeb();
  await web.store.connections.save(connection({ link: disconnected() }));
});
afterEach(() => web.close());

/** Somebody logs in while Temporal is down and closes the browser; gives the id of the login. */
async function logInAndLeave(): Promise<string> {
  web.workflow.down = true;
  const browser = openBrowser();
  const { url } = await web.links.issue({
    officeUserId: 'monica',
    connectionId: 'exact',
    purpose: 'reconnect',
  });
  await browser.get(url);
  const { searchParams } = new URL((await browser.post(url)).location!);
  const callback = `${searchParams.get('redirect_uri')}?code=the-code&state=${searchParams.get('state')}`;
  return (await browser.get(callback)).location!.split('/').at(-1)!;
}

/** What a server hands over when it starts. */
async function handedOverAtStart(until: (ids: string[]) => void): Promise<string[]> {
  const ids: string[] = [];
  const app = Fastify();
  const deps = { store: web.store, logger: createLogger('web', 'fatal'), now: () => new Date() };
  handOverForgotten(app, deps, { handOver: async ({ id }) => (ids.push(id), 'handed-over') });
  await app.listen({ host: '127.0.0.1', port: 0 });
  await eventually(() => until(ids));
  await app.close();
  return ids;
}

test('a login whose browser was closed while Temporal was down is handed over by the server', async () => {
  const id = await logInAndLeave();
  expect(await handedOverAtStart((ids) => expect(ids).not.toEqual([]))).toEqual([id]);
});

test('a login that has its outcome is not handed over again', async () => {
  const settled = await logInAndLeave();
  await web.store.signIns.conclude(settled, { result: 'no-longer-needed' });
  const other = await logInAndLeave();
  expect(await handedOverAtStart((ids) => expect(ids).not.toEqual([]))).toEqual([other]);
});

test('what came back for a connection that is gone is let go of, for nobody will ever take it', async () => {
  const id = await logInAndLeave();
  const gateway = {
    signInReturned: async () => {
      throw new ObjectionError('no-such-connection');
    },
  };
  const handOver = createHandOver({ gateway, store: web.store, logger: createLogger('web', 'fatal') });
  expect(await handOver({ id, connectionId: 'exact', purpose: 'reconnect' })).toEqual({
    refused: 'This connection does not exist any more. Type /syncuser to see those that do.',
  });
  expect(await web.store.signIns.takeReturn(id)).toBeNull();
  expect((await web.store.signIns.get(id))?.outcome).toEqual({ result: 'no-longer-needed' });
});
