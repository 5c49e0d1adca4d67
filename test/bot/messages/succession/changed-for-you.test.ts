import { expect, test } from '@jest/globals';
import { inWords } from '../../in-words.ts';
import type { ChangedForYou, LostByChange } from '../../../../domain/announcements/succession.ts';
import type { Announcement } from '../../../../domain/announcements/index.ts';

const words = (announcement: Announcement) => inWords(announcement).text;
const names = { connectionName: 'Exact Online', systemName: 'Exact Online' };
const read = (reader: ChangedForYou['reader'], news: ChangedForYou['news']) =>
  words({
    what: 'changed-for-you',
    ...names,
    reader,
    other: reader === 'former' ? 'Petra Peeters' : 'Tom de Vries',
    login: 'P.Peeters',
    formerLogin: 'CX_Basecone',
    news,
  });
const settled = {
  kind: 'settled',
  ...{ formerLogin: 'CX_Basecone', works: true, standIn: null, whereToRevoke: 'Permissions > Revoke' },
} as const;
const undone = { kind: 'undone', by: 'Sanne Jansen' } as const;
const made = { kind: 'changed', undoUntil: '2026-11-24T10:00:00.000Z', fate: 'stand-in' } as const;

test('A successor reads that they took over, and that it was undone', () => {
  expect(read('successor', made)).toMatchInlineSnapshot(`
   "*Exact Online*: you are the synchronisation user now, in place of Tom de Vries. Syncuser works with your login P.Peeters.
   When that login breaks, you are asked first to log in again. Type \`/syncuser status\` to see how it goes."
  `);
  expect(read('successor', undone)).toMatchInlineSnapshot(`
   "*Exact Online*: Sanne Jansen undid the change. Tom de Vries is the synchronisation user again, and you are not.
   Your login P.Peeters stays linked for yourself; to end that, open the Home tab of Syncuser. There is nothing left for you to do."
  `);
});

test('Whoever is replaced reads what becomes of their login, and that they are put back', () => {
  expect(read('former', made)).toMatchInlineSnapshot(`
   "*Exact Online*: Petra Peeters is the synchronisation user now, in place of you.
   Syncuser keeps your login CX_Basecone until <!date^1795514400^{date_short_pretty} at {time}|2026-11-24 10:00 UTC>, because a superuser can undo this until then. After that you stand in with it."
  `);
  expect(read('former', undone)).toMatchInlineSnapshot(
    `"*Exact Online*: Sanne Jansen undid the change to Petra Peeters. You are the synchronisation user again, with your login CX_Basecone. There is nothing for you to do."`,
  );
  expect(read('former', { ...settled, fate: 'stand-in' })).toMatchInlineSnapshot(`
   "*Exact Online*: Petra Peeters is the synchronisation user now, in place of you.
   You stand in from now on, with your login CX_Basecone: when this connection breaks and nobody mends it, you are asked."
  `);
  expect(read('former', { ...settled, fate: 'stand-in', works: false })).toMatchInlineSnapshot(`
   "*Exact Online*: Petra Peeters is the synchronisation user now, in place of you.
   You stand in from now on, but your login CX_Basecone does not work. Please open the Home tab of Syncuser and click Connect."
  `);
  expect(read('former', { ...settled, fate: 'kept', standIn: 'Joost Smit' })).toMatchInlineSnapshot(`
   "*Exact Online*: Petra Peeters is the synchronisation user now, in place of you.
   Joost Smit was chosen to stand in, so you are not asked when it breaks. Syncuser keeps your login CX_Basecone for yourself; to end that, open the Home tab of Syncuser."
  `);
  expect(read('former', { ...settled, fate: 'let-go' })).toMatchInlineSnapshot(`
   "*Exact Online*: Petra Peeters is the synchronisation user now, in place of you.
   Syncuser let go of your login CX_Basecone. There is nothing for you to do; if you want to withdraw the consent itself, that is in Exact Online: Permissions > Revoke."
  `);
});

test('That it is undone is a line below what was read before', () => {
  const line = { what: 'change-undone', ...names, by: 'Sanne Jansen' } as const;
  expect(words({ ...line, synchronisationUser: null })).toMatchInlineSnapshot(
    `"Sanne Jansen undid this change. You are the synchronisation user of Exact Online again."`,
  );
  expect(words({ ...line, synchronisationUser: 'Tom de Vries' })).toMatchInlineSnapshot(
    `"Sanne Jansen undid this change. Tom de Vries is the synchronisation user of Exact Online again."`,
  );
});

test('A team reads what of its companies a change loses, and that nothing is lost any more', () => {
  const told: LostByChange = {
    what: 'lost-by-change',
    ...names,
    synchronisationUser: 'Petra Peeters',
    login: 'P.Peeters',
    lost: [{ barrier: 'user-right', kind: 'vat-code', companies: [{ code: '101', name: 'Bakkerij' }] }],
    news: { kind: 'decided', confirmedBy: 'Sanne Jansen', agreedBy: 'Joost Smit', reason: 'It is sold.' },
  };
  expect(words(told)).toMatchInlineSnapshot(`
   ":warning: *Exact Online*: Petra Peeters (P.Peeters) is the synchronisation user now. Of your companies this could be read before and cannot be read now:
   • VAT codes of 101 Bakkerij
   It stays as it was last read. Sanne Jansen decided so and Joost Smit agreed: “It is sold.” If you need it, ask them; an administrator of Exact Online can give P.Peeters the rights."
  `);
  const former = { synchronisationUser: 'Tom de Vries', login: 'CX_Basecone' };
  expect(words({ ...told, ...former, lost: [], news: undone })).toMatchInlineSnapshot(
    `":large_green_circle: *Exact Online*: nothing of your companies is lost any more. Sanne Jansen undid the change: Tom de Vries (CX_Basecone) is the synchronisation user again."`,
  );
});
