import { describe, expect, test } from '@jest/globals';
import type { HomeView } from '@slack/types';
import { help, notUnderstood } from '../../../bot/messages/offices/help.ts';
import { home } from '../../../bot/messages/offices/home.ts';
import { personalLink } from '../../../bot/messages/logins/personal-link.ts';
import { fault, refusal } from '../../../bot/messages/refusal.ts';
import { shortStatus } from '../../../bot/messages/connections/short-status.ts';
import { overview, status } from '../../../bot/messages/connections/status.ts';
import type { OfficeUser } from '../../../domain/offices/office.ts';
import { subcommands } from '../../../bot/subcommands.ts';
import { bookingOf, connectionFacts, minutesAgo, officeFacts, state } from '../facts.ts';
import { actionsOf, staysWithinLimits } from './drawn.ts';

const sanne: OfficeUser = { id: 'sanne', name: 'Sanne Jansen', slackUserId: 'U1', roles: ['superuser'] };
const tom: OfficeUser = { id: 'tom', name: 'Tom de Vries', slackUserId: 'U2', roles: ['accountant'] };
const noor: OfficeUser = { id: 'noor', name: 'Noor Bakker', slackUserId: 'U3', roles: ['submitter'] };

const broken = connectionFacts(
  { statusWord: 'Disconnected', onIt: 'Sanne Jansen' },
  { link: { state: 'disconnected', since: minutesAgo(4), cause: 'consent-withdrawn' }, nextSyncAt: null },
);
const waiting = connectionFacts(
  { statusWord: 'Waiting for login', login: null },
  { link: { state: 'connecting', since: minutesAgo(61) }, login: null },
);
const words = (...connections: Parameters<typeof officeFacts>[0]) => status(officeFacts(connections)).text;

describe('Whom Slack does not let us reach', () => {
  const since = minutesAgo(9);
  const unreachable = [
    { recipient: 'C0NORTH', kind: 'channel', code: 'not_in_channel', since, name: 'North' },
    { recipient: 'U0TOM', kind: 'person', code: 'user_disabled', since, name: 'Tom de Vries' },
    { recipient: 'slack/channels', kind: 'installation', code: 'token_revoked', since, name: null },
  ] as const;
  const facts = { ...officeFacts([connectionFacts()]), unreachable: [...unreachable] };

  test('stands in status and on App Home until it is mended, with what mends it', () => {
    const { text } = overview(facts);
    expect(text).toContain('cannot reach the channel of North (<#C0NORTH>) in Slack');
    expect(text).toContain('Type `/invite @Syncuser` in that channel.');
    expect(text).toContain('cannot reach Tom de Vries in Slack');
    expect(text).toContain('Slack takes nothing from Syncuser');
    const shown = JSON.stringify(home(facts, tom));
    for (const name of ['North', 'Tom de Vries', 'token_revoked']) expect(shown).toContain(name);
    expect(JSON.stringify(home({ ...facts, unreachable: [] }, tom))).not.toContain('cannot reach');
  });
});

describe('The status of a connection', () => {
  test('when all is well', () => {
    expect(words(connectionFacts())).toMatchInlineSnapshot(`
     ":large_green_circle: *Exact Online*: Connected
     Documents can be booked.
     Synchronisation user: Tom de Vries → CX_Basecone
     12 companies
     1,200 GL accounts · 2,400 relations · 3,600 bank accounts
     Last synchronisation 2 minutes ago (all fine) · next in 1 minute"
    `);
  });
  test('with a name of its own, faults and companies out of reach', () => {
    const booking = bookingOf(state(), ['no-access']);
    const facts = connectionFacts({ name: 'Noord', failing: 2, booking });
    expect(words(facts)).toMatchInlineSnapshot(`
     ":large_yellow_circle: *Noord (Exact Online)*: Connected
     Documents of 11 of 12 companies can be booked; not of 101 Bakkerij 1 B.V. (the synchronisation user has no access).
     Synchronisation user: Tom de Vries → CX_Basecone
     12 companies
     1,200 GL accounts · 2,400 relations · 3,600 bank accounts
     Last synchronisation 2 minutes ago (11 of 12 fine, 2 lists could not be read) · next in 1 minute"
    `);
  });
  test('while it waits for a slow package', () => {
    const delayed = { state: 'delayed', reason: 'outage', since: minutesAgo(5), until: null } as const;
    expect(words(connectionFacts({}, { health: delayed }))).toContain(
      'it does not answer. Nothing to do for you; it goes on by itself.',
    );
  });
  test('while it is paused', () => {
    const text = words(connectionFacts({ pausedBy: 'Sanne Jansen' }, { pausedBy: 'sanne' }));
    expect(text).toContain('Connected, paused');
    expect(text).toContain('Paused by Sanne Jansen.');
    expect(text).not.toContain('next in');
  });
  test('while it waits for the first login', () => {
    expect(words(waiting)).toMatchInlineSnapshot(`
     ":white_circle: *Exact Online*: Waiting for login
     Waiting for Tom de Vries to log in to Exact Online, asked by Sanne Jansen 1 hour ago."
    `);
  });
  test('while it is disconnected', () => {
    expect(words(broken)).toMatchInlineSnapshot(`
     ":red_circle: *Exact Online*: Disconnected
     Since <!date^1795427760^{date_short_pretty} at {time}|2026-11-23 09:56 UTC> (4 minutes), because the consent of CX_Basecone was withdrawn in Exact Online.
     Click Reconnect and log in to Exact Online as CX_Basecone. Sanne Jansen or Tom de Vries can do this; Sanne Jansen is on it. Without the button: \`/syncuser reconnect\`.
     Documents of its companies cannot be booked.
     Synchronisation user: Tom de Vries → CX_Basecone
     12 companies
     1,200 GL accounts · 2,400 relations · 3,600 bank accounts"
    `);
  });
  test('while a round is under way, and while somebody else was asked to take over', () => {
    const text = words(connectionFacts({ changingTo: 'Petra Peeters' }, { syncingSince: minutesAgo(1) }));
    expect(text).toContain('synchronising now');
    expect(text).toContain('(Petra Peeters was asked to take over)');
  });
  test('when somebody it leans on left the office', () => {
    const left = connectionFacts({ leaving: ['synchronisation-user', 'stand-in'], standIn: 'Petra Peeters' });
    expect(words(left)).toContain(
      ':warning: Tom de Vries left the office. It goes on with CX_Basecone until a successor is verified: `/syncuser change` now, or `/syncuser handover`',
    );
    expect(words(left)).toContain('Stand-in: Petra Peeters (left the office; choose somebody else)');
  });
  test('when one person only could mend it', () => {
    expect(words(connectionFacts({ onlyResponder: 'Sanne Jansen' }))).toContain(
      'Only Sanne Jansen could mend this connection. Choose a stand-in',
    );
  });
  test('when the next round is overdue: the engine does not answer', () => {
    expect(words(connectionFacts({ overdue: true }))).toContain(
      'The sync engine of Syncuser does not answer',
    );
  });
});

describe('The overview', () => {
  test('says who can begin when there is nothing yet', () => {
    expect(overview(officeFacts([])).text).toMatchInlineSnapshot(`
     "There is no connection with an accounting system yet. Sanne Jansen can set one up with \`/syncuser setup\`.
     Type \`/syncuser help\` to see everything you can do."
    `);
  });
  test('stays within what Slack takes with 300 connections', () => {
    const message = overview(officeFacts(Array.from({ length: 300 }, () => broken)));
    staysWithinLimits(message);
    const drawn = JSON.stringify(message.blocks);
    const shown = drawn.split('*Exact Online*: Disconnected').length - 1;
    expect(shown).toBeGreaterThan(5);
    expect(drawn).toContain(`and ${300 - shown} more: type`);
    expect(message.whole?.lines.filter((line) => line.includes('*Exact Online*: Disc'))).toHaveLength(300);
  });
});

describe('The short status', () => {
  test('says whether documents can be booked', () => {
    expect(shortStatus(officeFacts([connectionFacts(), broken, waiting])).text).toMatchInlineSnapshot(`
     ":large_green_circle: *Exact Online* is connected. Documents can be booked.
     :red_circle: *Exact Online is disconnected* since <!date^1795427760^{date_short_pretty} at {time}|2026-11-23 09:56 UTC>: the consent of CX_Basecone was withdrawn in Exact Online.
     Documents of its companies cannot be booked. Sanne Jansen or Tom de Vries can reconnect it; Sanne Jansen is on it.
     :white_circle: *Exact Online* is not connected yet."
    `);
  });
  test('of nothing', () => {
    expect(shortStatus(officeFacts([])).text).toBe('No accounting system is connected yet.');
  });
});

describe('Help', () => {
  test('lists every subcommand', () => {
    expect(JSON.stringify(help(sanne).blocks)).toContain('/syncuser sync Exact Online 101');
    expect(help(sanne).text).toMatchInlineSnapshot(`
     "*What you can type*
     • \`/syncuser status [connection or company]\` – how a connection is doing, or whether documents of a company can be booked
     • \`/syncuser setup\` – set up a connection with an accounting system
     • \`/syncuser change [undo] [connection]\` – choose another synchronisation user, or undo that
     • \`/syncuser reconnect [connection]\` – log in again when a connection is disconnected
     • \`/syncuser verify [connection]\` – see what the synchronisation user may read in every company
     • \`/syncuser companies [connection]\` – see which companies are brought in, and add or remove some
     • \`/syncuser unlink company\` – stop keeping a company up to date; its data stays
     • \`/syncuser sync [connection or company] [kind] [full]\` – synchronise now, all or a part of it
     • \`/syncuser changes [connection or company] [since]\` – VAT codes, ledgers, suppliers and bank accounts that are new, closed or changed
     • \`/syncuser pause [connection]\` – stop synchronising until you resume it
     • \`/syncuser resume [connection]\` – synchronise again after a pause
     • \`/syncuser standin [connection]\` – choose who stands in for the synchronisation user
     • \`/syncuser handover [connection]\` – plan who takes over as synchronisation user, and when
     • \`/syncuser history [connection]\` – who connected as whom, and what was changed
     • \`/syncuser incidents [month]\` – what broke in a month, and how long it took to mend it
     • \`/syncuser help\` – this list
     …"
    `);
    for (const { name } of subcommands) expect(help(sanne).text).toContain(`/syncuser ${name}`);
  });
  test('shows nobody what only others may do', () => {
    expect(help(tom).text).toContain('/syncuser verify');
    expect(help(tom).text).not.toContain('/syncuser pause');
    expect(help(noor).text).toContain('/syncuser status');
    expect(help(noor).text).not.toContain('/syncuser verify');
  });
  test('is one line about a word that was not understood', () => {
    expect(notUnderstood({ word: 'stauts', nearest: 'status' }).text).toBe(
      'Syncuser does not know “stauts”. Did you mean `/syncuser status`? `/syncuser help` shows all you can type.',
    );
    expect(notUnderstood({ word: 'x', nearest: null }).text).toContain(
      'Syncuser does not know “x”. `/syncuser help`',
    );
  });
});

test('A personal link says how to use it and how long', () => {
  const message = personalLink({
    url: 'https://syncuser.example.com/connect/abc',
    expiresAt: '2026-11-23T10:30:00.000Z',
    purpose: 'reconnect',
    connectionId: 'exact-online-1',
    connectionName: 'Exact Online',
    systemName: 'Exact Online',
    login: 'CX_Basecone',
    hasLoginPage: true,
  });
  expect(message.text).toMatchInlineSnapshot(`
   "*Reconnect Exact Online*
   1. <https://syncuser.example.com/connect/abc|Open the Connect page>
   2. Log in to Exact Online as CX_Basecone. If another login is open there in this browser, log out first.
   The link is only for you, works once, and is valid for 30 minutes, until <!date^1795429800^{time}|10:30 UTC>."
  `);
  expect(message.blocks.at(-1)).toMatchObject({
    elements: [
      { url: 'https://syncuser.example.com/connect/abc', text: { text: 'Open the Connect page' } },
      { value: 'exact-online-1', text: { text: 'Send to ICT…' } },
    ],
  });
});

test('A personal link asks nobody to log out of a package that has no login page', () => {
  const facts = {
    url: 'https://syncuser.example.com/connect/abc',
    expiresAt: '2026-11-23T10:30:00.000Z',
    ...{ connectionId: 'tryton-1', connectionName: 'Tryton', systemName: 'Tryton', login: 'cx_basecone' },
  };
  for (const purpose of ['set-up', 'reconnect', 'change', 'personal'] as const) {
    expect(personalLink({ ...facts, purpose, hasLoginPage: true }).text).toContain('log out first');
    expect(personalLink({ ...facts, purpose, hasLoginPage: false }).text).not.toContain('log out');
  }
  const [first] = personalLink({ ...facts, purpose: 'reconnect', hasLoginPage: false }).blocks;
  expect(JSON.stringify(first)).toContain(
    '1. <https://syncuser.example.com/connect/abc|Open the Connect page>',
  );
});

test('A refusal says why, and a fault gives a reference', () => {
  expect(refusal('Only <you> can.').text).toBe('Only &lt;you&gt; can.');
  expect(fault('0badcafe', { mayBeDone: false }).text).toContain('nothing was changed');
  expect(fault('0badcafe', { mayBeDone: false }).text).toContain('`0badcafe`');
});

describe('App Home', () => {
  const drawn = (view: HomeView) =>
    (view.blocks as { type: string; text?: { text: string } }[])
      .map((block) => block.text?.text ?? (block.type === 'actions' ? '' : block.type))
      .concat(actionsOf({ blocks: view.blocks as never }).map((text) => `[${text}]`));

  test('of a superuser while something is disconnected', () => {
    expect(drawn(home(officeFacts([broken, connectionFacts()]), sanne))).toMatchSnapshot();
  });
  test('of an accountant', () => {
    expect(drawn(home(officeFacts([connectionFacts()]), tom))).toMatchSnapshot();
  });
  test('of somebody who only books documents', () => {
    expect(drawn(home(officeFacts([broken]), noor))).toMatchSnapshot();
  });
  test('before there is anything', () => {
    expect(drawn(home(officeFacts([]), sanne))).toMatchSnapshot();
    expect(drawn(home(officeFacts([]), tom)).join()).toContain('Sanne Jansen can set one up.');
  });
  test('lets a superuser cancel a change that waits for somebody', () => {
    const changing = connectionFacts({ changingTo: 'Petra Peeters' }, { changingTo: 'petra' });
    const screen = drawn(home(officeFacts([changing]), sanne)).join();
    expect(screen).toContain('Cancel the change');
    expect(screen).not.toContain('Change synchronisation user');
  });
  test('stays within what Slack takes with 300 connections', () => {
    const view = home(officeFacts(Array.from({ length: 300 }, () => broken)), sanne);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
  });
});
