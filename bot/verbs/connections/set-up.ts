import { possibleSynchronisationUsers } from '../../../domain/offices/office.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { carry } from '../../modals/carried.ts';
import { setUpModal } from '../../modals/set-up.ts';
import { mustManage } from '../../asking/refusals.ts';

/** Asks for accounting system, name and synchronisation user; listeners/views/set-up.ts takes the answers. */
export async function setUp({ office, systems }: BotDeps, ask: Ask): Promise<void> {
  mustManage(office, ask.user(), 'set up a connection');
  const people = possibleSynchronisationUsers(office);
  await ask.open(setUpModal({ systems, people, metadata: carry(ask.replyTo) }));
}
