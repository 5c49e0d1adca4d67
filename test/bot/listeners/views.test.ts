import { describe, expect, test } from '@jest/globals';
import { noor, sanne, talkInSlack } from '../talk.ts';
import { accounting, option } from '../../slack-driver.ts';
import { until } from '../../until.ts';

const talk = talkInSlack();

describe('setting up', () => {
  const filledIn = (more: Record<string, unknown> = {}) => ({
    'accounting-system': { 'accounting-system': option('exact-online') },
    'synchronisation-user': { 'synchronisation-user': option('tom') },
    ...more,
  });

  test('asks for system, name and person, and begins the connection', async () => {
    await talk.workspace.type(sanne, 'setup');
    const view = await talk.opened('Set up a connection');
    expect(JSON.stringify(view)).toContain('Tom de Vries (accountant)');
    expect(JSON.stringify(view)).not.toContain('Noor Bakker');
    await talk.workspace.submit(sanne, filledIn({ name: { name: { value: 'Exact North' } } }));

    const [, request] = await talk.called('setUp');
    expect(request).toEqual({
      actionId: expect.stringMatching(/^view\/V/),
      by: 'sanne',
      connectionId: expect.stringMatching(/^exact-online-[0-9a-f]{8}$/),
      name: 'Exact North',
      system: 'exact-online',
      systemName: 'Exact Online',
      synchronisationUserId: 'tom',
    });
    await talk.workspace.message(accounting, 'Tom de Vries is being asked in a direct message');
  });

  test('is called like the accounting system when the name is left empty', async () => {
    await talk.workspace.type(sanne, 'setup');
    await talk.opened('Set up a connection');
    await talk.workspace.submit(sanne, filledIn());
    expect(await talk.called('setUp')).toEqual(['setUp', expect.objectContaining({ name: 'Exact Online' })]);
  });

  test('says beside the inputs what is missing or taken', async () => {
    await talk.have();
    await talk.workspace.type(sanne, 'setup');
    await talk.opened('Set up a connection');
    await talk.workspace.submit(sanne, filledIn({ name: { name: { value: 'exact online' } } }));
    await until('the errors', async () => ((await talk.workspace.viewErrors())['name'] ? true : undefined));
    await talk.workspace.submit(sanne, {});
    const errors = await until('other errors', async () => {
      const now = await talk.workspace.viewErrors();
      return now['accounting-system'] ? now : undefined;
    });
    expect(Object.keys(errors)).toEqual(['accounting-system', 'synchronisation-user']);
    expect(talk.office.asked.calls).toEqual([]);
  });

  test('refuses a text that cannot be taken, beside its input', async () => {
    await talk.workspace.type(sanne, 'setup');
    await talk.opened('Set up a connection');
    await talk.workspace.submit(sanne, filledIn({ name: { name: { value: 'Exact \u202Etcaxe' } } }));
    const errors = await until('the errors', async () => {
      const now = await talk.workspace.viewErrors();
      return now['name'] ? now : undefined;
    });
    expect(errors).toEqual({ name: 'This has a character that cannot be taken (U+202E). Type it anew.' });
    expect(talk.office.asked.calls).toEqual([]);
  });

  test('is only for superusers', async () => {
    expect((await talk.typed(noor, 'setup')).text).toBe(
      'Only a superuser can set up a connection. In your office that is Sanne Jansen or Joost Smit.',
    );
  });
});

describe('change and companies', () => {
  test('a superuser hands the connection over to somebody else', async () => {
    await talk.have();
    await talk.workspace.type(sanne, 'change');
    const view = await talk.opened('Synchronisation user');
    expect(JSON.stringify(view)).toContain('Tom de Vries is the synchronisation user now');
    await talk.workspace.submit(sanne, {
      'synchronisation-user': { 'synchronisation-user': option('petra') },
      'former-login': { 'former-login': option('stand-in') },
    });
    expect(await talk.called('changeSynchronisationUser')).toEqual([
      'changeSynchronisationUser',
      'exact-online-1',
      { actionId: expect.stringMatching(/^view\//), by: 'sanne', to: 'petra', fate: 'stand-in' },
    ]);
  });

  test('to somebody with a login of their own, who reads that it becomes the one of the connection', async () => {
    const { id: connectionId, login } = await talk.have({ id: 'exact-online-own' });
    await talk.office.store.userLinks.save({
      ...{ id: `${connectionId}/petra`, connectionId, officeUserId: 'petra', cause: null },
      ...{ login: { ...login!, accountingUserName: 'P.Peeters' }, state: 'connected' },
      since: '2026-11-20T10:00:00.000Z',
    });
    await talk.workspace.type(sanne, 'change');
    await talk.opened('Synchronisation user');
    await talk.workspace.submit(sanne, {
      'synchronisation-user': { 'synchronisation-user': option('petra') },
      'former-login': { 'former-login': option('let-go') },
    });
    await talk.workspace.message(accounting, 'had linked P.Peeters as a login of their own');
  });

  test('companies are added by a tick and taken out by taking it away', async () => {
    const id = 'exact-online-3';
    await talk.have({ id });
    await talk.haveCompanies(id, 4, 3);
    await talk.workspace.type(sanne, 'companies');
    const view = await talk.workspace.view('views.open', (one) =>
      JSON.stringify(one).includes('3 companies have one now'),
    );
    expect(JSON.stringify(view)).toContain('104 Bakkerij 4 B.V.');
    const kept = ['id-101', 'id-103', 'id-104'].map((value) => ({ value }));
    await talk.workspace.submit(sanne, { 'companies-1': { 'companies-1': { selected_options: kept } } });
    expect(await talk.called('chooseCompanies')).toEqual([
      'chooseCompanies',
      id,
      expect.objectContaining({ companies: ['id-104'] }),
    ]);
    expect(await talk.called('unlinkCompanies')).toEqual([
      'unlinkCompanies',
      id,
      expect.objectContaining({ by: 'sanne', companies: ['id-102'] }),
    ]);
    const { text } = await talk.workspace.message(accounting, 'no longer kept up to date');
    expect(text).toContain('1 company of Exact Online will be kept up to date as well');
    expect(text).toContain('102 Bakkerij 2 B.V.');
  });

  test('the list of companies that is sent as it was shown changes nothing', async () => {
    const id = 'exact-online-4';
    await talk.have({ id });
    await talk.haveCompanies(id, 2, 2);
    await talk.workspace.type(sanne, 'companies');
    await talk.workspace.view('views.open', (one) =>
      JSON.stringify(one).includes('2 companies have one now'),
    );
    await talk.workspace.submit(sanne, {});
    await talk.workspace.message(accounting, 'Exact Online: nothing was changed.');
    expect(talk.office.asked.calls).toEqual([]);
  });

  test('a connection keeps one company at least', async () => {
    const id = 'exact-online-5';
    await talk.have({ id });
    await talk.haveCompanies(id, 2, 1);
    await talk.workspace.type(sanne, 'companies');
    await talk.workspace.view('views.open', (one) => JSON.stringify(one).includes('1 company has one now'));
    await talk.workspace.submit(sanne, { 'companies-1': { 'companies-1': { selected_options: [] } } });
    expect(JSON.stringify(await talk.workspace.viewErrors())).toContain('Leave a tick at one company');
    expect(talk.office.asked.calls).toEqual([]);
  });
});

describe('A planned handover', () => {
  const plan = (day: string) => ({
    date: { date: { selected_date: day } },
    'synchronisation-user': { 'synchronisation-user': option('petra') },
  });

  test.each([
    ['is over', '2026-11-22', 'is over. Choose a later day.'],
    ['is a slip of the finger', '9999-01-01', 'for a year ahead at most'],
  ])('whose day %s keeps its form open, with what is wrong beside the day', async (_, day, words) => {
    await talk.have();
    await talk.workspace.type(sanne, 'handover');
    await talk.opened('Plan a handover');
    await talk.workspace.submit(sanne, plan(day));
    expect(await talk.workspace.viewErrors()).toEqual({ date: expect.stringContaining(words) });
    expect(talk.office.asked.calls).toEqual([]);
  });
});

describe('Who stands in', () => {
  test('is chosen by a superuser among those who book, and may be nobody', async () => {
    await talk.have();
    await talk.workspace.type(sanne, 'standin');
    const modal = JSON.stringify(await talk.opened('Stand-in'));
    expect(modal).toContain('Nobody stands in for Tom de Vries now');
    expect(modal).not.toContain('"value":"tom"');
    await talk.workspace.submit(sanne, { 'stand-in': { 'stand-in': option('petra') } });
    expect(await talk.called('setStandIn')).toMatchObject([
      'setStandIn',
      'exact-online-1',
      { by: 'sanne', person: 'petra' },
    ]);

    talk.office.reset();
    await talk.workspace.type(sanne, 'standin');
    await talk.opened('Stand-in');
    await talk.workspace.submit(sanne, { 'stand-in': { 'stand-in': option('-') } });
    expect(await talk.called('setStandIn')).toMatchObject(['setStandIn', 'exact-online-1', { person: null }]);
  });

  test('is said in the status', async () => {
    await talk.have({ standInId: 'petra' });
    expect((await talk.typed(sanne, 'status')).text).toContain('Stand-in: Petra Peeters (not connected)');
  });
});
