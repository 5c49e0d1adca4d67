import type { ChangeResult } from '../../domain/announcements.ts';
import { paragraphs, type Message } from './blocks.ts';
import { companyLines, counted, escaped } from './words.ts';

/** What came of a change of synchronisation user, for whoever asked for it. */
export function changeResult(facts: ChangeResult): Message {
  const { result } = facts;
  const name = escaped(facts.connectionName);
  const [from, to] = [escaped(facts.from), escaped(facts.to)];
  const login = facts.login === null ? `The login of ${to}` : escaped(facts.login);
  const stays = `${from} stays the synchronisation user of ${name}.`;
  switch (result.kind) {
    case 'changed':
      return paragraphs(
        `*${name}*: ${to}${facts.login === null ? '' : ` (${login})`} is the synchronisation user now, in place of ${from}. ${counted(result.companies, 'company', 'companies')}, and the synchronisation goes on where it was.`,
      );
    case 'missing-companies':
      return paragraphs(
        `*${name}*: the synchronisation user was not changed to ${to}. ${login} does not reach ${result.missing.length} of the ${counted(result.companies, 'linked company', 'linked companies')}:`,
        companyLines(result.missing),
        `${stays} Ask an administrator of ${facts.systemName} to give access to ${result.missing.length === 1 ? 'this company' : 'these companies'}, then type \`/syncuser change\` again.`,
      );
    case 'lapsed':
      return paragraphs(
        `*${name}*: ${to} did not log in in time, so nothing was changed. ${stays} Type \`/syncuser change\` to ask again.`,
      );
    case 'cancelled':
      return paragraphs(
        result.by === facts.to
          ? `*${name}*: ${to} declined to take over. ${stays}`
          : `*${name}*: ${escaped(result.by)} cancelled the change to ${to}. ${stays}`,
      );
    case 'not-possible':
      return paragraphs(
        `*${name}*: the synchronisation user could not be changed to ${to}. ${escaped(result.why)} ${stays}`,
      );
  }
}
