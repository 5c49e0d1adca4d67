import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logIn } from '../client.ts';
import { startTrytonControl } from '../control-server.ts';
import { firstTimeMs, startOwnTryton, type OwnTryton } from '../own-tryton.ts';

let tryton: OwnTryton;
let control: { url: string; stop(): Promise<void> };
beforeAll(async () => {
  tryton = await startOwnTryton();
  control = await startTrytonControl({ control: tryton.control, port: 0 });
}, firstTimeMs);
afterAll(async () => {
  await control.stop();
  await tryton.stop();
});

async function turn(name: string, input: object): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${control.url}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.json() };
}

const getsIn = (login: string, password: string) => logIn(tryton, { login, password });

describe('The switches of the Tryton sandbox', () => {
  test('a changed password shuts the old one out and lets the new one in', async () => {
    const { status, body } = await turn('change-password', { login: 's.jansen', password: 'Anders-2026' });

    expect({ status, body }).toEqual({
      status: 200,
      body: { result: 's.jansen has another password; its sessions are over' },
    });
    await expect(getsIn('s.jansen', 'Sanne-2026')).rejects.toThrow('401');
    expect(await getsIn('s.jansen', 'Anders-2026')).toMatchObject({ id: expect.any(Number) as unknown });
  });

  test('a user who is not active cannot log in until they are active again', async () => {
    await turn('deactivate', { login: 't.devries' });
    await expect(getsIn('t.devries', 'Tom-2026')).rejects.toThrow('401');

    await turn('activate', { login: 't.devries' });
    expect(await getsIn('t.devries', 'Tom-2026')).toMatchObject({ id: expect.any(Number) as unknown });
  });

  test('a company can be taken from a user and given back', async () => {
    const mayEnter = () =>
      tryton.desk.find('res.user', [
        ['login', '=', 'p.peeters'],
        ['companies.party.code', '=', '102'],
      ]);

    await turn('take-company', { login: 'p.peeters', company: '102' });
    expect(await mayEnter()).toEqual([]);

    await turn('give-company', { login: 'p.peeters', company: '102' });
    expect(await mayEnter()).toHaveLength(1);
  });

  test('a relation can be added and renamed', async () => {
    await turn('add-relation', { code: '3001', name: 'Nieuwe klant' });
    await turn('rename-relation', { code: '3001', name: 'Vaste klant' });

    expect(await tryton.desk.find('party.party', [['name', '=', 'Vaste klant']])).toHaveLength(1);
  });

  test('what cannot be turned is said, not done', async () => {
    expect(await turn('explode', {})).toEqual({
      status: 404,
      body: { error: 'There is no switch "explode".' },
    });
    expect((await turn('deactivate', { user: 'x' })).status).toBe(400);
    expect((await turn('deactivate', { login: 'nobody' })).status).toBe(422);
  });
});
