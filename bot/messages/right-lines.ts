import type { BarredCompanies } from '../../domain/announcements/rights.ts';
import { kindNames } from '../../domain/master-data.ts';
import { companyName, grouped, listed } from './words.ts';

const mostLines = 15;
const shownCompanies = 8;

/** "• everything of 101 Bakkerij Jansen B.V." and "• VAT codes of …", one a line. */
export function rightLines(groups: readonly BarredCompanies[]): string {
  const lines = groups.slice(0, mostLines).map(({ kind, companies }) => {
    const rest = companies.length - shownCompanies;
    const names = [
      ...companies.slice(0, shownCompanies).map(companyName),
      ...(rest > 0 ? [`${grouped(rest)} more`] : []),
    ];
    return `• ${kind === null ? 'everything' : kindNames[kind]} of ${listed(names)}`;
  });
  const rest = groups.length - mostLines;
  return [...lines, ...(rest > 0 ? [`and ${grouped(rest)} more of this sort`] : [])].join('\n');
}
