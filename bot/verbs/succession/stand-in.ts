import type { ConnectionState } from '../../../domain/connection.ts';
import { possibleSynchronisationUsers } from '../../../domain/offices/office.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { carry } from '../../modals/carried.ts';
import { standInModal } from '../../modals/stand-in.ts';
import { mustManage } from '../../asking/refusals.ts';

/** Asks who stands in for the synchronisation user. */
export async function standIn(
  { office, facts }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
): Promise<void> {
  mustManage(office, ask.user(), 'choose who stands in');
  const { synchronisationUserId, standInId } = connection;
  await ask.open(
    standInModal({
      connectionName: connection.name,
      synchronisationUser: facts.userName(synchronisationUserId),
      now: standInId === null ? null : facts.userName(standInId),
      people: possibleSynchronisationUsers(office).filter(({ id }) => id !== synchronisationUserId),
      metadata: carry(ask.replyTo, connection.id),
    }),
  );
}
