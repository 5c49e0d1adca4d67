import { accounting, directMessagesOf } from '../slack-driver.ts';
import type { RunningSyncuser } from './running-syncuser.ts';
import { joost, petra, sanne, teamChannels, tom, type SlackOffice } from './slack-office.ts';

const channels = [
  accounting,
  ...Object.values(teamChannels),
  ...[sanne, tom, petra, joost].map(({ slack }) => directMessagesOf(slack)),
];

/** Says on stderr what there was to see when a story failed, for whoever has to find out why. */
export async function tellLastWords(syncuser: RunningSyncuser, slack: SlackOffice): Promise<void> {
  const tell = (words: string) => process.stderr.write(`${words}\n`);
  tell(syncuser.said());
  for (const channel of channels)
    for (const { text, ephemeral_to: reader } of await slack.messages(channel))
      tell(`${channel}${reader ? ` (only ${reader})` : ''}: ${text}`);
  for (const part of ['worker', 'server'] as const)
    for (const line of syncuser.logOf(part).trimEnd().split('\n').slice(-20)) tell(`${part}: ${line}`);
}
