import { expect } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { actionIds } from '../../bot/ids.ts';
import { accounting, type Seen } from '../slack-driver.ts';
import { eventually } from '../until.ts';
import { changeComesIn } from './keeping-up.ts';
import { noor, patienceMs, petra, sanne, teamChannels, tom } from './slack-office.ts';
import type { Cast, Story } from './story.ts';
import type { Visitor } from './visitor.ts';

/** Reconnecting: who may, as whom, and what everybody reads afterwards. */
export function mending({ system, step }: Story): void {
  const { channels, companies, logins, name } = system;
  let visitor: Visitor;

  step('somebody without the right to reconnect is told who has it', async ({ slack }) => {
    const alert = await slack.message(channels[0]!, 'is disconnected* since');
    for (const person of [petra, noor])
      expect((await slack.clickAndRead(person, alert, actionIds.reconnect)).text).toBe(
        `Only the synchronisation user or a superuser can reconnect ${name}. In your office that is Tom de Vries, Sanne Jansen or Joost Smit.`,
      );
  });

  step('a login as another user changes nothing', async (cast) => {
    const { api, slack, work, follow } = cast;
    const before = await api.connection();
    const alert = await slack.message(channels[0]!, 'is disconnected* since');
    visitor = await follow(await slack.askForLink(tom, alert, actionIds.reconnect));
    expect(await visitor.sees(`Reconnect ${name}`)).toContain(system.why);
    await work.logIn(visitor, logins.another);
    const text = await visitor.sees('That was another user');
    expect(text).toContain(`the connection still belongs to ${logins.synchronisation}`);
    await inThread(cast, 'Tom de Vries tried to log in, but it was refused');
    await inThread(cast, 'Tom de Vries is on it');
    expect(await api.connection()).toEqual(before);
    expect((await api.readiness((await api.companies())[0]!.id)).status).toBe(503);
  });

  step('the right login mends it', async ({ work }) => {
    await sleep(roundsMissedMs); // so that rounds would have run
    await work.logInInstead(visitor, logins.synchronisation);
    await visitor.sees(`Linked to ${logins.synchronisation}, reaches ${companies} of ${companies} companies`);
  });

  step('every alert is edited and says who mended it', async ({ slack }) => {
    for (const channel of [accounting, ...channels])
      await slack.message(channel, `*${name}*: reconnected by Tom de Vries after`);
    for (const channel of [accounting, ...Object.values(teamChannels)]) {
      const said = await slack.said(channel);
      expect(said.filter(({ text }) => text.includes('is disconnected* since'))).toEqual([]);
      const alerts = said.filter(({ text }) => text.includes('reconnected by'));
      expect(alerts).toHaveLength([accounting, ...channels].includes(channel) ? 1 : 0);
    }
  });

  step('the thread tells the story, each part of it once', async (cast) => {
    await inThread(cast, 'Caught up');
    const story = (await thread(cast)).map(({ text }) => text);
    const parts = [
      'Tom de Vries is on it',
      'Tom de Vries tried to log in, but it was refused',
      `Reconnected by Tom de Vries as ${logins.synchronisation}`,
      'Caught up',
    ];
    expect(story.map((text) => parts.find((part) => text.includes(part))).toSorted()).toEqual(
      parts.toSorted(),
    );
  });

  step('documents can be booked again, and the status says so', async ({ api, slack }) => {
    for (const { id } of await api.companies())
      expect(await api.readiness(id)).toMatchObject({ status: 200, body: { ready: true } });
    expect((await slack.ask(sanne, 'status')).text).toContain(`*${name}*: Connected`);
    expect(await slack.homeOf(noor, 'is connected')).not.toContain('is disconnected');
  });

  step('no round ran while it was disconnected', async ({ api, books, operator }) => {
    const incidents = await books.incidents();
    expect(incidents).toEqual([{ openedAt: expect.any(String), endedAt: expect.any(String) }]);
    const [from, to] = [Date.parse(incidents[0]!.openedAt), Date.parse(incidents[0]!.endedAt!)];
    const { id } = await api.connection();
    const starts = (await operator.workflows())
      .filter(({ workflowId }) => workflowId.startsWith(`sync/${id}/`))
      .map(({ startTime }) => startTime.getTime());
    expect(starts.filter((start) => start > from && start < to)).toEqual([]);
    expect(starts.some((start) => start < from)).toBe(true);
    expect(starts.some((start) => start >= to)).toBe(true);
  });

  step('the synchronisation goes on', async (cast) => {
    await changeComesIn(cast);
    const counts = await cast.work.counts();
    await eventually(async () => expect(await cast.books.counts()).toEqual(counts), patienceMs);
  });
}

/** Two intervals of the story's `SYNC_INTERVAL`. */
const roundsMissedMs = 10_000;

async function thread({ slack }: Cast): Promise<Seen[]> {
  const alert = (await slack.said(accounting)).find(({ text }) =>
    /is disconnected\* since|reconnected by/.test(text),
  );
  return slack.thread(alert!);
}

async function inThread(cast: Cast, words: string): Promise<void> {
  const texts = async () => (await thread(cast)).map(({ text }) => text);
  await eventually(async () => expect((await texts()).join('\n')).toContain(words), patienceMs);
}
