import { describe, expect, test } from '@jest/globals';
import type { HomeView } from '@slack/types';
import { help } from '../../../bot/messages/help.ts';
import { home } from '../../../bot/messages/home.ts';
import { personalLink } from '../../../bot/messages/personal-link.ts';
import { fault, refusal } from '../../../bot/messages/refusal.ts';
import { shortStatus } from '../../../bot/messages/short-status.ts';
import { overview, status } from '../../../bot/messages/status.ts';
import type { OfficeUser } from '../../../domain/office.ts';
import { subcommands } from '../../../bot/subcommands.ts';
import { connectionFacts, minutesAgo, officeFacts } from '../facts.ts';
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

describe('The status of a connection', () => {
  test('when all is well', () => {
    expect(words(connectionFacts())).toMatchInlineSnapshot(`
     ":large_green_circle: *Exact Online*: Login success
     Synchronisation user: Tom de Vries → CX_Basecone
     12 companies
     1,200 GL accounts · 2,400 relations · 3,600 VAT codes
     Last synchronisation 2 minutes ago (all fine) · next in 1 minute"
    `);
  });
  test('with a name of its own, faults and companies out of reach', () => {
    const facts = connectionFacts({ name: 'Noord', failing: 2, companies: { linked: 12, notReachable: 1 } });
    expect(words(facts)).toMatchInlineSnapshot(`
     ":large_green_circle: *Noord (Exact Online)*: Login success
     Synchronisation user: Tom de Vries → CX_Basecone
     12 companies, 1 of them not reachable
     1,200 GL accounts · 2,400 relations · 3,600 VAT codes
     Last synchronisation 2 minutes ago (2 lists could not be read) · next in 1 minute"
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
    expect(text).toContain('Login success, paused');
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
     Synchronisation user: Tom de Vries → CX_Basecone
     12 companies
     1,200 GL accounts · 2,400 relations · 3,600 VAT codes"
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
    expect(words(connectionFacts({ onlyMender: 'Sanne Jansen' }))).toContain(
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
    expect(message.text).toContain('and 253 more');
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
    expect(help().text).toMatchInlineSnapshot(`
     "*What you can type*
     • \`/syncuser status [connection]\` – how a connection is doing
     • \`/syncuser setup\` – set up a connection with an accounting system (superuser)
     • \`/syncuser change [undo] [connection]\` – choose another synchronisation user, or undo that (superuser)
     • \`/syncuser reconnect [connection]\` – log in again when a connection is disconnected
     • \`/syncuser verify [connection]\` – see what the synchronisation user may read in every company
     • \`/syncuser companies [connection]\` – choose which companies are linked (superuser)
     • \`/syncuser unlink company\` – stop keeping a company up to date; its data stays (superuser)
     • \`/syncuser sync [connection or company] [kind] [full]\` – synchronise now, all or a part of it
     • \`/syncuser changes [connection or company] [since]\` – VAT codes, ledgers, suppliers and bank accounts that are new, closed or changed
     • \`/syncuser pause [connection]\` – stop synchronising until you resume it (superuser)
     • \`/syncuser resume [connection]\` – synchronise again after a pause (superuser)
     • \`/syncuser standin [connection]\` – choose who stands in for the synchronisation user (superuser)
     • \`/syncuser handover [connection]\` – plan who takes over as synchronisation user, and when (superuser)
     • \`/syncuser history [connection]\` – who connected as whom, and what was changed
     • \`/syncuser incidents [month]\` – what broke in a month, and how long it took to mend it
     • \`/syncuser help\` – this list
     \`/syncuser\` alone shows all connections."
    `);
    for (const { name } of subcommands) expect(help().text).toContain(`/syncuser ${name}`);
  });
  test('says what was not understood', () => {
    expect(help({ word: 'verify', nearest: null }).text).toContain('Syncuser does not know “verify”.\n');
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
  });
  expect(message.text).toMatchInlineSnapshot(`
   "*Reconnect Exact Online*
   1. Open the Connect page: <https://syncuser.example.com/connect/abc|https://syncuser.example.com/connect/abc>
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

test('A refusal says why, and a fault gives a reference', () => {
  expect(refusal('Only <you> can.').text).toBe('Only &lt;you&gt; can.');
  expect(fault('0badcafe').text).toContain('nothing was changed');
  expect(fault('0badcafe').text).toContain('`0badcafe`');
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
