import type { ModalView } from '@slack/types';
import type { OfficeUser } from '../../domain/offices/office.ts';
import { inputIds, viewIds } from '../ids.ts';
import { plain, section } from '../messages/blocks.ts';
import { escaped } from '../messages/words.ts';
import { chooseOne } from './choice.ts';

/** What is chosen when nobody shall stand in. No office user has this id: ids are not empty, and this one is no word. */
export const nobody = '-';

export interface StandInModalFacts {
  connectionName: string;
  synchronisationUser: string;
  /** Who stands in now, or null. */
  now: string | null;
  people: readonly OfficeUser[];
  metadata: string;
}

/** Asks who stands in for the synchronisation user of one connection. */
export function standInModal(facts: StandInModalFacts): ModalView {
  const now = facts.now === null ? 'Nobody' : escaped(facts.now);
  return {
    type: 'modal',
    callback_id: viewIds.standIn,
    private_metadata: facts.metadata,
    title: plain('Stand-in', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(
        `*${escaped(facts.connectionName)}*: ${now} stands in for ${escaped(facts.synchronisationUser)} now. The stand-in is asked when the connection breaks and nobody mends it, and can become the synchronisation user with an own login, which Syncuser keeps and looks after.`,
      ),
      chooseOne(inputIds.standIn, 'Stand-in', [
        ...facts.people.map(({ id, name, roles }) => ({ value: id, text: `${name} (${roles.join(', ')})` })),
        { value: nobody, text: 'Nobody' },
      ]),
    ],
  };
}
