import type { ChangedForYou, ChangeUndone } from '../../../domain/announcements/succession.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { connectionTitle, dateAndTime, escaped } from '../words.ts';

/** What a change of synchronisation user means for the successor, or for the person they replaced. */
export function changedForYou(facts: ChangedForYou): Message {
  return paragraphs(...(facts.reader === 'successor' ? toSuccessor(facts) : toFormer(facts)));
}

function toSuccessor(facts: ChangedForYou): string[] {
  const { news } = facts;
  const [name, other, login] = [titleOf(facts), escaped(facts.other), escaped(facts.login)];
  if (news.kind === 'undone')
    return [
      `*${name}*: ${escaped(news.by)} undid the change. ${other} is the synchronisation user again, and you are not.`,
      `Your login ${login} stays linked for yourself; to end that, open the Home tab of Syncuser. There is nothing left for you to do.`,
    ];
  return [
    `*${name}*: you are the synchronisation user now, in place of ${other}. Syncuser works with your login ${login}.`,
    'When that login breaks, you are asked first to log in again. Type `/syncuser status` to see how it goes.',
  ];
}

function toFormer(facts: ChangedForYou): string[] {
  const { news } = facts;
  const [name, other] = [titleOf(facts), escaped(facts.other)];
  const formerLogin = facts.formerLogin === null ? 'your login' : `your login ${escaped(facts.formerLogin)}`;
  if (news.kind === 'undone')
    return [
      `*${name}*: ${escaped(news.by)} undid the change to ${other}. You are the synchronisation user again, with ${formerLogin}. There is nothing for you to do.`,
    ];
  const isNow = `*${name}*: ${other} is the synchronisation user now, in place of you.`;
  if (facts.formerLogin === facts.login)
    return [isNow, `Syncuser goes on with ${escaped(facts.login)}, which both of you use.`];
  if (news.kind === 'changed') {
    if (news.undoUntil === null) return [isNow];
    const then =
      news.fate === 'stand-in' ? 'After that you stand in with it.' : 'After that Syncuser lets go of it.';
    return [
      isNow,
      `Syncuser keeps ${formerLogin} until ${dateAndTime(news.undoUntil)}, because a superuser can undo this until then. ${then}`,
    ];
  }
  switch (news.fate) {
    case 'stand-in':
      return [
        isNow,
        news.works
          ? `You stand in from now on, with ${formerLogin}: when this connection breaks and nobody mends it, you are asked.`
          : `You stand in from now on, but ${formerLogin} does not work. Please open the Home tab of Syncuser and click Connect.`,
      ];
    case 'kept':
      return [
        isNow,
        `${news.standIn === null ? '' : `${escaped(news.standIn)} was chosen to stand in, so you are not asked when it breaks. `}Syncuser keeps ${formerLogin} for yourself; to end that, open the Home tab of Syncuser.`,
      ];
    case 'let-go':
      return [
        isNow,
        `Syncuser let go of ${formerLogin}. There is nothing for you to do${
          news.whereToRevoke === null
            ? '.'
            : `; if you want to withdraw the consent itself, that is in ${escaped(facts.systemName)}: ${news.whereToRevoke}.`
        }`,
      ];
  }
}

/** The line that notifies those who had been told of the change. */
export function changeUndone({ synchronisationUser, by, ...names }: ChangeUndone): Message {
  const who = synchronisationUser === null ? 'You are' : `${escaped(synchronisationUser)} is`;
  return paragraphs(
    `${escaped(by)} undid this change. ${who} the synchronisation user of ${titleOf(names)} again.`,
  );
}

const titleOf = ({ connectionName, systemName }: Pick<ChangedForYou, 'connectionName' | 'systemName'>) =>
  connectionTitle({ name: connectionName, systemName });
