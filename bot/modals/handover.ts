import type { ModalView } from '@slack/types';
import type { OfficeUser } from '../../domain/offices/office.ts';
import { inputIds, inputOf, viewIds } from '../ids.ts';
import { plain, section } from '../messages/blocks.ts';
import { escaped } from '../messages/words.ts';
import { choosePerson } from './set-up.ts';

export interface HandoverModalFacts {
  connectionName: string;
  synchronisationUser: string;
  people: readonly OfficeUser[];
  metadata: string;
}

/** Asks when somebody else takes over, and who. */
export function handoverModal(facts: HandoverModalFacts): ModalView {
  const { blockId, actionId } = inputOf(inputIds.date);
  return {
    type: 'modal',
    callback_id: viewIds.handover,
    private_metadata: facts.metadata,
    title: plain('Plan a handover', 24),
    submit: plain('Plan', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(
        `*${escaped(facts.connectionName)}*: ${escaped(facts.synchronisationUser)} is the synchronisation user. At 08:00 of the day you choose, the person you choose takes over, without anybody doing anything, if nothing is lost; otherwise nothing is switched. Both of them, and the superusers, are reminded 7, 3 and 1 days before.`,
      ),
      {
        type: 'input',
        block_id: blockId,
        label: plain('Day'),
        element: { type: 'datepicker', action_id: actionId },
      },
      choosePerson(facts.people),
    ],
  };
}
