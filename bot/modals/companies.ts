import type { InputBlock, ModalView } from '@slack/types';
import { inputIds, inputOf, viewIds } from '../ids.ts';
import { limits, plain, section } from '../messages/blocks.ts';
import { counted, escaped } from '../messages/words.ts';
import { inPieces, option } from './choice.ts';

export interface CompaniesModalFacts {
  connectionName: string;
  /** `leave-out`: a first choice, all are taken but the ticked ones. `add`: the ticked ones are added. */
  mode: 'leave-out' | 'add';
  companies: readonly { externalId: string; code: string; name: string }[];
  linked: number;
  metadata: string;
}

/** Slack takes 100 blocks a modal and ten checkboxes a block. */
export const mostCompanies = limits.blocksInView * limits.checkboxes;

/**
 * The companies to choose from. Everything is taken unless it is ticked, so that nobody has to tick 300 boxes; and a
 * thousand boxes that are ticked beforehand would not fit into the 250 KB Slack allows for a view.
 */
export function companiesModal(facts: CompaniesModalFacts): ModalView {
  const shown = facts.companies.slice(0, mostCompanies);
  const groups = inPieces(shown, limits.checkboxes).map((piece, index) => group(facts.mode, piece, index));
  const room = groups.length < limits.blocksInView;
  return {
    type: 'modal',
    callback_id: viewIds.companies,
    private_metadata: facts.metadata,
    title: plain('Choose companies', 24),
    submit: plain(facts.mode === 'add' ? 'Add' : 'Start', 24),
    close: plain('Cancel', 24),
    blocks: [...(room ? [section(introduction(facts))] : []), ...groups],
  };
}

function introduction({ mode, connectionName, companies, linked }: CompaniesModalFacts): string {
  return mode === 'add'
    ? `*${escaped(connectionName)}*: ${counted(linked, 'company is', 'companies are')} linked. Tick what Syncuser shall keep up to date as well.`
    : `*${escaped(connectionName)}*: all ${counted(companies.length, 'company', 'companies')} will be linked. Tick those to leave out; they can be added later.`;
}

function group(
  mode: CompaniesModalFacts['mode'],
  companies: CompaniesModalFacts['companies'],
  index: number,
): InputBlock {
  const { blockId, actionId } = inputOf(`${mode === 'add' ? inputIds.add : inputIds.leaveOut}-${index + 1}`);
  const [first, last] = [companies[0], companies.at(-1)];
  const range = companies.length === 1 ? first?.code : `${first?.code} to ${last?.code}`;
  return {
    type: 'input',
    block_id: blockId,
    optional: true,
    label: plain(`${mode === 'add' ? 'Add' : 'Leave out'}: ${range}`),
    element: {
      type: 'checkboxes',
      action_id: actionId,
      options: companies.map(({ externalId, code, name }) =>
        option({ value: externalId, text: code === name ? name : `${code} ${name}` }),
      ),
    },
  };
}
