import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import { connectionId, killedAtEveryStep, openOffice, type OfficeWithBooks } from '../office-with-books.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let ids: string[];
const open = onSqlite();
beforeAll(async () => {
  bench = await createWorkbench({ companies: 10 });
  ids = (await bench.divisions()).map(String);
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
  await office.save({ login: null, link: { state: 'connecting', since: bench.now().toISOString() } });
  // P.Peeters reaches the first five of ten.
  for (const id of ids.slice(5, 7))
    await bench.turn('remove-company', { user: 'P.Peeters', division: Number(id) });
  const signInId = await office.logsIn('tom', 'P.Peeters', { purpose: 'set-up' });
  await office.activities.redeemSignIn({ connectionId, signInId });
});

const link = (companies: string[] | 'all', activities = office.activities) =>
  activities.linkCompanies({ connectionId, companies, by: 'sanne' });
const linked = async () =>
  (await office.store.companies.linked(connectionId)).map(({ externalId }) => externalId);
const history = async () =>
  (await office.store.history.ofConnection(connectionId)).filter(({ what }) => what === 'companies-linked');

describe('Linking companies', () => {
  test('takes what the login reaches, leaves out what it does not and what nobody knows', async () => {
    expect(await link([ids[0]!, ids[7]!, 'unheard of'])).toEqual({ companies: 1 });
    expect(await linked()).toEqual([ids[0]]);
    expect(await link('all')).toEqual({ companies: 5 });
    expect(await linked()).toEqual(ids.slice(0, 5));
  });

  test('twice is the same as once, and stands in the history once', async () => {
    expect(await link([ids[0]!])).toEqual({ companies: 1 });
    expect(await link([ids[0]!])).toEqual({ companies: 1 });
    expect(await link([])).toEqual({ companies: 1 });
    expect(await history()).toMatchObject([{ officeUserId: 'sanne', data: { added: 1, linked: 1 } }]);
    await link('all');
    await link('all');
    expect((await history()).map(({ data }) => data)).toContainEqual({ added: 4, linked: 5 });
    expect(await history()).toHaveLength(2);
  });

  test('is finished, and told once, by a second attempt wherever the first was killed', async () => {
    await link('all');
    let given = 0;
    const steps = await killedAtEveryStep(office, {
      // One more company each time, so that there is something left to link.
      prepare: async () => {
        await bench.turn('give-company', { user: 'P.Peeters', division: Number(ids[5 + given]) });
        given += 1;
        await office.activities.redeemSignIn({
          connectionId,
          signInId: await office.logsIn('tom', 'P.Peeters', { purpose: 'set-up' }),
        });
      },
      run: (dying) => dying.linkCompanies({ connectionId, companies: 'all', by: 'sanne' }),
      afterwards: async (_, step) => {
        expect(await link('all')).toEqual({ companies: 5 + step });
        expect(await linked()).toEqual(ids.slice(0, 5 + step));
        expect(await history()).toHaveLength(1 + step);
        expect((await history())[0]).toMatchObject({ data: { added: 1, linked: 5 + step } });
      },
    });
    expect(steps).toBe(4);
  });
});

test('An older copy of a connection never takes the place of a newer one', async () => {
  const state = await office.save({ round: 7 });
  await office.activities.saveConnection({ state: { ...state, round: 8, revision: state.revision + 1 } });
  await office.activities.saveConnection({ state });
  expect(await office.store.connections.get(connectionId)).toMatchObject({ round: 8 });
});

test('What happened stands in the history once, and the change with the state, wherever the first attempt to save was killed', async () => {
  const state = await office.save({ pausedBy: 'sanne' });
  const at = '2026-11-23T09:00:00.000Z';
  let before = 0;
  const steps = await killedAtEveryStep(office, {
    prepare: async () => {
      const step = ++before;
      const happened = {
        id: `paused/${connectionId}/${step}`,
        at,
        by: 'sanne',
        what: 'paused',
        data: {},
      } as const;
      const asked = { from: 'tom', to: 'petra', askedBy: 'sanne', askedAt: at, isUnattended: false };
      return {
        state: { ...state, round: step, revision: state.revision + step },
        happened: [happened],
        changes: [{ number: step, fact: 'asked' as const, asked }],
      };
    },
    run: (dying, saved) => dying.saveConnection(saved),
    afterwards: async (saved, step) => {
      await office.activities.saveConnection(saved);
      const kept = (await office.store.history.ofConnection(connectionId)).filter(
        ({ what }) => what === 'paused',
      );
      expect(kept).toHaveLength(step);
      expect(kept[0]).toMatchObject({ officeUserId: 'sanne', at });
      expect(await office.store.connections.get(connectionId)).toMatchObject({ round: step });
      expect(await office.store.changes.get(connectionId, step)).toMatchObject({
        askedBy: 'sanne',
        end: null,
      });
    },
  });
  expect(steps).toBe(2);
});
