import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { actionIds, slashCommand, viewIds } from '../../bot/ids.ts';
import { carry } from '../../bot/modals/carried.ts';
import { subcommands } from '../../bot/subcommands.ts';
import { companies, state } from '../bot/facts.ts';
import { nastyText, nastyValue, patienceMs, runs, tell } from './nasty.ts';
import { everyone, slackIdOf, type Who } from './people.ts';
import { everyRow } from './rows.ts';
import { openSlackDoor, type SlackDoor } from './slack-door.ts';

/**
 * What stands in a button or a modal comes back through the client of whoever wants it otherwise: never an error of ours,
 * never a row, nothing done for whoever may not, and nothing done by a value that is not ours. `npm test` takes a few seconds
 * for it; `FUZZ=14000 npm test -- test/doors/fuzz` is the full size, 3,000 forgeries (nasty.ts).
 */
const id = 'exact-online-1';
let door: SlackDoor;
beforeAll(async () => {
  door = await openSlackDoor();
  const listing = companies(3).map((one) => ({
    ...{ ...one, externalId: `id-${one.code}`, status: 'reachable' as const },
  }));
  await door.store.companies.recordListing(id, listing, { complete: true });
  await door.store.companies.link(id, ['id-101', 'id-102']);
  await door.store.connections.save(state({ standInId: 'petra', revision: 1 }));
});
afterAll(() => door.close());

const carriedParts = fc.constantFrom(
  ...['connectionId', 'purpose', 'question', 'companies', 'change', 'loses', 'list', 'page', 'responseUrl'],
);
/** Nothing of ours. */
const foreign = fc.oneof(
  nastyText,
  fc
    .dictionary(fc.oneof(carriedParts, nastyText), nastyValue, { maxKeys: 6 })
    .map((value) => JSON.stringify(value)),
);
/** Ours, but for one part. */
const altered = fc.tuple(carriedParts, nastyValue).map(([name, value]) =>
  JSON.stringify({
    ...(JSON.parse(carry({ responseUrl: null, channel: 'C0OFFICE' }, id)) as object),
    [name]: value,
  }),
);
const filledIn = fc.dictionary(
  fc.constantFrom(
    ...[
      'synchronisation-user',
      'name',
      'accounting-system',
      'former-login',
      'reason',
      'date',
      'until',
      'stand-in',
    ],
  ),
  nastyText,
  { maxKeys: 4 },
);

const actions = Object.values<string>(actionIds);
const views = Object.values<string>(viewIds);
interface Forgery {
  body: Record<string, unknown>;
  /** Whoever it is, nothing may come of it. */
  isForeign: boolean;
}

const command = fc
  .oneof(
    nastyText,
    fc
      .tuple(fc.constantFrom(...subcommands.map(({ name }) => name)), nastyText)
      .map((words) => words.join(' ')),
  )
  .map((text) => (user: string): Forgery => ({
    isForeign: false,
    body: {
      ...{ command: slashCommand, text, user_id: user, user_name: 'x', team_domain: 'doors' },
      ...{ channel_id: 'C0OFFICE', channel_name: 'office' },
    },
  }));
const button = fc
  .tuple(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...actions) }, nastyText),
    fc.oneof(foreign, altered),
  )
  .map(([action, value]) => (user: string): Forgery => ({
    // This one carries nothing, and is for every superuser; the value of that one is what comes of it: an address to open.
    isForeign: action !== actionIds.setUp && action !== actionIds.openLink,
    body: {
      type: 'block_actions',
      user: { id: user },
      channel: { id: 'C0OFFICE' },
      message: { ts: '1.1' },
      actions: [{ type: 'button', action_id: action, block_id: 'b', value }],
    },
  }));
const modal = fc
  .record({
    view: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...views) }, nastyText),
    metadata: fc.oneof(
      foreign.map((text) => ({ text, isForeign: true })),
      altered.map((text) => ({ text, isForeign: false })),
    ),
    filledIn,
  })
  .map(({ view, metadata, filledIn: values }) => (user: string): Forgery => ({
    isForeign: metadata.isForeign && view !== viewIds.setUp,
    body: {
      type: 'view_submission',
      user: { id: user },
      view: {
        ...{ id: 'V1', type: 'modal', callback_id: view, private_metadata: metadata.text },
        blocks: Object.keys(values).map((block) => ({ type: 'input', block_id: block })),
        state: {
          values: Object.fromEntries(
            Object.entries(values).map(([block, value]) => [
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
    },
  }));
const spoken = fc.tuple(nastyText, nastyText).map(([text, channel]) => (user: string): Forgery => ({
  isForeign: false,
  body: {
    ...{ type: 'event_callback', event_id: 'E1' },
    event: { type: 'message', channel_type: 'im', ts: '1.1', user, text, channel: `D${channel}` },
  },
}));

const whoever: fc.Arbitrary<{ who: Who; user: string }> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...everyone).map((who) => ({ who, user: slackIdOf(who) })) },
  { weight: 1, arbitrary: nastyText.map((text) => ({ who: 'stranger' as const, user: `U${text}` })) },
);

/** What may come of something by itself: a screen is shown, a reason or the rest of a list is opened. */
const harmless = ['shows home', 'opens undefined', 'opens whole-list', 'turns'];
const mayNothing: readonly Who[] = ['left', 'stranger'];
const mayLook: readonly Who[] = ['submitter', 'automation'];

test(
  `nothing comes of a forgery: ${runs(3_000).numRuns} of them`,
  async () => {
    const before = await everyRow(door.database);
    let count = 0;
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(whoever, fc.oneof(command, button, modal, spoken), async ({ who, user }, forge) => {
        const { body, isForeign } = forge(user);
        const came = await door.send({ trigger_id: `trigger-${++count}`, ...body });
        expect(came.faults).toEqual([]);
        const done = came.effects.filter((effect) => effect !== 'shows home');
        if (mayNothing.includes(who) || isForeign) expect(done).toEqual([]);
        if (mayLook.includes(who)) expect(done.filter((effect) => !harmless.includes(effect))).toEqual([]);
        if (came.words !== '') answered += 1;
      }),
      runs(3_000),
    );
    tell('forgeries', { sent: count, 'answered in words': answered });
    const { whole_lists: _, ...after } = await everyRow(door.database);
    const { whole_lists: __, ...unchanged } = before;
    expect(after).toEqual(unchanged);
    // Most are refused in words; the others are of a kind that does not exist.
    expect(answered).toBeGreaterThan(count / 2);
  },
  patienceMs,
);
