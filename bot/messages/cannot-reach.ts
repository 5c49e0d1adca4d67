import type { CannotReach } from '../../domain/announcements/office.ts';
import { type Message } from './blocks.ts';
import { paragraphs } from './paragraphs.ts';
import { dateAndTime, escaped } from './words.ts';

/** For superusers: whom Slack does not let us reach, why, and what mends it. */
export function cannotReach(facts: CannotReach): Message {
  const who = whom(facts);
  if (facts.over) return paragraphs(`:large_green_circle: Syncuser can reach ${who} in Slack again.`);
  const { why, mend } = reachWords(facts);
  return paragraphs(
    `:warning: *Syncuser cannot reach ${who} in Slack* since ${dateAndTime(facts.since)}: ${why}.`,
    `*Next step:* ${mend}`,
    'Until then nothing is lost: the others are told as always, and this is tried again every two minutes.',
  );
}

/** "the channel of North (#…)", "Tom de Vries" */
export function whom({ kind, name, recipient }: Pick<CannotReach, 'kind' | 'name' | 'recipient'>): string {
  if (kind === 'person') return name === null ? `<@${recipient}>` : escaped(name);
  return name === null ? `the channel <#${recipient}>` : `the channel of ${escaped(name)} (<#${recipient}>)`;
}

/** Why, and who does what about it; of a code that is not known, what Slack says. */
export function reachWords({ kind, code }: Pick<CannotReach, 'kind' | 'code'>): {
  why: string;
  mend: string;
} {
  if (kind === 'person')
    return code === 'user_disabled'
      ? {
          why: 'the Slack account is deactivated',
          mend: 'If they left the office, choose somebody else where they are needed: `/syncuser change`, `/syncuser standin`.',
        }
      : {
          why: `Slack does not let apps write to this person (${code})`,
          mend: 'Check the Slack account that stands in the data of the office.',
        };
  switch (code) {
    case 'not_in_channel':
      return {
        why: 'Syncuser is not in that channel any more',
        mend: 'Type `/invite @Syncuser` in that channel.',
      };
    case 'channel_not_found':
      return {
        why: 'the channel is gone, or private and without Syncuser',
        mend: 'Invite Syncuser there, or put another channel into the data of the office.',
      };
    case 'is_archived':
    case 'is_inactive':
      return {
        why: 'the channel is archived',
        mend: 'Unarchive it, or put another channel into the data of the office.',
      };
    default:
      return {
        why: `Slack does not let Syncuser post there (${code})`,
        mend: 'Ask an administrator of your Slack workspace to allow Syncuser to post in that channel.',
      };
  }
}
