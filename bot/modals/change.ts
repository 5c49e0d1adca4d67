import type { ModalView } from '@slack/types';
import type { OfficeUser } from '../../domain/offices/office.ts';
import { inputIds, viewIds } from '../ids.ts';
import { plain, section } from '../messages/blocks.ts';
import { escaped } from '../messages/words.ts';
import { chooseOne } from './choice.ts';
import { choosePerson } from './set-up.ts';

export interface ChangeModalFacts {
  /** One, or several to choose from. */
  connections: readonly { id: string; name: string; synchronisationUser: string }[];
  people: readonly OfficeUser[];
  metadata: string;
}

/** Asks who shall be the synchronisation user, and of which connection if there are several. */
export function changeModal({ connections, people, metadata }: ChangeModalFacts): ModalView {
  const [only] = connections;
  const now =
    connections.length === 1 && only
      ? `*${escaped(only.name)}*: ${escaped(only.synchronisationUser)} is the synchronisation user now. `
      : '';
  const former = connections.length === 1 && only ? only.synchronisationUser : 'the former one';
  return {
    type: 'modal',
    callback_id: viewIds.change,
    private_metadata: metadata,
    title: plain('Synchronisation user', 24),
    submit: plain('Change', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(
        `${now}Syncuser first looks what the login of the person you choose may read in every company. If nothing is lost, it switches by itself. Otherwise you read what is gained and lost, and decide. It can be undone for 24 hours.`,
      ),
      ...(connections.length > 1
        ? [
            chooseOne(
              inputIds.connection,
              'Connection',
              connections.map(({ id, name, synchronisationUser }) => ({
                value: id,
                text: `${name} (now ${synchronisationUser})`,
              })),
            ),
          ]
        : []),
      choosePerson(people),
      chooseOne(inputIds.formerFate, `The login of ${former}, after these 24 hours`, [
        { value: 'stand-in', text: `Keep it: ${former} stands in` },
        { value: 'let-go', text: 'Let go of it' },
      ]),
    ],
  };
}
