import type { List, ListLine } from './paragraphs.ts';
import { companyName, counted, grouped, listed } from './words.ts';

type Company = { code: string; name: string };

/** Companies, one a line. */
export function companyList(companies: readonly Company[], heading: string): List {
  return { heading, lines: companies.map((company) => `• ${companyName(company)}`), shown: 10 };
}

/** How many companies a sentence names at most, and how long their names may be together. */
const inSentence = { companies: 8, length: 800 };

/** A line that names companies: only the first of many, and then all of them below it in the whole list. */
export function lineAbout(companies: readonly Company[], lineWith: (names: string) => string): ListLine {
  const names = companies.map(companyName);
  let length = 0;
  const first = names.filter((name, index) => {
    length += name.length;
    return index === 0 || (index < inSentence.companies && length <= inSentence.length);
  });
  const rest = names.length - first.length;
  if (rest === 0) return lineWith(listed(names));
  return {
    short: lineWith(`${first.join(', ')} and ${grouped(rest)} more`),
    whole: [lineWith(counted(names.length, 'company', 'companies')), ...names.map((name) => `    ◦ ${name}`)],
  };
}
