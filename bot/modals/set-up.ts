import type { ModalView } from '@slack/types';
import type { OfficeUser } from '../../domain/offices/office.ts';
import { inputIds, inputOf, viewIds } from '../ids.ts';
import { plain, section } from '../messages/blocks.ts';
import { chooseOne } from './choice.ts';

export interface SetUpModalFacts {
  systems: readonly { id: string; name: string }[];
  people: readonly OfficeUser[];
  metadata: string;
}

/** Asks for accounting system, a name, and the synchronisation user. */
export function setUpModal({ systems, people, metadata }: SetUpModalFacts): ModalView {
  return {
    type: 'modal',
    callback_id: viewIds.setUp,
    private_metadata: metadata,
    title: plain('Set up a connection', 24),
    submit: plain('Ask to connect', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(
        'The synchronisation user is the person whose login Syncuser uses to read the master data of all companies and to book the purchase invoices that are handed over. This person is asked in a direct message to log in. Choose somebody whose login in the accounting system reaches every company you want to link, now and later.',
      ),
      chooseOne(
        inputIds.system,
        'Accounting system',
        systems.map(({ id, name }) => ({ value: id, text: name })),
      ),
      {
        type: 'input',
        block_id: inputOf(inputIds.name).blockId,
        optional: true,
        label: plain('Name of the connection'),
        hint: plain('If you leave this empty, it gets the name of the accounting system.'),
        element: { type: 'plain_text_input', action_id: inputOf(inputIds.name).actionId, max_length: 60 },
      },
      choosePerson(people),
    ],
  };
}

/** People with their roles, as local Slack does not draw Slack's own list of users. */
export function choosePerson(people: readonly OfficeUser[]) {
  return chooseOne(
    inputIds.person,
    'Synchronisation user',
    people.map(({ id, name, roles }) => ({ value: id, text: `${name} (${roles.join(', ')})` })),
  );
}
