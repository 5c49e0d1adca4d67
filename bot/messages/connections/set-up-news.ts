import type { ScreensOf } from '../../../domain/screens.ts';
import type { SetUpNews } from '../../../domain/announcements/logins.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { firstReachLines } from '../verification/rights.ts';
import { counted, escaped } from '../words.ts';

/** How a set-up goes, for the superuser who asked for it. */
export function setUpNews(facts: SetUpNews, screensOf: ScreensOf): Message {
  const { news } = facts;
  const name = escaped(facts.connectionName);
  const person = escaped(facts.synchronisationUser);
  switch (news.kind) {
    case 'asked':
      return paragraphs(
        `*${name}*: ${person} was asked to log in to ${facts.systemName}. You will be told how it ends.`,
      );
    case 'connected':
      return paragraphs(
        `*${name}* is set up. ${person} is the synchronisation user, linked to ${escaped(news.login)}, with ${counted(news.companies, 'company', 'companies')}. The first synchronisation has started.`,
        ...firstReachLines(facts.reach, facts.systemName, screensOf),
      );
    case 'lapsed':
      return paragraphs(
        `*${name}* was not set up: ${person} did not log in in time. Type \`/syncuser setup\` to ask again, or to choose somebody else.`,
      );
    case 'cancelled':
      return paragraphs(
        `*${name}* was not set up: ${escaped(news.by)} cancelled it. Type \`/syncuser setup\` to start again.`,
      );
  }
}
