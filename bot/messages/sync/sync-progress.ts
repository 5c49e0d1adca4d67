import type { SyncProgress } from '../../../domain/announcements/syncing.ts';
import { context, section, type Message } from '../blocks.ts';
import { counted, escaped } from '../words.ts';

const barLength = 20;

/** The first sync of a connection: one message with a bar, edited until it is done. */
export function syncProgress(facts: SyncProgress): Message {
  const what = `*First synchronisation of ${escaped(facts.connectionName)}* with ${escaped(facts.login)}`;
  const how = facts.finished
    ? `Finished: ${counted(facts.companies, 'company', 'companies')}, ${counted(facts.rows, 'row', 'rows')} of master data. From now on Syncuser keeps them up to date by itself.`
    : `${bar(facts)} ${facts.companiesDone} of ${counted(facts.companies, 'company', 'companies')}, ${counted(facts.rows, 'row', 'rows')} so far`;
  const delay = facts.delayed && !facts.finished ? delayWords(facts) : null;
  return {
    text: [what, how, ...(delay ? [delay] : [])].join('\n'),
    blocks: [section(`${what}\n${how}`), ...(delay ? [context(delay)] : [])],
  };
}

function delayWords(facts: SyncProgress): string {
  const why =
    facts.delayed === 'rate-limit'
      ? `${facts.systemName} asks us to slow down`
      : `${facts.systemName} does not answer at the moment`;
  return `${why}. There is nothing for you to do: the synchronisation goes on by itself.`;
}

function bar({ companiesDone, companies }: SyncProgress): string {
  const full = companies === 0 ? 0 : Math.floor((companiesDone / companies) * barLength);
  return '█'.repeat(full) + '░'.repeat(barLength - full);
}
