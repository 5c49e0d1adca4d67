import type { InputBlock, ModalView } from '@slack/types';
import type { Company } from '../../domain/connections/company.ts';
import { companyStatusWords } from '../../words/connections/company-status.ts';
import { inputIds, inputOf, viewIds } from '../ids.ts';
import { limits, plain, section } from '../messages/blocks.ts';
import { counted, escaped, grouped } from '../messages/words.ts';
import { inPieces, option } from './choice.ts';

export interface CompaniesModalFacts {
  connectionName: string;
  /** A first choice: all that are reached are ticked from the start. */
  isSetUp: boolean;
  /** Those that are linked, and those that can be. */
  companies: readonly (Company & { linked: boolean })[];
  notReachable: number;
  metadata: string;
}

/** Slack takes ten checkboxes a block, and 250 KB a view, in which every ticked box stands twice. */
export const mostCompanies = 60 * limits.checkboxes;

/**
 * The companies of a connection. A tick means here what it means on every page: this company is brought in. What is not shown
 * stays as it is.
 */
export function companiesModal(facts: CompaniesModalFacts): ModalView {
  // Those that can be added come first where not all of them fit.
  const isTooLong = facts.companies.length > mostCompanies;
  const sorted = isTooLong
    ? [...facts.companies.filter(({ linked }) => !linked), ...facts.companies.filter(({ linked }) => linked)]
    : facts.companies;
  const shown = sorted.slice(0, mostCompanies);
  return {
    type: 'modal',
    callback_id: viewIds.companies,
    private_metadata: facts.metadata,
    title: plain('Choose companies', 24),
    submit: plain(facts.isSetUp ? 'Start' : 'Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(introduction(facts, sorted.length - shown.length)),
      ...inPieces(shown, limits.checkboxes).map((piece, index) => group(facts.isSetUp, piece, index)),
    ],
  };
}

function introduction(
  { isSetUp, connectionName, companies, notReachable }: CompaniesModalFacts,
  notShown: number,
): string {
  const linked = companies.filter((company) => company.linked).length;
  return [
    `*${escaped(connectionName)}*: every company with a tick is brought in.`,
    isSetUp
      ? `All ${counted(companies.length, 'company', 'companies')} have one now; take it away where a company is to be left out.`
      : `${counted(linked, 'company has', 'companies have')} one now. Where you take it away, the master data stays as it is and is no longer kept up to date.`,
    ...(notReachable > 0
      ? [
          `${counted(notReachable, 'other company', 'other companies')} cannot be reached by the synchronisation user; give access in the accounting system first.`,
        ]
      : []),
    ...(notShown > 0
      ? [
          isSetUp
            ? `${grouped(notShown)} more do not fit in here and are brought in; \`/syncuser unlink\` and a code takes one out.`
            : `${grouped(notShown)} more do not fit in here and stay as they are; \`/syncuser unlink\` and a code takes one out.`,
        ]
      : []),
  ].join(' ');
}

function group(isSetUp: boolean, companies: CompaniesModalFacts['companies'], index: number): InputBlock {
  const { blockId, actionId } = inputOf(`${inputIds.companies}-${index + 1}`);
  const [first, last] = [companies[0], companies.at(-1)];
  const boxes = companies.map((company) => ({ company, box: option(textOf(company)) }));
  const ticked = boxes.filter(({ company }) => isSetUp || company.linked).map(({ box }) => box);
  return {
    type: 'input',
    block_id: blockId,
    optional: true,
    label: plain(companies.length === 1 ? `${first?.code}` : `${first?.code} to ${last?.code}`),
    element: {
      type: 'checkboxes',
      action_id: actionId,
      options: boxes.map(({ box }) => box),
      ...(ticked.length > 0 && { initial_options: ticked }),
    },
  };
}

function textOf({ externalId, code, name, status }: CompaniesModalFacts['companies'][number]) {
  const called = code === name ? name : `${code} ${name}`;
  return {
    value: externalId,
    text: status === 'reachable' ? called : `${called} (${companyStatusWords[status]})`,
  };
}
