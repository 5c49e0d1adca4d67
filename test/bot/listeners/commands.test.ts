import { describe, expect, test } from '@jest/globals';
import type { MasterDataRow } from '../../../domain/master-data.ts';
import { UnavailableError } from '../../../gateway/errors.ts';
import { minutesAgo } from '../facts.ts';
import { actionsOf } from '../messages/drawn.ts';
import { refused } from '../office-bot.ts';
import { disconnected, noor, petra, sanne, talkInSlack, tom } from '../talk.ts';
import { accounting, type Seen } from '../../slack-driver.ts';
import { until } from '../../until.ts';

const talk = talkInSlack();
const buttonsOf = ({ blocks = [] }: Seen) => actionsOf({ blocks });

describe('/syncuser', () => {
  test('alone says what there is and who can begin', async () => {
    const answer = await talk.typed(tom, '');
    expect(answer.text).toContain(
      'There is no connection with an accounting system yet. Sanne Jansen or Joost Smit can set one up',
    );
    expect(answer.ephemeral_to).toBe(tom);
  });

  test('status tells the whole story of a connection', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 12, 12);
    const { text } = await talk.typed(tom, 'status exact online');
    expect(text).toContain('*Exact Online*: Connected');
    expect(text).toContain('Synchronisation user: Tom de Vries → CX_Basecone');
    expect(text).toContain('12 companies');
    expect(text).toContain('Last synchronisation 2 minutes ago (all fine) · next in 1 minute');
  });

  test('status names who is on it while a connection is disconnected', async () => {
    const number = await talk.office.store.incidents.open(
      'exact-online-1',
      'consent-withdrawn',
      minutesAgo(4),
    );
    await talk.office.store.incidents.addEvent(number, 'e1', {
      at: minutesAgo(3),
      kind: 'taken-up',
      data: { by: 'sanne' },
    });
    await talk.have({ ...disconnected, incident: number });
    const { text } = await talk.typed(petra, 'status');
    expect(text).toContain('Disconnected');
    expect(text).toContain('the consent of CX_Basecone was withdrawn in Exact Online');
    expect(text).toContain('Sanne Jansen is on it');
  });

  test('says that the sync engine does not answer, and that nothing is lost', async () => {
    await talk.have();
    talk.office.asked.reachable = false;
    const { text } = await talk.typed(tom, 'status');
    expect(text).toContain('sync engine of Syncuser does not answer');
    expect(text).toContain('Nothing is lost');
  });

  test('verify has the rights of the login looked at', async () => {
    await talk.have();
    const { text } = await talk.typed(tom, 'verify');
    expect(text).toContain('One message in the office channel shows how far it is');
    expect(await talk.called('verify')).toEqual([
      'verify',
      'exact-online-1',
      expect.objectContaining({ by: 'tom' }),
    ]);
  });

  test('unlink stops keeping a company up to date, by its code or name, and only a superuser may', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 2, 2);
    const [company] = await talk.office.store.companies.linked(id);
    if (!company) throw new Error('no company is linked');
    expect((await talk.typed(tom, `unlink ${company.code}`)).text).toContain('Only a superuser');
    expect((await talk.typed(sanne, 'unlink 9999')).text).toContain('No linked company is called “9999”');
    const { text } = await talk.typed(sanne, `unlink ${company.name}`);
    expect(text).toContain('Its master data stays as it is now');
    expect(await talk.called('unlinkCompanies')).toEqual([
      'unlinkCompanies',
      id,
      expect.objectContaining({ by: 'sanne', companies: [company.externalId] }),
    ]);
  });

  test('leaves out connections that were abandoned', async () => {
    await talk.have({ link: { state: 'abandoned', since: minutesAgo(4) } });
    expect((await talk.typed(tom, '')).text).toContain('There is no connection');
  });

  test('history tells what happened in sentences, newest first, and nothing to who only books', async () => {
    const { id } = await talk.have();
    const entry = { connectionId: id, officeUserId: 'tom' };
    const mended = { what: 'reconnected', data: { incident: 1, outsider: null } } as const;
    await talk.office.store.history.append({
      ...{ ...entry, id: 'h1', at: minutesAgo(9), what: 'logged-in' },
      data: { login: 'CX_Basecone', reachable: 2, total: 2, outsider: null, of: null },
    });
    await talk.office.store.history.append({ ...entry, id: 'h2', at: minutesAgo(4), ...mended });
    const { text } = await talk.typed(tom, 'history');
    expect(text).toMatch(/Tom de Vries reconnected it\.[^]*Tom de Vries logged in as CX_Basecone/);
    expect(text).not.toContain('Older:');
    for (let index = 0; index < 20; index += 1)
      await talk.office.store.history.append({
        ...{ ...entry, id: `older-${index}`, at: minutesAgo(100 + index) },
        ...mended,
      });
    expect((await talk.typed(tom, 'history exact')).text).toContain(
      'Older: `/syncuser history Exact Online page 2`',
    );
    expect((await talk.typed(tom, 'history Exact Online page 2')).text.match(/reconnected/g)).toHaveLength(2);
    expect((await talk.typed(noor, 'history')).text).toContain('Only superusers and accountants');
  });

  test('with an unknown word offers the nearest one', async () => {
    expect((await talk.typed(tom, 'recconect')).text).toContain('Did you mean `/syncuser reconnect`?');
  });

  test('is refused politely to somebody who is not in the office file', async () => {
    const { text } = await talk.typed('U0STRANGER', 'status');
    expect(text).toBe(
      'Syncuser does not know you yet. Ask Sanne Jansen or Joost Smit to add you to the users of Demo Accountants.',
    );
  });

  test('says short words to people who only book documents', async () => {
    const { id } = await talk.have();
    expect((await talk.typed(noor, '')).text).toContain('No company is linked yet');
    await talk.haveCompanies(id, 2, 2);
    expect((await talk.typed(noor, '')).text).toContain('is connected. Documents can be booked');
  });

  test('asks which connection is meant when there are several', async () => {
    await talk.have();
    await talk.have({ id: 'tryton-1', name: 'Tryton', system: 'tryton' });
    expect((await talk.typed(sanne, 'pause')).text).toContain(
      'Which connection do you mean? There are Exact Online and Tryton.',
    );
    expect((await talk.typed(sanne, 'pause nothing')).text).toContain(
      'There is no connection called “nothing”',
    );
    await talk.typed(sanne, 'pause TRYTON');
    expect(await talk.called('pause')).toEqual([
      'pause',
      'tryton-1',
      expect.objectContaining({ by: 'sanne' }),
    ]);
  });
});

test('reconnect without a name means the connection that is disconnected', async () => {
  await talk.have();
  await talk.have({ ...disconnected, id: 'tryton-1', name: 'Tryton', system: 'tryton' });
  expect((await talk.typed(sanne, 'reconnect')).text).toContain('Reconnect Tryton');
  expect(talk.office.links).toEqual([
    { officeUserId: 'sanne', connectionId: 'tryton-1', purpose: 'reconnect' },
  ]);
});

describe('The code or name of a company alone', () => {
  test('says whether its documents can be booked, and how old its master data is', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 3, 2);
    for (const name of ['101', 'bakkerij 1 b.v.', 'Exact Online 101', 'exact 101', 'status 101']) {
      const { text, ephemeral_to: only } = await talk.typed(noor, name);
      expect(text).toContain('*101 Bakkerij 1 B.V.* (Exact Online): documents can be booked.');
      expect(text).toContain('Its master data is from');
      expect(only).toBe(noor);
    }
  });

  test('says why not and who mends it, with the one button that does', async () => {
    const { id } = await talk.have(disconnected);
    await talk.haveCompanies(id, 3, 2);
    const answer = await talk.typed(sanne, '101');
    expect(answer.text).toContain(
      ':red_circle: *101 Bakkerij 1 B.V.* (Exact Online): documents cannot be booked at the moment: Exact Online is disconnected since',
    );
    expect(answer.text).toContain('Sanne Jansen or Joost Smit can reconnect it; nobody has taken it up yet.');
    expect(buttonsOf(answer)).toEqual(['Reconnect']);
    expect(buttonsOf(await talk.typed(noor, '101'))).toEqual([]);
  });

  test('of one that was never linked names who can add it', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 3, 2);
    const answer = await talk.typed(sanne, '103');
    expect(answer.text).toContain(
      'documents cannot be booked: this company is not synchronised. A superuser',
    );
    expect(buttonsOf(answer)).toEqual(['Companies…']);
  });

  test('of one that the package withholds names the screen where that is mended', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 3, 2);
    await talk.office.store.companies.foundStatus(id, 'id-102', 'no-access');
    const { text } = await talk.typed(tom, '102');
    expect(text).toContain(':no_entry: *102 Bakkerij 2 B.V.*');
    expect(text).toContain('*Next step:* Ask an administrator of Exact Online to give CX_Basecone access');
    expect((await talk.typed(tom, 'status')).text).toContain(
      'Documents of 1 of 2 companies can be booked; not of 102 Bakkerij 2 B.V. (the synchronisation user has no access).',
    );
  });

  test('while paused before it was read since the login offers to resume', async () => {
    const since = new Date(Date.now() + 60_000).toISOString();
    const { id } = await talk.have({ link: { state: 'connected', since }, pausedBy: 'sanne' });
    await talk.haveCompanies(id, 1, 1);
    const answer = await talk.typed(sanne, '101');
    expect(answer.text).toContain('the synchronisation is paused. A superuser can go on');
    expect(buttonsOf(answer)).toEqual(['Resume']);
  });

  test('the name of a connection alone shows its status, and a word that is neither gets help', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 1, 1);
    expect((await talk.typed(tom, 'exact online')).text).toContain('*Exact Online*: Connected');
    expect((await talk.typed(tom, 'exact')).text).toContain('*Exact Online*: Connected');
    expect((await talk.typed(tom, '999')).text).toContain('Syncuser does not know “999”.');
  });
});

describe('A code that companies of two connections have', () => {
  const haveTwo = async () => {
    const [{ id }, { id: other }] = [
      await talk.have(),
      await talk.have({ id: 'tryton-1', name: 'Tryton', system: 'tryton' }),
    ];
    await talk.haveCompanies(id, 4, 4);
    await talk.haveCompanies(other, 4, 4);
  };

  test.each([
    ['104', '104'],
    ['status 104', 'status 104'],
    ['unlink 104', 'unlink 104'],
    ['sync 104', 'sync 104'],
    ['sync 104 vat full', 'sync 104 VAT codes full'],
    ['changes 104 7d', 'changes 104 7d'],
  ])('%s does nothing and says the exact words for each', async (typed, meant) => {
    await haveTwo();
    const { text } = await talk.typed(sanne, typed);
    const words = (connection: string) => `\`/syncuser ${meant.replace('104', `${connection} 104`)}\``;
    expect(text).toContain('“104”, so nothing was done. Which one do you mean?');
    expect(text).toContain(`Type ${words('Exact Online')} or ${words('Tryton')}.`);
    expect(talk.office.asked.calls).toEqual([]);
  });

  test('with its connection before it is that one, and every answer names the connection', async () => {
    await haveTwo();
    expect((await talk.typed(sanne, 'unlink Tryton 104')).text).toContain('over Tryton');
    expect((await talk.called('unlinkCompanies'))?.[1]).toBe('tryton-1');
    expect((await talk.typed(sanne, 'sync tryton 104 vat')).text).toContain('Tryton: VAT codes of 104');
    expect((await talk.called('syncNow'))?.[1]).toBe('tryton-1');
    expect((await talk.typed(sanne, 'changes Tryton 104 7d')).text).toContain('Tryton: 104 Bakkerij 4 B.V.');
    expect((await talk.typed(sanne, 'Exact Online 104')).text).toContain('(Exact Online): documents');
    expect((await talk.typed(sanne, 'unlink Tryton')).text).toContain('“Tryton” is a connection.');
  });

  test('or that is the id of another in the same connection, does nothing, and each has words of its own', async () => {
    const { id } = await talk.have();
    const row = (externalId: string, code: string, name: string) => ({
      ...{ externalId, code, name },
      status: 'reachable' as const,
    });
    const met = [row('4', '7', 'Garage Peters'), row('9', '4', 'Bloemen & Zo')];
    await talk.office.store.companies.recordListing(id, met, { complete: true });
    await talk.office.store.companies.link(id, ['4', '9']);
    const { text } = await talk.typed(sanne, 'unlink 4');
    expect(text).toContain('“4”, so nothing was done');
    expect(text).toContain(
      '`/syncuser unlink Exact Online 4 Bloemen & Zo` or `/syncuser unlink Exact Online 7`',
    );
    expect(talk.office.asked.calls).toEqual([]);
    expect((await talk.typed(sanne, 'unlink id:4')).text).toContain('Garage Peters');
    expect((await talk.called('unlinkCompanies'))?.[2]).toMatchObject({ companies: ['4'] });
  });
});

describe('pause, resume and sync', () => {
  test('a superuser pauses, and the team reads who did it', async () => {
    await talk.have();
    await talk.workspace.type(sanne, 'pause', accounting);
    const answer = await talk.workspace.message(
      accounting,
      'Sanne Jansen paused the synchronisation of Exact Online',
    );
    expect(answer.subtype).toBeUndefined();
    expect(talk.office.asked.calls).toEqual([
      ['pause', 'exact-online-1', { actionId: expect.stringMatching(/^command\//), by: 'sanne' }],
    ]);
  });

  test('every team whose companies it brings in reads so', async () => {
    const { id } = await talk.have({ id: 'exact-online-paused', name: 'Paused' });
    await talk.haveCompanies(id, 8, 8);
    const words = 'Sanne Jansen paused the synchronisation of Paused';
    await talk.workspace.type(sanne, 'pause paused', 'C0NORTH');
    for (const channel of [accounting, 'C0NORTH', 'C0SOUTH']) {
      await talk.workspace.message(channel, words);
      const all = await talk.workspace.messages(channel);
      expect(all.filter(({ text }) => text.includes(words))).toHaveLength(1);
    }
    await talk.have({ id, name: 'Paused', pausedBy: 'sanne' });
    await talk.typed(sanne, 'resume paused');
    await talk.workspace.message('C0SOUTH', 'Sanne Jansen resumed the synchronisation of Paused');
  });

  test('a team that keeps none of its companies is left in peace', async () => {
    const { id } = await talk.have({ id: 'exact-online-north', name: 'Northern' });
    await talk.haveCompanies(id, 3, 3);
    await talk.typed(sanne, 'pause northern');
    await talk.workspace.message('C0NORTH', 'the synchronisation of Northern');
    expect(JSON.stringify(await talk.workspace.messages('C0SOUTH'))).not.toContain('Northern');
  });

  test('nobody else may, and reads who can', async () => {
    await talk.have();
    expect((await talk.typed(tom, 'pause')).text).toBe(
      'Only a superuser can pause a connection. In your office that is Sanne Jansen or Joost Smit.',
    );
    expect(talk.office.asked.calls).toEqual([]);
  });

  test('what the connection refuses is said in words', async () => {
    await talk.have();
    talk.office.asked.failNext(refused('not-paused'));
    expect((await talk.typed(sanne, 'resume')).text).toBe('This connection is not paused.');
  });

  test('while disconnected they claim neither that documents can be booked nor that a round starts', async () => {
    const { id } = await talk.have(disconnected);
    await talk.haveCompanies(id, 2, 2);
    for (const verb of ['pause', 'resume']) {
      const { text } = await talk.typed(sanne, verb);
      expect(text).toContain('Documents of its companies cannot be booked.');
      expect(text).not.toMatch(/can be booked|starts now/);
    }
  });

  test('a pause says that what is there may still be booked', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 2, 2);
    expect((await talk.typed(sanne, 'pause')).text).toContain(
      'Documents can be booked on the master data that is there.',
    );
  });

  test('sync takes the code of a company, and finds its connection', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 3, 3);
    const { text } = await talk.typed(tom, 'sync 102');
    expect(text).toContain('All master data of 102 Bakkerij 2 B.V. will be brought in now.');
    const [, , { by, scope }] = (await talk.called('syncNow')) as [string, string, Record<string, unknown>];
    expect([by, scope]).toEqual(['tom', { companies: [expect.any(String)], kinds: null }]);
    expect((await talk.called('syncNow'))?.[1]).toBe(id);
  });

  test('sync takes a kind as well, and helps with a wrong one', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 3, 3);
    expect((await talk.typed(tom, 'sync 102 vat')).text).toContain('VAT codes of 102 Bakkerij 2 B.V.');
    expect((await talk.called('syncNow'))?.[2]).toMatchObject({ scope: { kinds: ['vat-code'] } });
    expect((await talk.typed(tom, 'sync 102 VAT cods')).text).toBe(
      'Syncuser does not know “102 VAT cods”. Did you mean `/syncuser sync 102 VAT codes`?',
    );
    expect((await talk.typed(tom, 'sync 102 ripe banana full')).text).toContain(
      '“ripe banana” is no kind of master data. Behind “102” you can type one kind: GL accounts,',
    );
    expect((await talk.typed(tom, 'sync nonsense')).text).toContain(
      'There is no connection and no linked company called “nonsense”. Behind it you can type one kind: GL accounts,',
    );
  });

  test('changes tells what is new, closed or changed in a connection or a company', async () => {
    const { id } = await talk.have();
    await talk.haveCompanies(id, 3, 3);
    const { masterData, companies, syncPositions } = talk.office.store;
    const [first] = await companies.linked(id);
    const row = { externalId: '1', code: '5', name: 'Btw hoog', active: true, details: {}, modifiedAt: null };
    const key = { connectionId: id, companyId: first!.externalId, kind: 'vat-code' } as const;
    const next = (row: MasterDataRow, from: string | null = null) =>
      masterData.storePage({
        ...{ ...key, from, round: 1 },
        page: { rows: [row], deleted: [], checkpoint: row.externalId },
      });
    await next({ ...row, externalId: '0' });
    await syncPositions.recordSuccess(key, 1);
    expect((await talk.typed(tom, 'changes 2020-01-01')).text).toContain(
      'that matters.\n1 row was brought in for the first time, which is no change.',
    );
    const { lastSuccessAt } = (await syncPositions.get(key))!;
    await until('a later moment', () => Date.now() > Date.parse(lastSuccessAt!) || undefined);
    await next(row, '0');
    expect((await talk.typed(tom, 'changes 2020-01-01')).text).toContain('• VAT code 5 Btw hoog: new');
    expect((await talk.typed(tom, `changes ${first!.code} 2020-01-01`)).text).toContain('VAT code: 1 new');
    expect((await talk.typed(tom, 'changes 2099-01-01')).text).toContain('no VAT code, GL account,');
    expect((await talk.typed(tom, 'changes nowhere 7d')).text).toContain('called “nowhere”');
  });

  test('an engine that does not answer is no fault of the person', async () => {
    await talk.have();
    talk.office.asked.failNext(new UnavailableError('no answer'));
    expect((await talk.typed(tom, 'sync')).text).toContain('Nothing is lost; please try again in a minute.');
  });

  test('an unexpected fault is answered with a reference that is also in the log', async () => {
    await talk.have();
    talk.office.asked.failNext(new Error('secret inner words'));
    const { text } = await talk.typed(tom, 'sync');
    expect(text).toContain('so it may have been carried out. Type `/syncuser status` to see');
    expect(text).not.toContain('secret inner words');
    const reference = /`([0-9a-f]{8})`/.exec(text)?.[1] ?? 'none';
    expect(talk.office.logLines.join('')).toContain(reference);
  });
});

describe('A list that does not fit into a message', () => {
  test('is opened as a whole by its button', async () => {
    for (let index = 0; index < 60; index += 1)
      await talk.have({ id: `exact-online-${index}`, name: `Connection ${index} of ${'x'.repeat(150)}` });
    const answer = await talk.typed(tom, '');
    expect(JSON.stringify(answer.blocks)).toMatch(/and \d+ more: type/);
    expect(JSON.stringify(answer.blocks)).not.toContain('Connection 59 of');
    await talk.workspace.click(tom, answer, 'show-all');
    const first = await talk.opened('All of it');
    expect(JSON.stringify(first.blocks)).toContain('Connection 0 of');
    expect(JSON.stringify(first.blocks)).toContain('Connection 59 of');
  });
});

test('status has the button it speaks of, for those who may', async () => {
  await talk.have(disconnected);
  expect(JSON.stringify((await talk.typed(tom, 'status')).blocks)).toContain('"action_id":"reconnect"');
  expect(JSON.stringify((await talk.typed(petra, 'status')).blocks)).not.toContain('"action_id":"reconnect"');
});

test('what Slack escapes in a command is found as it was typed', async () => {
  await talk.have({ name: 'Jansen & Zn' });
  expect((await talk.typed(tom, 'status jansen &amp; zn')).text).toContain('Jansen');
  expect((await talk.typed(tom, 'status “x”')).text).toContain('There is no connection called');
});
