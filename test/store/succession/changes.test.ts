import { expect, test } from '@jest/globals';
import type { AskedChange, ChangeFact, SwitchedTo } from '../../../domain/succession/change-facts.ts';
import { onBothDatabases } from '../../database.ts';
import { connectionState, openStore } from '../store.ts';

const at = (minute: number) => `2026-11-23T10:0${minute}:00.000Z`;
const asked: AskedChange = {
  from: 'tom',
  to: 'petra',
  askedBy: 'sanne',
  askedAt: at(0),
  isUnattended: false,
};
const made: SwitchedTo = {
  login: 'P.Peeters',
  formerLogin: 'CX_Basecone',
  hadLinkedIt: true,
  reachBefore: 12,
  reachAfter: 11,
  lost: 3,
  gained: 1,
  uncertain: 2,
  confirmedBy: 'sanne',
  reason: 'Company 112 is sold.',
  agreedBy: 'tom',
};
const begun: ChangeFact = { number: 1, fact: 'asked', asked };
const switched: ChangeFact = { number: 1, fact: 'made', asked, at: at(1), made };
const undone: ChangeFact = { number: 1, fact: 'undone', at: at(2), by: 'sanne' };
const settled: ChangeFact = {
  number: 1,
  fact: 'settled',
  at: at(3),
  settled: { fate: 'kept', standIn: 'monica' },
};
const { formerLogin: login, ...whatIsMade } = made;
const isMade = { how: 'made', at: at(1), ...whatIsMade };

onBothDatabases((open) => {
  test('a change is known from the moment it is asked for, with each thing that becomes known of it', async () => {
    const { changes } = await openStore(open);
    const known = async () => (await changes.get('c1', 1))?.end;
    expect(await changes.get('c1', 1)).toBeNull();

    await changes.keep('c1', [begun]);
    expect(await changes.get('c1', 1)).toEqual({ number: 1, ...asked, end: null });

    await changes.keep('c1', [switched]);
    expect(await known()).toEqual({ ...isMade, former: { login, undone: null, settled: null } });

    await changes.keep('c1', [undone]);
    const by = { by: 'sanne', at: at(2) };
    expect(await known()).toEqual({ ...isMade, former: { login, undone: by, settled: null } });
  });

  test('what became of the former login is kept with who stands in instead', async () => {
    const { changes } = await openStore(open);
    await changes.keep('c1', [begun, switched, settled]);
    const end = { fate: 'kept', standIn: 'monica', at: at(3) };
    expect((await changes.get('c1', 1))?.end).toMatchObject({ former: { undone: null, settled: end } });
  });

  test('one that nobody had to decide on, and one without a login before it', async () => {
    const { changes } = await openStore(open);
    const byItself = { ...made, confirmedBy: null, reason: null, agreedBy: null, formerLogin: null };
    await changes.keep('c1', [{ ...switched, made: byItself }, undone]);
    expect((await changes.get('c1', 1))?.end).toMatchObject({ agreedBy: null, reason: null, former: null });
  });

  test.each(['cancelled', 'lapsed', 'lost', 'needs-second', 'not-linked', 'not-by-itself'] as const)(
    'one that came to nothing says why: %s',
    async (why) => {
      const { changes } = await openStore(open);
      const by = why === 'cancelled' ? 'tom' : null;
      await changes.keep('c1', [begun, { number: 1, fact: 'unmade', asked, at: at(1), why, by }]);
      expect((await changes.get('c1', 1))?.end).toEqual({ how: why, at: at(1), by });
    },
  );

  test('every fact is written once: what is told again, late or otherwise changes nothing', async () => {
    const { changes } = await openStore(open);
    await changes.keep('c1', [begun, switched, undone, settled]);
    const first = await changes.get('c1', 1);

    await changes.keep('c1', [settled, undone, switched, begun]);
    await changes.keep('c1', [
      { ...begun, asked: { ...asked, askedBy: 'monica' } },
      { ...switched, at: at(9), made: { ...made, login: 'Somebody' } },
      { number: 1, fact: 'unmade', asked, at: at(9), why: 'lost', by: null },
      { ...undone, at: at(9), by: 'monica' },
      { ...settled, at: at(9), settled: { fate: 'let-go', standIn: null } },
    ]);
    expect(await changes.get('c1', 1)).toEqual(first);
  });

  test('two processes that write down the same at once leave one', async () => {
    const stores = [await openStore(open), await openStore(open)];
    await Promise.all(stores.map(({ changes }) => changes.keep('c1', [begun, switched])));
    expect(await stores[0]!.changes.get('c1', 1)).toMatchObject({ ...asked, end: isMade });
  });

  test('changes of a connection, and those of another, are told apart', async () => {
    const { changes } = await openStore(open);
    await changes.keep('c1', [begun, switched]);
    await changes.keep('c2', [begun]);
    await changes.keep('c1', [{ number: 2, fact: 'asked', asked: { ...asked, to: 'monica' } }]);
    expect(await changes.get('c1', 1)).toMatchObject({ end: { how: 'made' } });
    expect(await changes.get('c2', 1)).toMatchObject({ end: null });
    expect(await changes.get('c1', 2)).toMatchObject({ to: 'monica', end: null });
  });

  test('where the database lost what was asked, the end brings it along; what came after is let go of', async () => {
    const { changes } = await openStore(open);
    await changes.keep('c1', [undone]);
    expect(await changes.get('c1', 1)).toBeNull();
    await changes.keep('c1', [switched]);
    expect(await changes.get('c1', 1)).toMatchObject({ ...asked, end: isMade });
  });

  test('a change is kept with the state it led to, both or neither', async () => {
    const { changes, connections, database } = await openStore(open);
    const state = connectionState({ changes: 1, synchronisationUserId: 'petra', revision: 5 });
    await connections.save(state, [begun, switched]);
    expect((await connections.get('c1'))?.synchronisationUserId).toBe('petra');
    expect(await changes.get('c1', 1)).toMatchObject({ end: isMade });

    // An older copy that comes late takes nothing back, and neither does the same one once more.
    await connections.save({ ...state, synchronisationUserId: 'tom', revision: 4 }, [begun]);
    await connections.save(state, [begun, switched]);
    expect((await connections.get('c1'))?.synchronisationUserId).toBe('petra');
    expect(await changes.get('c1', 1)).toMatchObject({ end: isMade });

    await database.db.schema.alterTable('connections').renameTo('connections_gone').execute();
    await expect(connections.save({ ...state, revision: 6 }, [undone])).rejects.toThrow();
    expect(await changes.get('c1', 1)).toMatchObject({ end: { former: { undone: null } } });
  });
});
