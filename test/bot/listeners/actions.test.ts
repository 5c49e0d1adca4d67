import { describe, expect, test } from '@jest/globals';
import type { CompaniesNews } from '../../../domain/announcements/rights.ts';
import type { DeletionNotice } from '../../../domain/announcements/syncing.ts';
import { companies, minutesAgo } from '../facts.ts';
import { disconnected, noor, petra, sanne, talkInSlack, tom } from '../talk.ts';
import { accounting, directMessagesOf, option } from '../../slack-driver.ts';
import { until } from '../../until.ts';

const talk = talkInSlack();

describe('an invitation', () => {
  test('gives a personal link to the person who was asked', async () => {
    await talk.have({ link: { state: 'connecting', since: minutesAgo(1) }, login: null });
    const message = await talk.sayInvitation({ step: 'waiting' });
    await talk.workspace.click(tom, message, 'connect');
    const answer = await talk.workspace.message(message.channel, 'The link is only for you');
    expect(answer.ephemeral_to).toBe(tom);
    expect(JSON.stringify(answer.blocks)).toContain('http://127.0.0.1:3000/connect/1');
    expect(talk.office.links).toEqual([
      { officeUserId: 'tom', connectionId: 'exact-online-1', purpose: 'set-up' },
    ]);
  });

  test('is for nobody else, not even for a superuser', async () => {
    await talk.have({ link: { state: 'connecting', since: minutesAgo(1) }, login: null });
    const message = await talk.sayInvitation({ step: 'waiting' });
    await talk.workspace.click(sanne, message, 'connect');
    await talk.workspace.message(message.channel, 'This invitation is for Tom de Vries only');
    expect(talk.office.links).toEqual([]);
  });

  test('is no longer needed once the connection stands', async () => {
    await talk.have();
    const message = await talk.sayInvitation({ step: 'waiting' });
    await talk.workspace.click(tom, message, 'connect');
    await talk.workspace.message(message.channel, 'Nobody is being asked to connect Exact Online any more');
  });

  test('can be cancelled by the person who was asked', async () => {
    await talk.have({ link: { state: 'connecting', since: minutesAgo(1) }, login: null });
    await talk.workspace.click(tom, await talk.sayInvitation({ step: 'waiting' }), 'cancel-invitation');
    expect(await talk.called('cancelInvitation')).toEqual([
      'cancelInvitation',
      'exact-online-1',
      { actionId: expect.stringMatching(/^click\//), by: 'tom' },
    ]);
  });

  test('starts with all companies at a click', async () => {
    await talk.have({ link: { state: 'connecting', since: minutesAgo(1) }, login: null });
    const message = await talk.sayInvitation({
      step: 'linked',
      login: 'CX_Basecone',
      reachable: 12,
      total: 12,
    });
    await talk.workspace.click(tom, message, 'start-with-all');
    expect(await talk.called('chooseCompanies')).toEqual([
      'chooseCompanies',
      'exact-online-1',
      { actionId: expect.stringMatching(/^click\//), by: 'tom', companies: 'all' },
    ]);
  });

  test('or with those that keep their tick', async () => {
    const id = 'exact-online-2';
    await talk.have({ id, name: 'Second', link: { state: 'connecting', since: minutesAgo(1) }, login: null });
    await talk.haveCompanies(id, 12, 0);
    const message = await talk.sayInvitation(
      { step: 'linked', login: 'CX_Basecone', reachable: 12, total: 12 },
      id,
    );
    await talk.workspace.click(tom, message, 'choose-companies');
    const view = await talk.opened('Choose companies');
    expect(view.blocks.filter(({ type }) => type === 'input')).toHaveLength(2);
    const kept = companies(10)
      .map(({ code }) => ({ value: `id-${code}` }))
      .filter(({ value }) => !['id-103', 'id-104'].includes(value));
    // The second block comes back as it was shown.
    await talk.workspace.submit(tom, { 'companies-1': { 'companies-1': { selected_options: kept } } });
    const [, , choice] = await talk.called('chooseCompanies');
    expect(choice).toMatchObject({
      by: 'tom',
      companies: companies(12)
        .map(({ code }) => `id-${code}`)
        .filter((one) => !['id-103', 'id-104'].includes(one)),
    });
  });
});

describe('a disconnected connection', () => {
  test('is reconnected by whoever may, with a personal link, and everybody can see who is on it', async () => {
    await talk.have(disconnected);
    const alert = await talk.sayAlert();
    await talk.workspace.click(tom, alert, 'reconnect');
    const answer = await talk.workspace.message(accounting, 'Reconnect Exact Online');
    expect(answer.ephemeral_to).toBe(tom);
    expect(answer.text).toContain('Log in to Exact Online as CX_Basecone');
    expect(talk.office.links).toEqual([
      { officeUserId: 'tom', connectionId: 'exact-online-1', purpose: 'reconnect' },
    ]);
    expect(await talk.called('acknowledge')).toEqual([
      'acknowledge',
      'exact-online-1',
      { actionId: expect.stringMatching(/^click\//), by: 'tom' },
    ]);
  });

  test('is not for others, who read who can', async () => {
    await talk.have(disconnected);
    expect((await talk.typed(petra, 'reconnect')).text).toBe(
      'Only the synchronisation user or a superuser can reconnect Exact Online. In your office that is Tom de Vries, Sanne Jansen or Joost Smit.',
    );
    expect(talk.office.links).toEqual([]);
  });

  test('can be taken care of without logging in yet', async () => {
    await talk.have(disconnected);
    await talk.workspace.click(sanne, await talk.sayAlert(), 'take-up');
    expect(await talk.called('acknowledge')).toEqual([
      'acknowledge',
      'exact-online-1',
      expect.objectContaining({ by: 'sanne' }),
    ]);
  });

  test('that is mended meanwhile needs nothing', async () => {
    await talk.have();
    await talk.workspace.click(tom, await talk.sayAlert(), 'reconnect');
    await talk.workspace.message(accounting, 'Exact Online is connected; there is nothing to do.');
    expect(talk.office.links).toEqual([]);
  });

  test('has its reminders snoozed, for whom and how long the person says', async () => {
    await talk.have(disconnected);
    await talk.workspace.click(tom, await talk.sayAlert(), 'snooze');
    const view = await talk.opened('Snooze reminders');
    expect(JSON.stringify(view)).toContain('Until the next working morning (Tue 08:30)');
    const morning = '2026-11-24T07:30:00.000Z';
    await talk.workspace.submit(tom, {
      until: { until: option(morning) },
      whose: { whose: option('everybody') },
    });
    expect(await talk.called('snooze')).toEqual([
      'snooze',
      'exact-online-1',
      { actionId: expect.stringMatching(/^view\//), by: 'tom', until: morning, everybody: true },
    ]);
    await talk.workspace.message(accounting, 'Snoozed for everybody: no reminders of Exact Online until');
  });

  test('that broke together with others is taken care of, and snoozed, for all of them at a click', async () => {
    const { incidents } = talk.office.store;
    await talk.have(disconnected);
    await talk.have({ ...disconnected, id: 'exact-online-2', name: 'Vestiging' });
    const window = { groupWithinMs: 60_000 };
    const first = await incidents.open('exact-online-1', 'user-blocked', minutesAgo(4), window);
    const second = await incidents.open('exact-online-2', 'user-blocked', minutesAgo(4), window);
    await talk.have({ ...disconnected, incident: first });
    await talk.have({ ...disconnected, id: 'exact-online-2', name: 'Vestiging', incident: second });
    const alert = await talk.sayInOffice({
      what: 'disconnections',
      systemName: 'Exact Online',
      since: minutesAgo(4),
      companies: 2,
      connections: ['exact-online-1', 'exact-online-2'].map((connectionId) => ({
        connectionId,
        name: connectionId,
        login: 'CX',
        cause: 'user-blocked',
        onIt: null,
        again: null,
        ended: null,
      })),
      mayReconnect: ['Tom de Vries'],
      snoozed: null,
    });
    const asked = (verb: string) =>
      until(`the gateway to be asked twice: ${verb}`, () => {
        const ids = talk.office.asked.calls.flatMap(([name, id]) => (name === verb ? [id] : []));
        return ids.length === 2 ? ids.toSorted() : undefined;
      });

    await talk.workspace.click(sanne, alert, 'take-up-all');
    expect(await asked('acknowledge')).toEqual(['exact-online-1', 'exact-online-2']);
    await talk.workspace.message(accounting, 'For 2 connections somebody has to click Reconnect');
    await talk.workspace.click(sanne, alert, 'snooze-all');
    await talk.opened('Snooze reminders');
    await talk.workspace.submit(sanne, {
      until: { until: option('2026-11-24T07:30:00.000Z') },
      whose: { whose: option('everybody') },
    });
    expect(await asked('snooze')).toEqual(['exact-online-1', 'exact-online-2']);
    await talk.workspace.click(tom, alert, 'reconnect');
    await talk.workspace.message(accounting, 'The link is only for you');
    for (const number of [first, second])
      await incidents.close(number, { at: minutesAgo(60), by: 'tom', how: 'reconnected' });
  });

  test('is explained to whoever asks why: what was seen, where it is mended, what happens next', async () => {
    const { incidents, loginRefusals } = talk.office.store;
    const incident = await incidents.open('exact-online-1', 'consent-withdrawn', minutesAgo(4), {
      lastGoodAt: minutesAgo(19),
    });
    await loginRefusals.note('exact-online-1', 'POST /api/oauth2/token: 400 invalid_grant <b>');
    await talk.have({ ...disconnected, incident });
    await talk.workspace.click(noor, await talk.sayAlert(), 'why');
    const view = JSON.stringify(await talk.opened('Why?'));
    expect(view).toContain('The consent of CX_Basecone was withdrawn in Exact Online');
    expect(view).toContain('the login last worked');
    expect(view).toContain('400 invalid_grant <b>');
    expect(view).toContain("Security Centre > My app's permissions");
    expect(view).toContain('It does not try this login again');
    expect(view).toContain('Nobody has taken it up yet; the next reminder goes out');
  });

  test('may be mended by somebody without an account: a link to pass on, for whoever is named', async () => {
    await talk.have(disconnected);
    await talk.workspace.click(tom, await talk.sayAlert(), 'reconnect');
    const mine = await talk.workspace.message(accounting, 'The link is only for you');
    await talk.workspace.click(tom, mine, 'send-to-ict');
    await talk.opened('Send to ICT');
    await talk.workspace.submit(tom, {
      name: { name: { value: 'Piet Bos' } },
      email: { email: { value: 'piet@ict.example' } },
    });
    const answer = await talk.workspace.message(accounting, 'Send this to Piet Bos');
    expect(answer.ephemeral_to).toBe(tom);
    expect(answer.text).toContain('Tom de Vries asked for it');
    expect(talk.office.links.at(-1)).toMatchObject({
      officeUserId: 'tom',
      purpose: 'reconnect',
      outsider: { name: 'Piet Bos', email: 'piet@ict.example' },
    });
  });

  test('is remembered for whoever saw it, in the status or on App Home', async () => {
    const { incidents, incidentPeople } = talk.office.store;
    const incident = await incidents.open('exact-online-9', 'consent-withdrawn', minutesAgo(4));
    await talk.have({ id: 'exact-online-9', name: 'Ninth', ...disconnected, incident });
    await talk.typed(petra, 'status');
    await talk.homeOf(noor, 'Ninth');
    await talk.homeOf(noor, 'Ninth');
    await until('both to be remembered', async () =>
      (await incidentPeople.of(incident)).length === 2 ? true : undefined,
    );
    expect(await incidentPeople.of(incident)).toMatchObject([
      { officeUserId: 'noor', role: 'affected' },
      { officeUserId: 'petra', role: 'affected' },
    ]);
  });
});

describe('A person’s own accounting-system user', () => {
  const value = (person: string) =>
    JSON.stringify({ purpose: 'personal', connectionId: 'exact-online-1', person });

  test('is on App Home of everybody, with a button that gives them a link of their own', async () => {
    await talk.have();
    const view = JSON.stringify(await talk.homeOf(noor, 'My accounting-system user'));
    expect(view).toContain('*Exact Online*: your own login is not connected');
    await talk.workspace.clickOnHome(noor, 'connect', value('noor'));
    await until('a link for Noor', () => talk.office.links[0]);
    expect(talk.office.links).toEqual([
      { officeUserId: 'noor', connectionId: 'exact-online-1', purpose: 'personal' },
    ]);
    const shown = JSON.stringify(await talk.opened('Log in'));
    expect(shown).toContain('Your own login at');
    expect(shown).toContain('<http://127.0.0.1:3000/connect/1|Open the Connect page>');
  });

  test('is disconnected by whoever linked it, and by nobody else', async () => {
    await talk.have();
    await talk.workspace.clickOnHome(noor, 'disconnect', value('petra'));
    await talk.workspace.message(directMessagesOf(noor), 'Everybody links only their own');
    await talk.workspace.clickOnHome(noor, 'disconnect', value('noor'));
    expect(await talk.called('unlinkPerson')).toMatchObject([
      'unlinkPerson',
      'exact-online-1',
      { by: 'noor', person: 'noor' },
    ]);
  });

  test('is not taken from under the synchronisation', async () => {
    await talk.have();
    expect(JSON.stringify(await talk.homeOf(tom, 'The synchronisation works with this login'))).not.toContain(
      '"disconnect"',
    );
    await talk.workspace.clickOnHome(tom, 'disconnect', value('tom'));
    await talk.workspace.message(
      directMessagesOf(tom),
      'The synchronisation of Exact Online works with this login',
    );
  });
});

describe('a question about deletions', () => {
  const notice: DeletionNotice = {
    what: 'deletion-question',
    connectionId: 'exact-online-1',
    connectionName: 'Exact Online',
    systemName: 'Exact Online',
    question: 3,
    company: { code: '101', name: 'Bakkerij Jansen B.V.' },
    kind: 'item',
    source: 'package',
    rows: 60,
    live: 100,
    sameCodes: 0,
    mayRead: true,
    list: [{ code: 'A1', name: 'Meel' }],
    settled: null,
  };

  test('is answered by a superuser, with one of two buttons', async () => {
    await talk.have();
    const message = await talk.sayInOffice(notice);
    await talk.workspace.click(sanne, message, 'keep-rows');
    expect(await talk.called('decideDeletions')).toEqual([
      'decideDeletions',
      'exact-online-1',
      { actionId: expect.stringMatching(/^click\//), by: 'sanne', question: 3, verdict: 'kept' },
    ]);
  });

  test('is answered by nobody else', async () => {
    await talk.have();
    const message = await talk.sayInOffice(notice);
    await talk.workspace.click(tom, message, 'confirm-deletions');
    await talk.workspace.message(message.channel, 'Only a superuser can say whether these rows were deleted');
    expect(talk.office.asked.calls).toEqual([]);
  });
});

describe('Companies that appeared', () => {
  const appeared: CompaniesNews = {
    what: 'companies-news',
    connectionId: 'exact-online-1',
    connectionName: 'Exact Online',
    systemId: 'exact-online',
    systemName: 'Exact Online',
    login: 'CX_Basecone',
    addable: [{ externalId: '7', code: '107', name: 'Brouwerij De Linde NV' }],
    closed: [],
    renamed: [],
    archived: [],
    back: [],
  };
  const listed = (status: 'reachable' | 'no-access') =>
    talk.office.store.companies.recordListing(
      'exact-online-1',
      [{ externalId: '7', code: '107', name: 'Brouwerij De Linde NV', status }],
      { complete: true },
    );

  test('are linked by one click of a superuser', async () => {
    await talk.have();
    await listed('reachable');
    await talk.workspace.click(sanne, await talk.sayInOffice(appeared), 'add-companies');
    expect(await talk.called('chooseCompanies')).toEqual([
      'chooseCompanies',
      'exact-online-1',
      { actionId: expect.stringMatching(/^click\//), by: 'sanne', companies: ['7'] },
    ]);
  });

  test('are linked by nobody else, and not when they are gone meanwhile', async () => {
    await talk.have();
    await listed('no-access');
    const message = await talk.sayInOffice(appeared);
    await talk.workspace.click(tom, message, 'add-companies');
    await talk.workspace.message(message.channel, 'Only a superuser can choose the companies of');
    await talk.workspace.click(sanne, message, 'add-companies');
    await talk.workspace.message(message.channel, 'linked already, or cannot be reached now');
    expect(talk.office.asked.calls).toEqual([]);
  });
});
