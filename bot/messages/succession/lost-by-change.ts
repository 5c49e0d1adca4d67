import type { LostByChange } from '../../../domain/announcements/succession.ts';
import { quoted } from '../../../words/connections/history.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { rightLines } from '../verification/right-lines.ts';
import { connectionTitle, escaped } from '../words.ts';

/** To a team: what of its companies an agreed change of synchronisation user loses. */
export function lostByChange(facts: LostByChange): Message {
  const { news } = facts;
  const name = connectionTitle({ name: facts.connectionName, systemName: facts.systemName });
  const [user, login] = [escaped(facts.synchronisationUser), escaped(facts.login)];
  if (news.kind === 'undone')
    return paragraphs(
      `:large_green_circle: *${name}*: nothing of your companies is lost any more. ${escaped(news.by)} undid the change: ${user} (${login}) is the synchronisation user again.`,
    );
  return paragraphs(
    `:warning: *${name}*: ${user} (${login}) is the synchronisation user now. Of your companies this could be read before and cannot be read now:`,
    rightLines(facts.lost),
    `It stays as it was last read. ${escaped(news.confirmedBy)} decided so and ${escaped(news.agreedBy)} agreed: ${escaped(quoted(news.reason))} If you need it, ask them; an administrator of ${escaped(facts.systemName)} can give ${login} the rights.`,
  );
}
