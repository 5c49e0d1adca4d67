import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connection } from '../../demo-office.ts';
import { bearer, runWeb, type RunningWeb } from '../../running-web.ts';
import { ask } from '../answers.ts';

let web: RunningWeb;

beforeEach(async () => {
  web = await runWeb();
  await web.store.connections.save(connection());
  await web.store.history.append({
    id: 'e1',
    at: '2026-11-23T10:00:00.000Z',
    connectionId: 'exact',
    officeUserId: 'monica',
    what: 'logged-in',
    data: { login: 'CX_Basecone', reachable: 12, total: 12, outsider: null, of: null },
  });
  await web.store.history.append({
    id: 'e2',
    at: '2026-11-24T10:00:00.000Z',
    connectionId: 'exact',
    officeUserId: 'tom',
    what: 'synchronisation-user-changed',
    data: {
      ...{ from: 'monica', to: 'tom', login: '=HYPERLINK("x"), or so', formerLogin: null, askedBy: 'tom' },
      ...{ reachBefore: 12, reachAfter: 12, lost: 0, gained: 0, hadLinkedIt: false },
      ...{ confirmedBy: null, reason: null, agreedBy: null },
    },
  });
});
afterEach(() => web.close());

test('the whole history is there as JSON, newest first, each entry in words and facts', async () => {
  const { body } = await ask(web, '/api/connections/exact/history');
  expect(body).toMatchObject({
    entries: [
      { id: 'e2', by: { id: 'tom', name: 'Tom de Vries' }, data: { from: 'monica', to: 'tom' } },
      {
        id: 'e1',
        sentence: 'Monica Bakker logged in as CX_Basecone, which reaches 12 of 12 companies.',
      },
    ],
  });
});

test('and as CSV that a spreadsheet opens without running any of it', async () => {
  const answer = await fetch(`${web.url}/api/connections/exact/history?format=csv`, { headers: bearer });
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const lines = (await answer.text()).split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe('at,by,what,sentence,data,id');
  expect(lines[2]).toBe(
    '2026-11-23T10:00:00.000Z,Monica Bakker,logged-in,"Monica Bakker logged in as CX_Basecone, which reaches 12 of 12 companies.","{""outsider"":null,""login"":""CX_Basecone"",""reachable"":12,""total"":12,""of"":null}",e1',
  );
});
