import type { BarredCompanies } from '../../../domain/announcements/rights.ts';
import { kindNames } from '../../../words/kinds.ts';
import { lineAbout } from '../company-list.ts';
import type { List } from '../paragraphs.ts';
import { grouped } from '../words.ts';

/** "• everything of 101 Bakkerij Jansen B.V." and "• VAT codes of …", one a line. */
export function rightLines(groups: readonly BarredCompanies[], heading?: string): List {
  return {
    ...(heading === undefined ? {} : { heading }),
    lines: groups.map(({ kind, companies }) =>
      lineAbout(companies, (names) => `• ${kind === null ? 'everything' : kindNames[kind]} of ${names}`),
    ),
    rest: (amount) => `and ${grouped(amount)} more of this sort`,
  };
}
