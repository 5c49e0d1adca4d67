import type {
  BarredCompanies,
  RightsChanged,
  VerificationNews,
} from '../../../domain/announcements/rights.ts';
import type { SetUpReach } from '../../../domain/announcements/logins.ts';
import type { ScreensOf } from '../../../domain/screens.ts';
import { explainBarrier } from '../../../words/connections/gates.ts';
import { lineAbout } from '../company-list.ts';
import type { Message } from '../blocks.ts';
import { paragraphs, type List, type Paragraph } from '../paragraphs.ts';
import { rightLines } from './right-lines.ts';
import { connectionTitle, counted, escaped, grouped } from '../words.ts';

type Names = Pick<RightsChanged, 'connectionName' | 'systemId' | 'systemName' | 'login'>;

/** What the login in use lost or gained; edited when a loss is mended. Nobody has to log in for it. */
export function rightsChanged(facts: RightsChanged, screensOf: ScreensOf): Message {
  const { lost, mended, gained, login } = facts;
  return paragraphs(
    `${lost.length > 0 ? ':warning:' : ':large_green_circle:'} *${title(facts)}*: ${headline(facts)}`,
    ...(lost.length > 0
      ? [
          `${counted(facts.fine, 'company is', 'companies are')} fine, ${grouped(facts.companies - facts.fine)} not. What can be read goes on as always; what cannot stays as it was. Nobody has to log in again: the rights of ${escaped(login)} are missing, not its login.`,
        ]
      : []),
    ...closedLines(facts, lost, screensOf),
    ...(mended.length > 0 ? [rightLines(mended, 'Mended:')] : []),
    ...(gained.length > 0 ? [rightLines(gained, 'Can be read now, and could not before:')] : []),
  );
}

function headline({ lost, mended, login }: RightsChanged): string {
  if (lost.length > 0) return `${escaped(login)} can read less than before`;
  return mended.length > 0
    ? `${escaped(login)} can read again what it had lost`
    : `${escaped(login)} can read more than before`;
}

/** How far a verification is that somebody asked for; then what it found. */
export function verification(facts: VerificationNews, screensOf: ScreensOf): Message {
  const { ended, by, login, companies, looked } = facts;
  const whose = `*${title(facts)}*: what ${escaped(login)} may read${by === null ? '' : `, asked by ${escaped(by)}`}`;
  if (!ended)
    return paragraphs(
      `:mag: ${whose}\n${grouped(looked)} of ${counted(companies, 'company', 'companies')} looked at so far`,
    );
  const { closed, fine, unknown } = ended;
  const rest = companies - fine - unknown;
  const asked = by === null ? '' : ` ${escaped(by)} asked for this.`;
  const isAll = closed.length === 0 && unknown === 0 && ended.how === 'finished';
  const answer = isAll
    ? `${escaped(login)} may read everything`
    : closed.length > 0
      ? `${escaped(login)} may not read everything`
      : `not everything that ${escaped(login)} may read is known`;
  return paragraphs(
    `${closed.length > 0 || ended.how !== 'finished' ? ':warning:' : ':white_check_mark:'} *${title(facts)}*: ${answer}`,
    [
      `${counted(fine, 'company is', 'companies are')} fine`,
      ...(rest > 0 ? [`${grouped(rest)} ${rest === 1 ? 'lacks' : 'lack'} something`] : []),
      ...(unknown > 0 ? [`of ${grouped(unknown)} not everything is known`] : []),
    ].join(', ') + `.${asked}`,
    ...closedLines(facts, closed, screensOf),
    ...(ended.how === 'finished' ? [] : [unfinished(facts, ended.how)]),
  );
}

function unfinished({ systemName }: Names, how: 'broken' | 'unfinished'): string {
  return how === 'broken'
    ? 'The login itself is refused, so the rest could not be looked at. The alert of the connection says what to do.'
    : `${systemName} did not take all questions. What is not known yet is asked with the next verification.`;
}

/** What is closed to a login, a line each with who opens it and on which screen; nothing where nothing is. */
export function closedLines(
  names: Omit<Names, 'connectionName'>,
  groups: readonly BarredCompanies[],
  screensOf: ScreensOf,
): List[] {
  if (groups.length === 0) return [];
  const lines = groups.map(({ barrier, kind, companies }) =>
    lineAbout(companies, (company) => {
      const { opening, mend } = explainBarrier(barrier, {
        system: names.systemName,
        screens: screensOf(names.systemId),
        login: escaped(names.login),
        company,
        many: companies.length > 1,
        kinds: kind === null ? [] : [kind],
      });
      return `• *${opening}.* ${mend}`;
    }),
  );
  return [{ lines, rest: (amount) => `and ${counted(amount, 'more thing', 'more things')} of this sort` }];
}

/** What a first login may not read and who opens it, before anything is missed. */
export function firstReachLines(
  reach: SetUpReach | null,
  systemName: string,
  screensOf: ScreensOf,
): Paragraph[] {
  if (reach === null) return [];
  const login = escaped(reach.login);
  if (!reach.looked) return [`Syncuser looks now what ${login} may read in every company; you read it here.`];
  const unknown =
    reach.unknown === 0
      ? []
      : [
          `What ${login} may read in ${counted(reach.unknown, 'company', 'companies')} could not be seen yet; Syncuser looks again by itself.`,
        ];
  if (reach.closed.length === 0)
    return unknown.length > 0 ? unknown : [`${login} may read every kind of master data in all of them.`];
  return [
    `:warning: ${login} may not read everything. What is opened later comes in by itself.`,
    ...closedLines({ ...reach, systemName }, reach.closed, screensOf),
    ...unknown,
  ];
}

const title = ({ connectionName, systemName }: Names) =>
  connectionTitle({ name: connectionName, systemName });
