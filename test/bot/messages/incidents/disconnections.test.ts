import { describe, expect, test } from '@jest/globals';
import type {
  BrokenConnection,
  Disconnections,
  MendRequest,
} from '../../../../domain/announcements/incidents.ts';
import { inWords } from '../../in-words.ts';
import { actionsOf, staysWithinLimits } from '../drawn.ts';

const since = '2026-11-23T09:56:00.000Z';
const connections = (amount: number): BrokenConnection[] =>
  Array.from({ length: amount }, (_, index) => ({
    connectionId: `c${index + 1}`,
    name: `Vestiging ${index + 1}`,
    login: `CX_${index + 1}`,
    cause: 'user-blocked',
    onIt: null,
    again: null,
    ended: null,
  }));
const facts = (amount: number, more: Partial<Disconnections> = {}): Disconnections => ({
  what: 'disconnections',
  systemName: 'Exact Online',
  since,
  companies: 7,
  connections: connections(amount),
  mayReconnect: ['Tom de Vries', 'Sanne Jansen'],
  snoozed: null,
  ...more,
});
const ended = { by: 'Tom de Vries', at: '2026-11-23T10:00:00.000Z', how: 'reconnected' } as const;
const reconnectButtons = (announcement: Disconnections) =>
  inWords(announcement).blocks.filter((block) => block.type === 'section' && block.accessory).length;

test('Whoever is on it reads so, and is not asked to be on it instead', () => {
  const request: MendRequest = {
    what: 'mend-request',
    connectionId: 'c1',
    connectionName: 'Vestiging',
    systemName: 'Exact Online',
    cause: 'user-blocked',
    login: 'CX',
    as: 'superusers',
    synchronisationUser: 'Tom de Vries',
    since,
    companies: 2,
    onIt: 'Sanne Jansen',
    isYours: true,
    snoozed: null,
    again: null,
    ended: null,
  };
  expect(actionsOf(inWords(request))).toEqual(['Reconnect', 'Snooze…', 'Why?']);
  expect(inWords(request).text).toContain(':eyes: You are on it.');
  expect(inWords({ ...request, isYours: false }).text).toContain(':eyes: Sanne Jansen is on it.');
  expect(actionsOf(inWords({ ...request, isYours: false }))).toContain('I’m on it instead');
});

describe('Connections that broke together', () => {
  test('are not said to have the same cause when one broke again for another', () => {
    const [first, second] = connections(2);
    const message = inWords(facts(2, { connections: [first!, { ...second!, cause: 'consent-withdrawn' }] }));
    expect(message.text).not.toContain('the same for each');
    expect(message.text).toContain('*Vestiging 1* as CX_1: the login is blocked in Exact Online');
    expect(message.text).toContain(
      '*Vestiging 2* as CX_2: the consent of the login was withdrawn in Exact Online',
    );
    expect(message.text).toContain('Ask an administrator of Exact Online to unblock');
    expect(message.text).toContain('Click Reconnect and log in to Exact Online');
  });

  test('are one message, in which each has its own button', () => {
    const message = inWords(facts(2));
    expect(message.text).toMatchInlineSnapshot(`
     ":red_circle: *2 connections with Exact Online are disconnected* since <!date^1795427760^{date_short_pretty} at {time}|2026-11-23 09:56 UTC>
     *Why:* the login is blocked in Exact Online; it is the same for each of them.
     *What it means:* no document of 7 companies behind them can be booked until they are connected again.
     *Next step:* Ask an administrator of Exact Online to unblock the login (user management), then click Reconnect.
     This can be done by Tom de Vries or Sanne Jansen.
     • *Vestiging 1* as CX_1
     • *Vestiging 2* as CX_2"
    `);
    expect(reconnectButtons(facts(2))).toBe(2);
    expect(actionsOf(message)).toEqual(['I’m on it', 'Snooze…', 'Why?']);
  });

  test('are named up to fifteen, which fits into a message of Slack', () => {
    const message = inWords(facts(200));
    expect(reconnectButtons(facts(200))).toBe(15);
    expect(message.text).toContain('and 185 more');
    staysWithinLimits(message);
  });

  test('lose their line when they are mended, and say who is on the others', () => {
    const [one, two, three] = connections(3) as [BrokenConnection, BrokenConnection, BrokenConnection];
    const some = facts(3, { connections: [{ ...one, ended }, { ...two, onIt: 'Sanne Jansen' }, three] });
    const { text } = inWords(some);
    expect(text).toContain('*2 connections with Exact Online are disconnected*');
    expect(text).toContain('1 of 3 is connected again');
    expect(text).toContain('• *Vestiging 2* as CX_2 – Sanne Jansen is on it\n• *Vestiging 3* as CX_3');
    expect(text).not.toContain('Vestiging 1');
  });

  test('are one green message when all are mended', () => {
    const mended = facts(2, { connections: connections(2).map((one) => ({ ...one, ended })) });
    expect(inWords(mended).text).toMatchInlineSnapshot(`
     ":large_green_circle: *All 2 connections with Exact Online* are connected again after 4 minutes.
     They were disconnected since <!date^1795427760^{date_short_pretty} at {time}|2026-11-23 09:56 UTC>, because the login is blocked in Exact Online. Mended by Tom de Vries."
    `);
    expect(actionsOf(inWords(mended))).toEqual([]);
  });

  test('are called by its name where it is one: in a channel that only one of them hits, or when the others are mended', () => {
    expect(inWords(facts(1, { companies: 1 })).text).toMatchInlineSnapshot(`
     ":red_circle: *Vestiging 1 is disconnected* since <!date^1795427760^{date_short_pretty} at {time}|2026-11-23 09:56 UTC>
     *Why:* the login is blocked in Exact Online.
     *What it means:* no document of the company behind it can be booked until it is connected again.
     *Next step:* Ask an administrator of Exact Online to unblock the login (user management), then click Reconnect.
     This can be done by Tom de Vries or Sanne Jansen.
     • *Vestiging 1* as CX_1"
    `);
    const [one, two] = connections(2) as [BrokenConnection, BrokenConnection];
    expect(inWords(facts(2, { connections: [{ ...one, ended }, two] })).text).toMatch(
      /^:red_circle: \*Vestiging 2 is disconnected\* since/,
    );
    expect(inWords(facts(1, { connections: [{ ...one, ended }] })).text).toMatchInlineSnapshot(`
     ":large_green_circle: *Vestiging 1* is connected again after 4 minutes.
     It was disconnected since <!date^1795427760^{date_short_pretty} at {time}|2026-11-23 09:56 UTC>, because the login is blocked in Exact Online. Mended by Tom de Vries."
    `);
  });

  test('are each named where they are told, as many as a notification holds, for an edit calls nobody', () => {
    const names = Array.from({ length: 24 }, (_, index) => `Vestiging ${index + 1} BV`);
    const shown = inWords(
      facts(24, { connections: connections(24).map((one, index) => ({ ...one, name: names[index]! })) }),
    ).text;
    const line = inWords({ what: 'incident-note', note: { kind: 'more', names }, about: [] }).text;
    const asked = { what: 'mend-reminder', connectionName: null, connections: 24, openForMs: 0 } as const;
    const request = inWords({ ...asked, more: names }).text;
    for (const told of [shown, line, request]) for (const name of names) expect(told).toContain(name);
    expect(shown).toContain('and 9 more: Vestiging 16 BV');
    expect(request).toMatch(/Vestiging 23 BV and Vestiging 24 BV are disconnected as well\./);
    for (const none of [
      inWords({ what: 'incident-note', note: { kind: 'more', names: [] }, about: [] }),
      inWords({ ...asked, more: [] }),
    ])
      expect(none.text).toBe('What broke as well is connected again meanwhile.');
    const long = names.map((name) => `${name} ${'x'.repeat(140)}`);
    expect(inWords({ what: 'incident-note', note: { kind: 'more', names: long }, about: [] }).text).toMatch(
      /and 17 others\* are disconnected as well/,
    );
  });

  test('are reminded of and noted in the thread by how many and which they are', () => {
    const reminder = {
      what: 'mend-reminder',
      connectionName: null,
      openForMs: 3_600_000,
    } as const;
    expect(inWords({ ...reminder, connections: 12 }).text).toBe(
      '12 connections are still disconnected, for 1 hour now. Click Reconnect above, or say that you are on it.',
    );
    const note = { kind: 'taken-up', by: 'Tom' } as const;
    expect(inWords({ what: 'incident-note', note, about: ['A', 'B'] }).text).toBe('*A and B:* Tom is on it.');
    expect(inWords({ what: 'incident-note', note, about: ['A', 'B', 'C', 'D'] }).text).toBe(
      '*4 connections:* Tom is on it.',
    );
    const still = { open: 1, all: 4 };
    const reminded = {
      kind: 'reminder' as const,
      openForMs: 60_000,
      asked: [{ name: 'Tom', slackUser: 'U1' }],
      still,
    };
    expect(inWords({ what: 'incident-note', note: reminded }).text).toContain(
      'Still disconnected: 1 of 4 connections, for 1 minute now.',
    );
  });
});
