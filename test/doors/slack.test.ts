import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  actionIds,
  changeValue,
  deletionValue,
  invitationValue,
  newCompaniesValue,
  slashCommand,
  viewIds,
} from '../../bot/ids.ts';
import { carry } from '../../bot/modals/carried.ts';
import { subcommands } from '../../bot/subcommands.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import { companies, minutesAgo, now, state } from '../bot/facts.ts';
import { everyone, may, slackIdOf, type Group, type Who } from './people.ts';
import { openSlackDoor, type Came, type SlackDoor } from './slack-door.ts';

/** One door: what somebody does, who may, and what it leads to. */
interface Door {
  who: Group;
  /** Null: words are all that comes of it. */
  does: string | null;
  /** What is typed, or the value of the button, or what the modal holds. */
  with?: string | Values;
  /** How the connection is; connected where nothing is said. */
  is?: Partial<ConnectionState>;
  /** What whoever may reads, where words are all that comes of it. */
  says?: string;
}
type Values = Record<string, string>;

const id = 'exact-online-1';
const broken = {
  link: { state: 'disconnected', since: minutesAgo(4), cause: 'consent-withdrawn' },
  incident: 1,
} as const;
const connecting = { link: { state: 'connecting', since: minutesAgo(4) }, login: null } as const;
const former = {
  change: 1,
  person: 'monica',
  login: state().login!,
  changedAt: minutesAgo(9),
  until: new Date(now.getTime() + 3_600_000).toISOString(),
  fate: 'let-go',
  standIn: 'petra',
  standInBefore: 'petra',
} as const;
const handover = {
  from: 'tom',
  to: 'monica',
  by: 'sanne',
  at: '2026-12-24T07:00:00.000Z',
  heardUntil: minutesAgo(9),
};
const aboutChange = changeValue({ connectionId: id, change: 1, loses: false });
const listId = 'list-1';

/** Every command: a new one is not typed before it stands here. */
const commands: Record<string, Door> = {
  '': { who: 'everybody', does: null, says: 'Exact Online' },
  'what is this': { who: 'everybody', does: null, says: 'help' },
  status: { who: 'everybody', does: null, says: 'Exact Online' },
  'status 101': { who: 'everybody', does: null, says: 'Bakkerij' },
  setup: { who: 'superusers', does: 'opens set-up' },
  change: { who: 'superusers', does: 'opens change' },
  'change undo': { who: 'superusers', does: 'undoChange', is: { former } },
  reconnect: { who: 'responders', does: 'link', is: broken },
  verify: { who: 'whoWorksWithConnections', does: 'verify' },
  companies: { who: 'superusers', does: 'opens companies' },
  'unlink 101': { who: 'superusers', does: 'unlinkCompanies' },
  sync: { who: 'whoWorksWithConnections', does: 'syncNow' },
  'sync full': { who: 'superusers', does: 'syncNow' },
  changes: { who: 'whoWorksWithConnections', does: null, says: 'Exact Online' },
  pause: { who: 'superusers', does: 'pause' },
  resume: { who: 'superusers', does: 'resume', is: { pausedBy: 'sanne' } },
  standin: { who: 'superusers', does: 'opens stand-in' },
  handover: { who: 'superusers', does: 'opens handover' },
  history: { who: 'whoWorksWithConnections', does: null, says: 'Exact Online' },
  incidents: { who: 'whoWorksWithConnections', does: null, says: '2026' },
  help: { who: 'everybody', does: null, says: 'What you can type' },
};

/** Every button, by its action id; some carry more than one kind of request. */
const buttons: Record<string, Door | Record<string, Door>> = {
  connect: {
    'for a set-up': {
      who: 'theSynchronisationUser',
      does: 'link',
      with: invitationValue('set-up', id),
      is: connecting,
    },
    'for a change': {
      who: 'theAccountantAlone',
      does: 'link',
      with: invitationValue('change', id),
      is: { changingTo: 'monica' },
    },
    'to mend it': { who: 'responders', does: 'link', with: invitationValue('reconnect', id), is: broken },
    'an own login': {
      who: 'theAccountantAlone',
      does: 'link',
      with: invitationValue('personal', id, 'monica'),
    },
    'the login of an automation': {
      who: 'superusers',
      does: 'link',
      with: invitationValue('personal', id, 'robot2'),
    },
  },
  disconnect: {
    'an own login': {
      who: 'theAccountantAlone',
      does: 'unlinkPerson',
      with: invitationValue('personal', id, 'monica'),
    },
    'the login of an automation': {
      who: 'superusers',
      does: 'unlinkPerson',
      with: invitationValue('personal', id, 'robot2'),
    },
  },
  reconnect: { who: 'responders', does: 'link', is: broken },
  'take-up': { who: 'responders', does: 'acknowledge', is: broken },
  'take-up-all': { who: 'responders', does: 'acknowledge', is: broken },
  snooze: { who: 'responders', does: 'opens snooze', is: broken },
  'snooze-all': { who: 'responders', does: 'opens snooze', is: broken },
  why: { who: 'everybody', does: 'opens undefined', is: broken },
  'send-to-ict': { who: 'responders', does: 'opens send-to-ict', is: broken },
  'start-with-all': {
    'of a set-up': { who: 'responders', does: 'chooseCompanies', is: connecting },
    later: { who: 'superusers', does: 'chooseCompanies' },
  },
  'choose-companies': {
    'of a set-up': { who: 'responders', does: 'opens companies', is: connecting },
    later: { who: 'superusers', does: 'opens companies' },
  },
  'add-companies': { who: 'superusers', does: 'chooseCompanies', with: newCompaniesValue(id, ['id-103']) },
  'cancel-invitation': { who: 'theAskedAndSuperusers', does: 'cancelInvitation', is: connecting },
  'confirm-change': { who: 'superusers', does: 'decideChange', with: aboutChange },
  'agree-to-change': { who: 'superusers', does: 'decideChange', with: aboutChange },
  'decline-change': { who: 'superusers', does: 'decideChange', with: aboutChange },
  'undo-change': { who: 'superusers', does: 'undoChange', is: { former } },
  handover: { who: 'superusers', does: 'opens handover' },
  'cancel-handover': { who: 'superusers', does: 'cancelHandover', is: { handover } },
  'stand-in': { who: 'superusers', does: 'opens stand-in' },
  'set-up': { who: 'superusers', does: 'opens set-up' },
  change: { who: 'superusers', does: 'opens change' },
  'sync-now': { who: 'whoWorksWithConnections', does: 'syncNow' },
  pause: { who: 'superusers', does: 'pause' },
  resume: { who: 'superusers', does: 'resume', is: { pausedBy: 'sanne' } },
  'confirm-deletions': { who: 'superusers', does: 'decideDeletions', with: deletionValue(id, 1) },
  'keep-rows': { who: 'superusers', does: 'decideDeletions', with: deletionValue(id, 1) },
  'show-all': { who: 'everybody', does: 'opens whole-list', with: listId },
  // Opens an address in the browser; nothing of ours is asked.
  'open-link': { who: 'everybody', does: null, says: '' },
};

const metadata = carry({ responseUrl: null, channel: 'C0OFFICE' }, id);
/** Every modal that can be submitted, with what is filled in. */
const views: Record<string, Door | Record<string, Door>> = {
  'set-up': {
    who: 'superusers',
    does: 'setUp',
    with: { 'synchronisation-user': 'tom', name: 'Another', 'accounting-system': 'exact-online' },
  },
  change: {
    who: 'superusers',
    does: 'changeSynchronisationUser',
    with: { 'synchronisation-user': 'monica', 'former-login': 'let-go' },
  },
  'confirm-change': { who: 'superusers', does: 'decideChange', with: { reason: 'They leave.' } },
  handover: {
    who: 'superusers',
    does: 'planHandover',
    with: { 'synchronisation-user': 'monica', date: '2026-12-24' },
  },
  companies: {
    'of a set-up': { who: 'responders', does: 'chooseCompanies', is: connecting, with: {} },
    later: { who: 'superusers', does: 'chooseCompanies', with: { 'companies-1': 'id-103' } },
  },
  'stand-in': { who: 'superusers', does: 'setStandIn', with: { 'stand-in': 'monica' } },
  snooze: {
    who: 'responders',
    does: 'snooze',
    is: broken,
    with: { until: '2026-11-24T07:30:00.000Z', whose: 'everybody' },
  },
  'send-to-ict': { who: 'responders', does: 'link', is: broken, with: { name: 'Piet Bos' } },
  'whole-list': { who: 'everybody', does: 'turns', with: {} },
};

let door: SlackDoor;
let revision = 0;
let count = 0;

beforeAll(async () => {
  door = await openSlackDoor();
  const listing = companies(3).map((one) => ({
    ...one,
    externalId: `id-${one.code}`,
    status: 'reachable' as const,
  }));
  await door.store.companies.recordListing(id, listing, { complete: true });
  await door.store.companies.link(id, ['id-101', 'id-102']);
  await door.store.incidents.open(id, broken.link.cause, broken.link.since);
  await door.store.wholeLists.keep({ id: listId, lines: ['one', 'two'] });
});
afterAll(() => door.close());
beforeEach(() => have({}));

const have = (more: Partial<ConnectionState>) =>
  door.store.connections.save(state({ standInId: 'petra', revision: ++revision, ...more }));

const base = () => ({ trigger_id: `trigger-${++count}` });
const typing = (slackUser: string, text: string) =>
  door.send({
    ...base(),
    command: slashCommand,
    text,
    user_id: slackUser,
    channel_id: 'C0OFFICE',
    channel_name: 'office',
    user_name: 'x',
    team_domain: 'doors',
  });
const clicking = (slackUser: string, actionId: string, value: string) =>
  door.send({
    ...base(),
    type: 'block_actions',
    user: { id: slackUser },
    channel: { id: 'C0OFFICE' },
    message: { ts: '1.1' },
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value }],
  });
const submitting = (slackUser: string, callbackId: string, filledIn: Values, carried = metadata) =>
  door.send({
    ...base(),
    type: 'view_submission',
    user: { id: slackUser },
    view: {
      id: `V${count}`,
      type: 'modal',
      callback_id: callbackId,
      private_metadata: carried,
      blocks: Object.entries(filledIn).map(([block, value]) => ({
        ...{ type: 'input', block_id: block },
        element: { action_id: block, options: [{ value }] },
      })),
      state: {
        values: Object.fromEntries(
          Object.entries(filledIn).map(([block, value]) => [
            block,
            {
              [block]: {
                value,
                selected_date: value,
                selected_option: { value },
                selected_options: [{ value }],
              },
            },
          ]),
        ),
      },
    },
  });

const refusals =
  /Only (a|the|superusers) |invitation is for|does not know you|marked as having left|Everybody links only their own/;

/** Whoever may gets what the door leads to; whoever may not reads why, and nothing else happens. */
function judge(came: Came, { who, does, says }: Door, person: Who): void {
  expect(came.faults).toEqual([]);
  if (may(who, person)) {
    expect(came.words).not.toMatch(refusals);
    if (does === null) expect(came.words).toContain(says);
    else expect(came.effects).toContain(does);
    return;
  }
  expect(came.words).toMatch(refusals);
  expect(came.effects.filter((effect) => effect !== 'shows home')).toEqual([]);
}

/** The doors of a row, each by a name of its own. */
const cells = (doors: Record<string, Door | Record<string, Door>>): [string, string, Door][] =>
  Object.entries(doors).flatMap(([name, row]): [string, string, Door][] =>
    isDoor(row) ? [[name, '', row]] : Object.entries(row).map(([kind, one]) => [name, kind, one]),
  );
const isDoor = (row: Door | Record<string, Door>): row is Door => 'does' in row;

describe('every command', () => {
  test.each(Object.entries(commands))('/syncuser %s', async (text, row) => {
    for (const who of everyone) {
      await have(row.is ?? {});
      judge(await typing(slackIdOf(who), text), row, who);
    }
  });

  test('has a row', () => {
    const typed = new Set(Object.keys(commands).map((text) => text.split(' ')[0]));
    expect(subcommands.map(({ name }) => name).filter((name) => !typed.has(name))).toEqual([]);
  });
});

describe('every button', () => {
  test.each(cells(buttons))('%s %s', async (actionId, _, row) => {
    for (const who of everyone) {
      await have(row.is ?? {});
      const came = await clicking(slackIdOf(who), actionId, typeof row.with === 'string' ? row.with : id);
      if (actionId === actionIds.openLink) expect(came).toEqual({ effects: [], words: '', faults: [] });
      else judge(came, row, who);
    }
  });

  test('has a row', () => {
    expect(Object.keys(buttons).toSorted()).toEqual(Object.values<string>(actionIds).toSorted());
  });

  test('with a value that is not ours is refused in words, and asks for nothing', async () => {
    const forged = ['', 'x', '{}', '[]', 'null', '\u0000', 'a'.repeat(3_000), '\ud800', '"', '__proto__'];
    const forgedJson = [
      { connectionId: '\u0000', purpose: 'set-up', question: 1, companies: [], change: 1, loses: false },
      { connectionId: id, purpose: 'other', question: 2 ** 40, companies: ['\u0000'], change: -1, loses: 0 },
      { connectionId: { $ne: 1 }, purpose: ['set-up'], question: '1', companies: 'all', change: 1e99 },
    ];
    for (const actionId of Object.values(actionIds)) {
      if (actionId === actionIds.openLink || actionId === actionIds.setUp) continue;
      for (const value of [...forged, ...forgedJson.map((one) => JSON.stringify(one))]) {
        const came = await clicking(slackIdOf('superuser'), actionId, value);
        expect({ actionId, value, ...came, words: came.words !== '' }).toEqual({
          ...{ actionId, value, effects: [], faults: [] },
          words: true,
        });
      }
    }
  });
});

describe('every modal', () => {
  const carriedBy: Record<string, string> = {
    'confirm-change': JSON.stringify({ ...(JSON.parse(metadata) as object), change: 1 }),
    'whole-list': JSON.stringify({
      ...{ responseUrl: null, channel: null, connectionId: null, all: false },
      ...{ list: listId, page: 1 },
    }),
  };

  test.each(cells(views))('%s %s', async (callbackId, _, row) => {
    for (const who of everyone) {
      await have(row.is ?? {});
      const filledIn = typeof row.with === 'object' ? row.with : {};
      const came = await submitting(slackIdOf(who), callbackId, filledIn, carriedBy[callbackId]);
      judge(came, row, who);
    }
  });

  test('has a row', () => {
    expect(Object.keys(views).toSorted()).toEqual(Object.values<string>(viewIds).toSorted());
  });

  test('that carries what is not ours is refused in words, and asks for nothing', async () => {
    const forged = [
      '',
      '{}',
      'null',
      JSON.stringify({ ...(JSON.parse(metadata) as object), connectionId: 7 }),
    ];
    for (const callbackId of Object.values(viewIds))
      for (const carried of forged) {
        if (callbackId === viewIds.setUp) continue;
        const row = cells(views).find(([name]) => name === callbackId)![2];
        const came = await submitting(slackIdOf('superuser'), callbackId, row.with as Values, carried);
        expect({ callbackId, carried, ...came, words: came.words !== '' }).toEqual({
          ...{ callbackId, carried, effects: [], faults: [] },
          words: true,
        });
      }
  });
});

describe('the screens nobody asks a question on', () => {
  const event = (more: Record<string, unknown>) =>
    door.send({ type: 'event_callback', event_id: `E${++count}`, event: { ts: `${count}.1`, ...more } });

  test.each(everyone)('home, a mention and a direct message of a %s', async (who) => {
    const user = slackIdOf(who);
    const home = await event({ type: 'app_home_opened', tab: 'home', user, channel: 'D0' });
    const mention = await event({ type: 'app_mention', user, channel: 'C0OFFICE', text: 'hello' });
    const spoken = await event({ type: 'message', channel_type: 'im', user, channel: 'D0', text: 'hello' });
    for (const { words, faults } of [home, mention, spoken]) {
      expect(faults).toEqual([]);
      if (may('everybody', who)) expect(words).toContain('Exact Online');
      else {
        expect(words).toMatch(refusals);
        expect(words).not.toContain('Exact Online');
      }
    }
  });
});

describe('whoever left the office, while the connection leans on them,', () => {
  test.each([
    ['reconnect', 'link'],
    ['take-up', 'acknowledge'],
  ])('may still mend it: %s', async (actionId, does) => {
    await have({ ...broken, synchronisationUserId: 'joost' });
    expect((await clicking(slackIdOf('left'), actionId, id)).effects).toContain(does);
  });
});
