import { z } from 'zod';
import { actionIds, inputIds, viewIds } from '../../bot/ids.ts';
import {
  accounting,
  directMessagesOf,
  driveSlack,
  option,
  type Seen,
  type SlackDriver,
} from '../slack-driver.ts';
import { until } from '../until.ts';

/** A limit, not an expectation: rounds run beside the people, and the machine may be slow. */
export const patienceMs = 90_000;

/** The demo office (start/demo-office.json). */
export const sanne = { id: 'sanne', slack: 'U0SANNE', name: 'Sanne Jansen' };
export const tom = { id: 'tom', slack: 'U0TOM', name: 'Tom de Vries' };
export const petra = { id: 'petra', slack: 'U0PETRA', name: 'Petra Peeters' };
export const noor = { id: 'noor', slack: 'U0NOOR', name: 'Noor Bakker' };
/** The second superuser. */
export const joost = { id: 'joost', slack: 'U0JOOST', name: 'Joost Smit' };
export type Person = typeof sanne;

export const teamChannels = { north: 'C0NORTH', south: 'C0SOUTH' };

/** The people of the demo office at work in Slack. */
export interface SlackOffice extends SlackDriver {
  /** Types `/syncuser …` in #accounting and gives the answer that only this person sees. */
  ask(person: Person, text: string): Promise<Seen>;
  /** Clicks a button and gives the answer that only this person sees. */
  clickAndRead(person: Person, message: Seen, actionId: string): Promise<Seen>;
  /** Clicks Connect or Reconnect and gives the address of the Connect page. */
  askForLink(person: Person, message: Seen, actionId?: string): Promise<string>;
  /** What a person finds in the direct messages from Syncuser. */
  directMessage(person: Person, words: string): Promise<Seen>;
  /** Opens the modal of a subcommand and fills it in; the answer is what only this person sees. */
  setUp(person: Person, asked: { system: string; name: string; synchronisationUser: Person }): Promise<Seen>;
  change(person: Person, to: Person): Promise<Seen>;
  /** Says why a change is wanted in spite of what it loses. */
  confirmChange(person: Person, decision: Seen, reason: string): Promise<Seen>;
  /** Ticks one more company. */
  addCompany(person: Person, externalId: string): Promise<Seen>;
  /** What everybody sees in a channel, outside threads. */
  said(channel: string): Promise<Seen[]>;
  thread(of: Seen): Promise<Seen[]>;
  /** App Home as a person finds it who opens it now, as JSON. */
  homeOf(person: Person, words: string): Promise<string>;
}

export function openSlackOffice(url: string): SlackOffice {
  const slack = driveSlack(url, { patienceMs });

  /** The answer that only this person sees, to what they do now. */
  async function answerTo(person: Person, channel: string, act: () => Promise<void>): Promise<Seen> {
    const answers = async () =>
      (await slack.messages(channel)).filter(({ ephemeral_to: reader }) => reader === person.slack);
    const before = new Set((await answers()).map(({ ts }) => ts));
    await act();
    return until(
      `an answer to ${person.name}`,
      async () => (await answers()).find(({ ts, text }) => !before.has(ts) && !isForNow(text)),
      patienceMs,
    );
  }
  const clickAndRead: SlackOffice['clickAndRead'] = (person, message, actionId) =>
    answerTo(person, message.channel, () => slack.click(person.slack, message, actionId));
  const openModal = async (person: Person, subcommand: string, callbackId: string) => {
    await slack.type(person.slack, subcommand);
    return slack.view('views.open', (view) => view.callback_id === callbackId);
  };

  return {
    ...slack,
    clickAndRead,
    ask: (person, text) => answerTo(person, accounting, () => slack.type(person.slack, text)),
    async askForLink(person, message, actionId = actionIds.connect) {
      return linkIn(await clickAndRead(person, message, actionId));
    },
    directMessage: (person, words) => slack.message(directMessagesOf(person.slack), words),
    async setUp(person, { system, name, synchronisationUser }) {
      await openModal(person, 'setup', viewIds.setUp);
      return answerTo(person, accounting, () =>
        slack.submit(person.slack, {
          [inputIds.system]: { [inputIds.system]: option(system) },
          [inputIds.name]: { [inputIds.name]: { value: name } },
          [inputIds.person]: { [inputIds.person]: option(synchronisationUser.id) },
        }),
      );
    },
    async change(person, to) {
      await openModal(person, 'change', viewIds.change);
      return answerTo(person, accounting, () =>
        slack.submit(person.slack, {
          [inputIds.person]: { [inputIds.person]: option(to.id) },
          [inputIds.formerFate]: { [inputIds.formerFate]: option('stand-in') },
        }),
      );
    },
    async confirmChange(person, decision, reason) {
      await slack.click(person.slack, decision, actionIds.confirmChange);
      await slack.view('views.open', (view) => view.callback_id === viewIds.confirmChange);
      return answerTo(person, decision.channel, () =>
        slack.submit(person.slack, { [inputIds.reason]: { [inputIds.reason]: { value: reason } } }),
      );
    },
    async addCompany(person, externalId) {
      const { blocks } = await openModal(person, 'companies', viewIds.companies);
      const block = `${inputIds.companies}-1`;
      const ticked = JSON.stringify(blocks.find(({ block_id: id }) => id === block));
      const { element } = boxesSchema.parse(JSON.parse(ticked));
      const selected_options = [...element.initial_options, { value: externalId }];
      return answerTo(person, accounting, () =>
        slack.submit(person.slack, { [block]: { [block]: { selected_options } } }),
      );
    },
    said: async (channel) =>
      (await slack.messages(channel)).filter((message) => !message.ephemeral_to && !isReply(message)),
    thread: async ({ channel, ts }) =>
      (await slack.messages(channel)).filter((message) => isReply(message) && message.thread_ts === ts),
    // What is told in a channel may stand there a moment before it is saved, so App Home is opened until it says so.
    homeOf: (person, words) =>
      until(
        `“${words}” on App Home of ${person.name}`,
        async () => {
          await slack.openHome(person.slack);
          const view = await slack.view('views.publish', (_view, whose) => whose === person.slack);
          const text = JSON.stringify(view);
          return text.includes(words) ? text : undefined;
        },
        patienceMs,
      ),
  };
}

const boxesSchema = z.object({
  element: z.object({ initial_options: z.array(z.object({ value: z.string() })) }),
});

/** What was asked for goes on, and is answered as well. */
const isForNow = (text: string) =>
  text.includes('database does not answer at the moment, so this takes longer');

const isReply = ({ ts, thread_ts: thread }: Seen) => thread !== undefined && thread !== ts;

/** The address in the text of a personal link. */
export function linkIn({ text }: Seen): string {
  const url = /<(https?:\/\/[^|>]+\/connect\/[^|>]+)/.exec(text)?.[1];
  if (!url) throw new Error(`There is no link in: ${text}`);
  return url;
}
