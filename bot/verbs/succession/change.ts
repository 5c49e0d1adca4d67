import type { ConnectionState } from '../../../domain/connection.ts';
import { possibleSynchronisationUsers } from '../../../domain/offices/office.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { carry } from '../../modals/carried.ts';
import { changeModal } from '../../modals/change.ts';
import { mustManage } from '../../asking/refusals.ts';

/** Asks who shall be the synchronisation user of one of these connections. */
export async function change(
  { office, facts }: BotDeps,
  ask: Ask,
  connections: readonly ConnectionState[],
): Promise<void> {
  mustManage(office, ask.user(), 'change the synchronisation user');
  const [only] = connections;
  await ask.open(
    changeModal({
      connections: connections.map(({ id, name, synchronisationUserId }) => ({
        id,
        name,
        synchronisationUser: facts.userName(synchronisationUserId),
      })),
      people: possibleSynchronisationUsers(office),
      metadata: carry(ask.replyTo, connections.length === 1 && only ? only.id : null),
    }),
  );
}
