import type { Company } from '../../domain/connections/company.ts';
import type { Obstacle } from '../../domain/connections/obstacles.ts';
import { explainCompanyStatus, explainGate, fill, type GateNames, type MendWords } from './gates.ts';

/** What is not to be had, why, and on which screen it is mended. */
export function explainObstacle(
  { why, companies, kinds }: Obstacle,
  names: Pick<GateNames, 'screens' | 'system' | 'login'>,
): MendWords {
  const about = { ...names, company: called(companies), many: companies.length > 1, kinds };
  switch (why.about) {
    case 'company': {
      const words = explainCompanyStatus(why.status, about, why.gate ?? undefined);
      if (!words) throw new Error('A company that can be reached is no obstacle');
      return words;
    }
    case 'gate':
      return explainGate(why.gate, about);
    case 'limit':
    case 'reply':
    case 'other':
      return fill(otherWords[why.about], about);
  }
}

const otherWords: Record<'limit' | 'reply' | 'other', Pick<MendWords, 'what' | 'mend'>> = {
  limit: {
    what: '{system} limits how often Syncuser may ask for the {kind} of {company}',
    mend: 'Nothing has to be done: it asks again as soon as it may.',
  },
  reply: {
    what: '{system} answered something about the {kind} of {company} that Syncuser does not understand',
    mend: 'What came in before stays. Tell whoever runs Syncuser, where the answer was kept for diagnosis.',
  },
  other: {
    what: 'the {kind} of {company} could not be read from {system}',
    mend: 'What came in before stays, and the next round tries again.',
  },
};

const shown = 3;

/** "101 Bakkerij Jansen B.V.", or "5 companies (101 …, 102 …, 103 … and 2 more)". */
function called(companies: readonly Company[]): string {
  const names = companies.map(({ code, name }) => (code === name ? name : `${code} ${name}`));
  if (names.length === 1) return names[0] ?? '';
  const rest = names.length - shown;
  const list = names.slice(0, shown).join(', ');
  return `${names.length} companies (${list}${rest > 0 ? ` and ${rest} more` : ''})`;
}
