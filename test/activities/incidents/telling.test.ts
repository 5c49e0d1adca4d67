import { describe, expect, test } from '@jest/globals';
import type { Activities } from '../../../activities/index.ts';
import type { Statement } from '../../../domain/deliveries.ts';
import { incidentTimesSchema } from '../../../domain/offices/incident-times.ts';
import type { Login } from '../../../domain/connection.ts';
import type { Workbench } from '../../accounting/exact-online/sandbox.ts';
import { withFreshOffice } from '../fresh-office.ts';
import {
  connectionId,
  inTemporal,
  killedAtEveryStep,
  office as demoOffice,
  type OfficeWithBooks,
} from '../office-with-books.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let login: Login;
withFreshOffice({ companies: 4, minuteLimit: 5_000 }, async (fresh) => {
  ({ bench, office } = fresh);
  login = await office.connected();
});

const since = '2026-11-23T10:00:00.000Z';
const lastGoodAt = '2026-11-23T09:45:00.000Z';
const broken = { connectionId, cause: 'consent-withdrawn', since, lastGoodAt } as const;
const tom = (actionId: string) => ({ by: 'tom', actionId });
const reminderAt = '2026-11-23T10:15:00.000Z';
const historyOf = async (what: string) =>
  (await office.store.history.ofConnection(connectionId)).filter((entry) => entry.what === what);
const sortedByKey = (statements: readonly Statement[]) =>
  statements.toSorted((one, other) => one.key.localeCompare(other.key));
const codesIn = (key: string) => {
  const said = office.speaker.standing(key);
  return said?.what === 'disconnection' ? said.companies.map(({ code }) => code) : null;
};
/** Everybody but Sanne has left. */
const leftBehind = { ...demoOffice, users: demoOffice.users.filter(({ id }) => id === 'sanne') };

async function isDisconnected() {
  const { incident } = await office.activities.openIncident(broken);
  await office.save({ link: { state: 'disconnected', since, cause: broken.cause }, incident });
  return incident;
}

describe('An incident', () => {
  test('has one number and one line in the history, however often it is opened and closed', async () => {
    const incident = await isDisconnected();
    expect(await office.activities.openIncident(broken)).toMatchObject({ incident });
    await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
    await office.activities.closeIncident({ incident, by: 'petra', how: 'changed' });
    expect(await historyOf('disconnected')).toMatchObject([{ at: since, data: { incident } }]);
    expect(await historyOf('reconnected')).toMatchObject([{ officeUserId: 'tom', data: { incident } }]);
    expect(await historyOf('changed')).toEqual([]);
    const tomorrow = { ...broken, since: new Date(Date.now() + 24 * 3_600_000).toISOString() };
    expect(await office.activities.openIncident(tomorrow)).toMatchObject({ incident: incident + 1 });
  });

  test('is closed, with its line in the history, by a second attempt wherever the first was killed', async () => {
    const steps = await killedAtEveryStep(office, {
      prepare: async () => (await office.activities.openIncident(broken)).incident,
      run: (dying, incident) => dying.closeIncident({ incident, by: 'tom', how: 'reconnected' }),
      afterwards: async (incident, step) => {
        await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
        expect(await office.store.incidents.get(incident)).toMatchObject({ endedBy: 'tom' });
        expect(await historyOf('reconnected')).toHaveLength(step);
      },
    });
    expect(steps).toBe(3);
  });
});

describe('A disconnection', () => {
  test('is told to the office and to the teams that are hit, each with its own companies', async () => {
    const incident = await isDisconnected();
    await office.activities.tellDisconnection({ connectionId, incident });
    expect(office.speaker.keys().toSorted()).toEqual([
      `incident/${incident}/C-cars`,
      `incident/${incident}/C-food`,
      `incident/${incident}/C-office`,
      `incident/${incident}/asked/sanne`,
      `incident/${incident}/asked/tom`,
    ]);
    expect(codesIn(`incident/${incident}/C-office`)).toEqual(['101', '102', '103', '104']);
    expect(codesIn(`incident/${incident}/C-food`)).toEqual(['101', '102']);
    expect(codesIn(`incident/${incident}/C-cars`)).toEqual(['103']);
    expect(office.speaker.standing(`incident/${incident}/C-office`)).toMatchObject({
      cause: 'consent-withdrawn',
      login: 'CX_Basecone',
      synchronisationUser: 'Tom de Vries',
      since,
      mayReconnect: ['Tom de Vries', 'Sanne Jansen'],
      onIt: null,
      ended: null,
    });
  });

  test('is told while its incident is opened, and told again it says the same', async () => {
    const incident = await isDisconnected();
    const opened = office.speaker.all.splice(0);
    await office.activities.tellDisconnection({ connectionId, incident });
    expect(opened.map(({ key }) => key)).toContain(`incident/${incident}/asked/tom`);
    expect(sortedByKey(office.speaker.all)).toEqual(sortedByKey(opened));
  });

  test('has its incident while Slack is down, and is told later', async () => {
    const say = async () => 'later' as const;
    const { incident } = await office.process({ speaker: { say } }).openIncident(broken);
    expect(await office.store.incidents.get(incident)).toMatchObject({ endedAt: null, toldAt: null });
    await office.activities.tellDisconnection({ connectionId, incident });
    expect(office.speaker.keys()).toContain(`incident/${incident}/C-office`);
    expect(await office.store.incidents.get(incident)).toMatchObject({ toldAt: expect.any(String) });
  });

  test('stands with its incident on every screen before anybody reads of it', async () => {
    const before = (await office.store.connections.get(connectionId))!;
    const link = { state: 'disconnected', since, cause: broken.cause } as const;
    const state = { ...before, link, revision: before.revision + 1 };
    const seen: unknown[] = [];
    const speaker = {
      say: async () => {
        seen.push(await office.store.connections.get(connectionId));
        return 'said' as const;
      },
    };
    const paused = { id: 'paused/1', at: since, by: 'sanne', what: 'paused', data: {} } as const;
    const told = { ...broken, state, happened: [paused] };
    const { incident } = await office.process({ speaker }).openIncident(told);
    expect(seen[0]).toEqual({ ...state, incident });
    expect(await office.store.history.get('paused/1')).toMatchObject({ officeUserId: 'sanne' });
  });

  test('is told once in a channel that two teams share, with the companies of both', async () => {
    const teams = demoOffice.teams.map((team) => ({ ...team, channelId: 'C-all' }));
    const { incident } = await office.process({ office: { ...demoOffice, teams } }).openIncident(broken);
    expect(office.speaker.keys().toSorted()).toEqual([
      `incident/${incident}/C-all`,
      `incident/${incident}/C-office`,
      `incident/${incident}/asked/sanne`,
      `incident/${incident}/asked/tom`,
    ]);
    expect(codesIn(`incident/${incident}/C-all`)).toEqual(['101', '102', '103']);
  });

  test('keeps its story: who is on it, reminders, logins that were refused, each once', async () => {
    const incident = await isDisconnected();
    const alert = `incident/${incident}/C-office`;
    const signInId = await office.logsIn('sanne', 'S.Jansen');
    const found = await office.activities.redeemSignIn({ connectionId, signInId });
    if (found.result === 'refused') throw new Error('refused');
    await office.activities.refuseSignIn({
      connectionId,
      signInId,
      verdict: 'wrong-user',
      found,
      expected: login,
    });
    for (let turn = 0; turn < 2; turn += 1) {
      await office.activities.takeUpIncident({ incident, ...tom('a') });
      await office.activities.tellDisconnection({ connectionId, incident });
      await office.activities.remindOfIncident({ connectionId, incident, at: reminderAt, only: null });
      await office.activities.tellRefusedLogin({ connectionId, incident, signInId });
    }
    const notes = office.speaker.keys().filter((key) => !/\/(C-|asked\/)/.test(key));
    expect(notes).toEqual([
      `incident/${incident}/taken-up/a`,
      `incident/${incident}/reminder/${reminderAt}`,
      `incident/${incident}/login-refused/${signInId}`,
    ]);
    for (const statement of office.speaker.all.filter(({ key }) => notes.includes(key)))
      expect(statement).toMatchObject({ to: { channel: 'C-office' }, inThreadOf: alert });
    expect(office.speaker.standing(alert)).toMatchObject({ onIt: 'Tom de Vries' });
    expect(office.speaker.standing(notes[2]!)).toMatchObject({
      note: { by: 'Sanne Jansen', outcome: { result: 'wrong-user', expected: 'CX_Basecone' } },
    });
    expect((await office.store.incidents.get(incident))?.story).toHaveLength(1);
  });

  test('that is mended says by whom, after how long, and what is still missing', async () => {
    const incident = await isDisconnected();
    await office.activities.tellDisconnection({ connectionId, incident });
    const [division] = await bench.divisions();
    await bench.turn('remove-company', { user: 'CX_Basecone', division });
    const signInId = await office.logsIn('tom', 'CX_Basecone');
    await office.activities.redeemSignIn({ connectionId, signInId });
    await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
    const [, company] = await office.store.companies.linked(connectionId);
    const account = { externalId: '1', code: '4000', name: 'Kosten', active: true, details: {} };
    const key = { connectionId, companyId: company!.externalId, kind: 'gl-account' } as const;
    await office.store.syncPositions.recordSuccess(key, 1);
    await bench.advance(1); // what comes later is no first time
    await office.store.masterData.storePage({
      ...{ ...key, from: null, round: 2 },
      page: { rows: [{ ...account, modifiedAt: null }], deleted: [], checkpoint: 'one' },
    });
    for (let turn = 0; turn < 2; turn += 1) {
      await office.activities.tellMended({ connectionId, incident });
      await office.activities.tellCaughtUp({ incident, rowsChanged: 7, companies: 3 });
    }

    const { endedAt } = (await office.store.incidents.get(incident))!;
    for (const channel of ['C-office', 'C-food', 'C-cars'])
      expect(office.speaker.standing(`incident/${incident}/${channel}`)).toMatchObject({
        ended: { by: 'Tom de Vries', at: endedAt, how: 'reconnected' },
      });
    expect(office.speaker.standing(`incident/${incident}/caught-up`)).toMatchObject({
      note: {
        ...{ kind: 'caught-up', rowsChanged: 7, companies: 3, since },
        news: [{ company: { code: company!.code }, subjects: [{ subject: 'gl-account', new: 1 }] }],
      },
    });
    expect(office.speaker.standing(`incident/${incident}/mended`)).toMatchObject({
      note: {
        kind: 'reconnected',
        by: 'Tom de Vries',
        login: 'CX_Basecone',
        reachable: 3,
        total: 4,
        afterMs: Date.parse(endedAt!) - Date.parse(since),
        missing: [{ code: '101', name: expect.any(String) }],
      },
    });
    expect(office.speaker.standing(`incident/${incident}/caught-up`)).toMatchObject({
      note: { rowsChanged: 7, companies: 3 },
    });
  });

  test('no longer makes anybody wait for master data once that has been read again', async () => {
    const incident = await isDisconnected();
    await office.activities.tellDisconnection({ connectionId, incident });
    await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
    await office.save({ link: { state: 'connected', since: new Date().toISOString() }, incident: null });
    const alert = () => office.speaker.standing(`incident/${incident}/C-office`);
    await office.activities.tellMended({ connectionId, incident });
    expect(alert()).toMatchObject({ ended: { by: 'Tom de Vries' }, bookedAgain: 'once-read' });

    const [first, ...others] = await office.store.companies.linked(connectionId);
    const wasRead = ({ externalId: companyId }: { externalId: string }) =>
      office.store.syncPositions.recordSuccess({ connectionId, companyId, kind: 'gl-account' }, 2);
    const caughtUp = { incident, rowsChanged: 0, companies: 4 };
    await wasRead(first!);
    await office.activities.tellCaughtUp(caughtUp);
    expect(alert()).toMatchObject({ bookedAgain: 'once-read' }); // three more are still to be read
    await Promise.all(others.map(wasRead));
    await office.activities.tellCaughtUp(caughtUp);
    expect(alert()).toMatchObject({ ended: { by: 'Tom de Vries' }, bookedAgain: 'now' });
  });

  test('promises nothing of what cannot be booked: while it is delayed, is stopped, or the books were refused', async () => {
    const incident = await isDisconnected();
    await office.activities.tellDisconnection({ connectionId, incident });
    await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
    const at = new Date().toISOString();
    const link = { state: 'connected', since: at } as const;
    const delayed = { state: 'delayed', reason: 'outage', since: at, until: null } as const;
    await office.save({ link, incident: null, health: delayed });
    const [first, ...others] = await office.store.companies.linked(connectionId);
    const kind = 'gl-account';
    for (const { externalId: companyId } of [first!, ...others])
      await office.store.syncPositions.recordSuccess({ connectionId, companyId, kind }, 2);
    const alert = async () => {
      await office.activities.tellCaughtUp({ incident, rowsChanged: 0, companies: 4 });
      return office.speaker.standing(`incident/${incident}/C-office`);
    };
    expect(await alert()).toMatchObject({ bookedAgain: 'once-read' });

    await office.save({ link, incident: null, health: { state: 'ok' } });
    await bench.advance(1);
    const { externalId: companyId, code } = first!;
    const refusal = { code: 'company: no-access', text: 'Forbidden' };
    await office.store.syncPositions.recordFailure({ connectionId, companyId, kind }, refusal);
    expect(await alert()).toMatchObject({ bookedAgain: 'now' });
    expect(codesIn(`incident/${incident}/C-office`)).toEqual(others.map((one) => one.code));
    expect(others.map((one) => one.code)).not.toContain(code);

    const stop = { bookingId: 'b', expectedCompany: '1', foundCompany: '2', entries: [] };
    await office.store.deliveryStops.stop(connectionId, stop);
    expect(await alert()).toMatchObject({ bookedAgain: null, companies: [] });
  });

  test('that a change ended says so', async () => {
    const incident = await isDisconnected();
    await office.activities.closeIncident({ incident, by: 'petra', how: 'changed' });
    await office.activities.tellMended({ connectionId, incident });
    expect(office.speaker.standing(`incident/${incident}/mended`)).toMatchObject({
      note: { kind: 'changed', by: 'Petra Peeters', login: 'CX_Basecone' },
    });
  });

  test('is told and mended in full by a second attempt wherever the first was killed', async () => {
    const incident = await isDisconnected();
    await office.activities.takeUpIncident({ incident, ...tom('a') });
    await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
    await office.activities.tellDisconnection({ connectionId, incident });
    await office.activities.tellMended({ connectionId, incident });
    const whole = new Map(office.speaker.all.map(({ key, announcement }) => [key, announcement]));
    const steps = await killedAtEveryStep(office, {
      prepare: async () => void office.speaker.all.splice(0),
      run: async (dying) => {
        await dying.tellDisconnection({ connectionId, incident });
        await dying.tellMended({ connectionId, incident });
      },
      afterwards: async () => {
        await office.activities.tellDisconnection({ connectionId, incident });
        await office.activities.tellMended({ connectionId, incident });
        expect(new Map(office.speaker.all.map(({ key, announcement }) => [key, announcement]))).toEqual(
          whole,
        );
      },
    });
    expect(steps).toBeGreaterThan(10);
  });
});

describe('A login that breaks again soon after it was mended', () => {
  const breaksAgain = async (how: 'reconnected' | 'works-again') => {
    const incident = await isDisconnected();
    await office.activities.closeIncident({
      incident,
      by: how === 'reconnected' ? 'tom' : null,
      how,
    });
    await office.activities.tellMended({ connectionId, incident });
    const { endedAt } = (await office.store.incidents.get(incident))!;
    const again = { ...broken, since: new Date(Date.parse(endedAt!) + 120_000).toISOString() };
    return { first: incident, again };
  };

  test('is a message of its own, unread by everybody who is hit, and says that it is not the first time', async () => {
    const { first, again } = await breaksAgain('reconnected');
    const green = office.speaker.standing(`incident/${first}/C-office`);
    const before = new Set(office.speaker.keys());
    const { incident } = await office.activities.openIncident(again);
    expect(incident).not.toBe(first);
    const fresh = office.speaker.keys().filter((key) => !before.has(key));
    expect(fresh.toSorted()).toEqual([
      `incident/${incident}/C-cars`,
      `incident/${incident}/C-food`,
      `incident/${incident}/C-office`,
      `incident/${incident}/asked/sanne`,
      `incident/${incident}/asked/tom`,
    ]);
    expect(office.speaker.standing(`incident/${incident}/C-office`)).toMatchObject({
      since: again.since,
      again: { timesToday: 2, mendedBy: 'Tom de Vries', workedMs: 120_000 },
    });
    expect(office.speaker.standing(`incident/${first}/C-office`)).toEqual(green);
  });

  test('is nobody’s, and no snooze of the last time holds', async () => {
    const incident = await isDisconnected();
    const until = new Date(Date.now() + 3 * 86_400_000).toISOString();
    await office.activities.snoozeIncident({ incident, by: 'sanne', actionId: 's', until, everybody: true });
    await office.activities.takeUpIncident({ incident, ...tom('t') });
    await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
    const { endedAt } = (await office.store.incidents.get(incident))!;
    const next = await office.activities.openIncident({ ...broken, since: endedAt! });
    const at = new Date(Date.parse(endedAt!) + 15 * 60_000).toISOString();
    await office.activities.remindOfIncident({ connectionId, incident: next.incident, at, only: null });
    expect(office.speaker.standing(`incident/${next.incident}/C-office`)).toMatchObject({
      onIt: null,
      snoozed: null,
    });
    expect(office.speaker.keys()).toContain(`incident/${next.incident}/asked/tom/reminder/${at}`);
  });

  test('by itself, again and again, is told later and later, and never later than half an hour', async () => {
    const waits: number[] = [];
    let since: string = broken.since;
    for (let turn = 0; turn < 7; turn += 1) {
      const { incident, tellAt } = await office.activities.openIncident({ ...broken, since });
      waits.push((Date.parse(tellAt) - Date.parse(since)) / 60_000);
      const isTold = office.speaker.keys().includes(`incident/${incident}/C-office`);
      expect(isTold).toBe(waits.at(-1) === 0);
      await office.activities.closeIncident({ incident, by: null, how: 'works-again' });
      await office.activities.tellMended({ connectionId, incident });
      // What was never told as broken is not told as mended.
      expect(office.speaker.keys().includes(`incident/${incident}/C-office`)).toBe(isTold);
      since = (await office.store.incidents.get(incident))!.endedAt!;
    }
    expect(waits).toEqual([0, 0, 0, 5, 15, 30, 30]);
  });

  test('is told at once when a human had mended it, however often it flapped before', async () => {
    const { again } = await breaksAgain('works-again');
    let { since } = again;
    for (const how of ['works-again', 'works-again', 'works-again', 'reconnected'] as const) {
      const { incident } = await office.activities.openIncident({ ...broken, since });
      await office.activities.closeIncident({ incident, by: how === 'reconnected' ? 'tom' : null, how });
      since = (await office.store.incidents.get(incident))!.endedAt!;
    }
    const { tellAt } = await office.activities.openIncident({ ...broken, since });
    expect(tellAt).toBe(since);
  });
});

describe('Whoever is asked to mend it', () => {
  const asked = (incident: number, person: string) =>
    office.speaker.standing(`incident/${incident}/asked/${person}`);
  const nudged = (incident: number) =>
    office.speaker.keys().filter((key) => /asked\/.*\/reminder/.test(key) && key.includes(`/${incident}/`));
  const remind = (incident: number, at: string, only: string | null = null) =>
    office.activities.remindOfIncident({ connectionId, incident, at, only });

  test('reads why they are asked, and the request is edited when it is over', async () => {
    const incident = await isDisconnected();
    await office.activities.tellDisconnection({ connectionId, incident });
    expect(asked(incident, 'tom')).toMatchObject({ as: 'synchronisation-user', companies: 4, ended: null });
    expect(asked(incident, 'sanne')).toMatchObject({ as: 'superusers' });
    expect(asked(incident, 'petra')).toBeUndefined();
    await office.activities.closeIncident({ incident, by: null, how: 'works-again' });
    await office.activities.tellMended({ connectionId, incident });
    for (const person of ['tom', 'sanne'])
      expect(asked(incident, person)).toMatchObject({ ended: { by: null, how: 'works-again' } });
    expect(office.speaker.standing(`incident/${incident}/mended`)).toMatchObject({
      note: { kind: 'works-again' },
    });
  });

  test('is reminded when it is their turn: first they alone, then the stand-in, the superusers, the channel', async () => {
    const incident = await isDisconnected();
    await office.save({ standInId: 'petra' });
    const turn = async (at: string) => {
      office.speaker.all.splice(0);
      await remind(incident, at);
      return nudged(incident).map((key) => key.split('/')[3]);
    };
    expect(await turn('2026-11-23T10:10:00.000Z')).toEqual(['tom']);
    expect(await turn('2026-11-23T10:15:00.000Z')).toEqual(['tom', 'petra']);
    expect(asked(incident, 'petra')).toMatchObject({ as: 'stand-in' });
    expect(await turn('2026-11-23T11:00:00.000Z')).toEqual(['tom', 'petra', 'sanne']);
    const line = () => office.speaker.all.find(({ key }) => key.startsWith(`incident/${incident}/reminder`));
    expect(line()?.alsoInChannel).toBeUndefined();
    const everybody = () => office.speaker.all.filter(({ key }) => key === `incident/${incident}/everybody`);
    expect(everybody()).toEqual([]);
    await turn('2026-11-23T14:00:00.000Z');
    expect(everybody()).toMatchObject([
      { alsoInChannel: true, announcement: { note: { kind: 'everybody' } } },
    ]);
    await turn('2026-11-24T07:30:00.000Z');
    expect(everybody()).toEqual([]); // everybody is called once
    expect(line()).toMatchObject({ alsoInChannel: true });
  });

  test('is passed over where Slack does not let us reach them, and the next one is asked at once', async () => {
    const patient = { ...demoOffice, incidents: incidentTimesSchema.parse({ superusersAtOnce: false }) };
    const isGone = (statement: Statement) => 'slackUser' in statement.to && statement.to.slackUser === 'U1';
    const say = async (statement: Statement) => {
      if (!isGone(statement)) return office.speaker.say(statement);
      await office.store.deliveries.write(statement);
      await office.store.unreachable.note({
        ...{ recipient: 'U1', kind: 'person', code: 'user_disabled' },
        since: bench.now().toISOString(),
      });
      return 'later' as const;
    };
    const { incident } = await office.process({ office: patient, speaker: { say } }).openIncident(broken);
    expect(asked(incident, 'sanne')).toMatchObject({ as: 'superusers' });
    await office.save({ link: { state: 'disconnected', since, cause: broken.cause }, incident });
    office.speaker.all.splice(0);
    await office.process({ office: patient, speaker: { say } }).remindOfIncident({
      ...{ connectionId, incident, only: null },
      at: '2026-11-23T10:10:00.000Z',
    });
    expect(nudged(incident).map((key) => key.split('/')[3])).toEqual(['sanne']);
  });

  test('is left in peace while they snoozed it for themselves, and the others are not', async () => {
    const incident = await isDisconnected();
    const until = '2026-11-24T07:30:00.000Z';
    await office.activities.snoozeIncident({ incident, ...tom('s'), until, everybody: false });
    await remind(incident, '2026-11-23T10:15:00.000Z');
    expect(nudged(incident).map((key) => key.split('/')[3])).toEqual(['sanne']);
    office.speaker.all.splice(0);
    await remind(incident, until, 'tom');
    expect(nudged(incident).map((key) => key.split('/')[3])).toEqual(['tom']);
  });

  test('is said to be on it, whoever said so last: Tom, Sanne, Tom again, and nobody when it lapsed', async () => {
    const incident = await isDisconnected();
    const onIt = async () => {
      await office.activities.tellDisconnection({ connectionId, incident });
      const said = office.speaker.standing(`incident/${incident}/C-office`);
      return said?.what === 'disconnection' ? said.onIt : undefined;
    };
    await office.activities.takeUpIncident({ incident, ...tom('1') });
    await office.activities.takeUpIncident({ incident, by: 'sanne', actionId: '2' });
    expect(await onIt()).toBe('Sanne Jansen');
    await office.activities.takeUpIncident({ incident, ...tom('3') });
    await office.activities.takeUpIncident({ incident, ...tom('3') });
    expect(await onIt()).toBe('Tom de Vries');
    await office.activities.letGoOfIncident({ incident, by: 'tom', at: '2026-11-23T11:30:00.000Z' });
    expect(await onIt()).toBeNull();
    const notes = office.speaker.keys().filter((key) => /taken-up|let-go/.test(key));
    expect(notes).toHaveLength(4);
  });

  test('whoever takes it up ends a snooze, which everybody reads, and need not say so again', async () => {
    const incident = await isDisconnected();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await office.activities.snoozeIncident({ incident, by: 'sanne', actionId: 's', until, everybody: true });
    await office.activities.takeUpIncident({ incident, ...tom('1') });
    await office.activities.takeUpIncident({ incident, ...tom('2') });
    await office.activities.tellDisconnection({ connectionId, incident });
    const note = (id: string) => office.speaker.standing(`incident/${incident}/taken-up/${id}`);
    expect(note('1')).toMatchObject({ note: { kind: 'taken-up', endsSnooze: true } });
    expect(note('2')).not.toHaveProperty('note.endsSnooze');
    expect(asked(incident, 'tom')).toMatchObject({ onIt: 'Tom de Vries', isYours: true });
    expect(asked(incident, 'sanne')).toMatchObject({ onIt: 'Tom de Vries', isYours: false });
  });

  test('never reads an old word last: what ended while it was being told is told as ended', async () => {
    const incident = await isDisconnected();
    const { speaker } = office;
    let first = true;
    const slow = {
      say: async (statement: Parameters<typeof speaker.say>[0]) => {
        if (first) await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
        first = false;
        return speaker.say(statement);
      },
    };
    await office.process({ speaker: slow }).tellDisconnection({ connectionId, incident });
    expect(speaker.standing(`incident/${incident}/C-office`)).toMatchObject({
      ended: { by: 'Tom de Vries' },
    });
    expect(asked(incident, 'tom')).toMatchObject({ ended: { by: 'Tom de Vries' } });
  });
});

test('Whoever met the error is told once that it is over, unless they were asked to mend it', async () => {
  const incident = await isDisconnected();
  const met = (officeUserId: string) => ({ officeUserId, role: 'affected', since }) as const;
  await office.store.incidentPeople.add(incident, met('petra'));
  await office.store.incidentPeople.add(incident, met('sanne'));
  await office.activities.tellDisconnection({ connectionId, incident });
  await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
  for (let turn = 0; turn < 2; turn += 1) await office.activities.tellMended({ connectionId, incident });
  const over = office.speaker.all.filter(({ announcement }) => announcement.what === 'incident-over');
  expect(new Set(over.map(({ key }) => key))).toEqual(new Set([`incident/${incident}/over/petra`]));
  expect(over[0]).toMatchObject({ to: { slackUser: 'U3' }, announcement: { ended: { by: 'Tom de Vries' } } });
});

test('A login by somebody without an account is told with their name and who had asked them', async () => {
  const incident = await isDisconnected();
  const outsider = { name: 'Piet Bos', email: null };
  const asked = { officeUserId: 'tom', connectionId, purpose: 'reconnect', ttlMs: 60_000, outsider } as const;
  const { id: signInId } = await office.store.signIns.issue(asked);
  await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected', signInId });
  await office.activities.tellMended({ connectionId, incident });
  expect(office.speaker.standing(`incident/${incident}/C-office`)).toMatchObject({
    ended: { by: 'Piet Bos, whom Tom de Vries had asked,' },
  });
});

describe('A request to connect', () => {
  const request = {
    connectionId,
    invitation: 'set-up',
    person: 'petra',
    askedBy: 'sanne',
    purpose: 'set-up',
    reminded: 0,
    progress: { step: 'waiting' },
  } as const;
  const key = `invitation/${connectionId}/set-up`;

  test('is one direct message, and each reminder a new line in its thread', async () => {
    await office.activities.tellInvitation(request);
    expect(office.speaker.all).toHaveLength(1);
    for (const reminded of [1, 2, 2]) await office.activities.tellInvitation({ ...request, reminded });
    expect(office.speaker.keys()).toEqual([key, `${key}/reminder/1`, `${key}/reminder/2`]);
    expect(office.speaker.all.at(-1)).toEqual({
      key: `${key}/reminder/2`,
      to: { slackUser: 'U3' },
      inThreadOf: key,
      announcement: {
        what: 'connect-reminder',
        connectionName: 'Exact Online, Kantoor',
        systemName: 'Exact Online',
        purpose: 'set-up',
        askedBy: 'Sanne Jansen',
      },
    });
    expect(office.speaker.standing(key)).toMatchObject({ reminded: 2, askedBy: 'Sanne Jansen' });
  });

  test('that was answered after a reminder is edited and reminds of nothing', async () => {
    const linked = { step: 'linked', login: 'CX_Basecone', reachable: 4, total: 4 } as const;
    await office.activities.tellInvitation({ ...request, reminded: 2, progress: linked });
    expect(office.speaker.keys()).toEqual([key]);
  });

  test('names people, who do not travel through workflows', async () => {
    await office.activities.tellInvitation({ ...request, progress: { step: 'cancelled', by: 'sanne' } });
    expect(office.speaker.standing(key)).toMatchObject({ progress: { by: 'Sanne Jansen' } });
  });
});

/** Nothing had to be decided. */
describe('When people have left the office file', () => {
  test('a channel hears of them by their ids', async () => {
    const incident = await isDisconnected();
    const later = office.process({ office: leftBehind });
    await later.takeUpIncident({ incident, ...tom('a') });
    await later.tellDisconnection({ connectionId, incident });
    await later.remindOfIncident({ connectionId, incident, at: reminderAt, only: null });
    await later.closeIncident({ incident, by: 'tom', how: 'reconnected' });
    await later.tellMended({ connectionId, incident });
    await later.tellChanged({
      connectionId,
      change: 1,
      from: 'tom',
      to: 'petra',
      login,
      formerLogin: login,
      companies: 4,
      weighed: {
        verdict: 'fits',
        lost: 0,
        gained: 0,
        uncertain: 0,
        reachBefore: 4,
        reachAfter: 4,
        superusers: 1,
      },
      approval: { confirmedBy: null, reason: null, agreedBy: null },
    });
    expect(office.speaker.standing(`incident/${incident}/C-office`)).toMatchObject({
      synchronisationUser: 'tom',
      onIt: 'tom',
      mayReconnect: ['Sanne Jansen'],
      ended: { by: 'tom' },
    });
    expect(office.speaker.standing(`changed/${connectionId}/1`)).toMatchObject({ from: 'tom', to: 'petra' });
  });

  test('nobody is there to be told directly, and nothing waits for it', async () => {
    const later: Activities = office.process({ office: leftBehind });
    const asked = { connectionId, person: 'petra', askedBy: 'tom' };
    await later.tellInvitation({
      ...asked,
      invitation: 'set-up',
      purpose: 'set-up',
      reminded: 1,
      progress: { step: 'waiting' },
    });
    await later.tellSetUpNews({ ...asked, news: { kind: 'asked' } });
    const told = { ...asked, from: 'tom', change: 1, current: login };
    await later.tellChangeResult({ ...told, result: { kind: 'lapsed' } });
    expect(office.speaker.all).toEqual([]);
  });
});

test('whoever asked for a set-up is told how it ended in a message of its own, once', async () => {
  const told = { connectionId, person: 'tom', askedBy: 'sanne' };
  const { activities, speaker } = office;
  await activities.tellSetUpNews({ ...told, news: { kind: 'asked' } });
  const end = { kind: 'connected', login: 'CX', companies: 3 } as const;
  for (let once = 0; once < 2; once++) await activities.tellSetUpNews({ ...told, news: end });
  expect(speaker.standing(`set-up-news/${connectionId}`)).toMatchObject({ news: { kind: 'asked' } });
  expect(speaker.standing(`set-up-news/${connectionId}/end`)).toMatchObject({ news: end });
});

describe('The progress of a first synchronisation', () => {
  const round = 1;
  const progress = async () => {
    await office.activities.tellProgress({ connectionId, round, stop: null });
    return office.speaker.standing(`first-sync/${connectionId}`);
  };
  const bringIn = (companies: string[], activities = office.activities) =>
    inTemporal(() => activities.syncCompanies({ connectionId, round, grantId: login.grantId, companies }));

  test('counts a company when all its kinds are in, and is one message', async () => {
    const ids = (await bench.divisions()).map(String);
    expect(await progress()).toMatchObject({ companiesDone: 0, companies: 4, rows: 0, finished: false });
    await bringIn(ids.slice(0, 2));
    let pages = 0;
    const { masterData } = office.store;
    const halfWay = office.process({
      store: {
        ...office.store,
        masterData: {
          ...masterData,
          // The third company gets no further than its first kind.
          storePage: (page) =>
            page.kind !== 'gl-account'
              ? Promise.reject(new Error('killed'))
              : (pages++, masterData.storePage(page)),
        },
      },
    });
    await expect(bringIn(ids.slice(2, 3), halfWay)).rejects.toThrow('killed');
    expect(pages).toBeGreaterThan(0);
    expect(await progress()).toMatchObject({ companiesDone: 2, companies: 4, finished: false });
    await bringIn(ids);
    expect(await progress()).toMatchObject({ companiesDone: 4, finished: true, login: 'CX_Basecone' });
    expect(office.speaker.keys()).toEqual([`first-sync/${connectionId}`]);
  });

  test('comes to its end also without a company that was lost or a right that is missing', async () => {
    const [lost, , partly] = await bench.divisions();
    await bench.turn('remove-company', { user: 'CX_Basecone', division: lost });
    await bench.turn('right', { user: 'CX_Basecone', division: partly, kind: 'item', allowed: false });
    const plan = await inTemporal(() => office.activities.planRound({ connectionId, round }));
    await bringIn(plan.companies);
    expect(await progress()).toMatchObject({ companiesDone: 3, companies: 3, finished: true });
  });

  test('says while the package keeps us waiting', async () => {
    const stop = { kind: 'delayed', reason: 'outage', until: null } as const;
    await office.activities.tellProgress({ connectionId, round, stop });
    expect(office.speaker.standing(`first-sync/${connectionId}`)).toMatchObject({
      finished: false,
      delayed: 'outage',
    });
  });
});
