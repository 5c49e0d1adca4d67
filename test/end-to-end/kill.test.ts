import { describe, expect } from '@jest/globals';
import { actionIds } from '../../bot/ids.ts';
import { accounting, directMessagesOf, type Seen } from '../slack-driver.ts';
import { eventually, until } from '../until.ts';
import { exactOnline as system } from './exact-online.ts';
import { areBookedInOrder, keepSome } from './handing-over.ts';
import { changeComesIn } from './keeping-up.ts';
import { createKiller, mortal } from './killing.ts';
import { joost, noor, patienceMs, petra, sanne, teamChannels, tom } from './slack-office.ts';
import { beginStory, type Cast } from './story.ts';
import type { Visitor } from './visitor.ts';

const { KILL_SEED } = process.env;
const killer = createKiller(Number(KILL_SEED ?? 1));
process.stderr.write(`Parts are killed by chance, from KILL_SEED=${killer.seed}.\n`);

const { companies, logins, name, channels } = system;
const linked = `inked to ${logins.synchronisation}, reaches ${companies} of ${companies} companies`;

/** kill -9 at every step: the story goes on from where it was, and nobody has to do anything twice. */
describe('Whatever is killed', () => {
  const { step } = beginStory(system, { onPostgres: true });
  let invitation: Seen;
  let visitor: Visitor;

  step('an invitation goes on waiting', async ({ slack, syncuser }) => {
    await slack.message(accounting, 'this is Syncuser');
    await slack.setUp(sanne, { system: system.id, name, synchronisationUser: tom });
    await killer.strike(syncuser, 1_000);
    invitation = await slack.directMessage(tom, 'Sanne Jansen asks you to be the synchronisation user');
  });

  step('a login that just came back is taken', async ({ slack, syncuser, work, follow }) => {
    visitor = await follow(await slack.askForLink(tom, invitation));
    await work.logIn(visitor, logins.synchronisation);
    await killer.strike(syncuser, 300);
    await reloaded(visitor, linked);
    expect((await slack.directMessage(tom, linked)).ts).toBe(invitation.ts);
  });

  step('the first sync goes on to its end, also when everything is killed', async ({ slack, syncuser }) => {
    await visitor.press('Start the first sync');
    await visitor.sees('The first sync is running');
    await killer.strike(syncuser, 1_500, mortal);
    await slack.message(accounting, `Finished: ${companies} companies`);
  });

  step(
    'everybody who is hit hears of a break that was just noticed',
    async ({ api, slack, syncuser, work }) => {
      await work.breakLogin();
      const isBroken = async () => (await api.connection()).link.state === 'disconnected' || undefined;
      await until('the break to be noticed', isBroken, patienceMs);
      await killer.strike(syncuser, 300);
      for (const channel of [accounting, ...channels]) await slack.message(channel, 'is disconnected* since');
    },
  );

  step('what a booking program hands over meanwhile is kept', keepSome);

  step(
    'a personal link that is open still leads to the login when everything is killed',
    async ({ slack, syncuser, work, follow }) => {
      const alert = await slack.message(accounting, 'is disconnected* since');
      visitor = await follow(await slack.askForLink(tom, alert, actionIds.reconnect));
      await visitor.sees(`Reconnect ${name}`);
      await killer.strike(syncuser, 300, mortal);
      await work.logIn(visitor, logins.synchronisation);
    },
  );

  step('the login that was just renewed is taken, also when its browser was closed', async (cast) => {
    const { slack, syncuser } = cast;
    await killer.strike(syncuser, 300);
    for (const channel of [accounting, ...channels])
      await slack.message(channel, `*${name}*: reconnected by Tom de Vries after`);
    await eventually(async () => {
      const notes = await slack.thread(await slack.message(accounting, 'reconnected by'));
      expect(notes.map(({ text }) => text).join('\n')).toContain('Caught up');
    }, patienceMs);
  });

  step('every row is there once, and changes come in', async (cast) => {
    const { books, work } = cast;
    const counts = await work.counts();
    await eventually(async () => expect(await books.counts()).toEqual(counts), patienceMs);
    await changeComesIn(cast);
  });

  step('every booking that was kept is booked once, in its turn', (cast) => areBookedInOrder(cast));

  step('there was one incident, and it is over', async ({ books }) => {
    expect(await books.incidents()).toEqual([{ openedAt: expect.any(String), endedAt: expect.any(String) }]);
  });

  step('nothing was said twice', async (cast) => {
    const said = await everything(cast);
    const intents = said.map(intentOf).filter((intent) => intent !== undefined);
    expect(intents.toSorted()).toEqual([...new Set(intents)].toSorted());
    const alerts = said.filter(({ text }) => /is disconnected\* since|: reconnected by/.test(text));
    const asked = [sanne, joost, tom].map((person) => directMessagesOf(person.slack));
    const told = [accounting, ...channels, ...asked];
    expect(alerts.map(({ channel }) => channel).toSorted()).toEqual(told.toSorted());
    expect(said.filter(({ text }) => text.includes('this is Syncuser'))).toHaveLength(1);
  });
});

/** The page of a login, looked at again as by somebody whose browser found nobody there for a moment. */
async function reloaded(visitor: Visitor, words: string): Promise<void> {
  const page = visitor.addresses().findLast((address) => address.includes('/connect/result/'));
  if (!page)
    throw new Error(`The login never came back; the browser was at ${visitor.addresses().join(', ')}`);
  await visitor.open(page);
  await visitor.sees(words);
}

/** All that people can read in Slack, in every channel and direct message. */
async function everything({ slack }: Cast): Promise<Seen[]> {
  const people = [sanne, tom, petra, noor, joost].map((person) => directMessagesOf(person.slack));
  const rooms = [accounting, ...Object.values(teamChannels), ...people];
  return (await Promise.all(rooms.map((room) => slack.messages(room)))).flat();
}

/** Which intent a message says (bot/speaker.ts marks its first block); none for what only one person sees. */
function intentOf({ blocks }: Seen): string | undefined {
  const [, intent] = /^(said-[0-9a-f]+)-/.exec(blocks?.[0]?.block_id ?? '') ?? [];
  return intent;
}
