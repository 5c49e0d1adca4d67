import type { ConnectionState } from '../../../domain/connection.ts';
import { possibleSynchronisationUsers } from '../../../domain/offices/office.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { handoverCancelled, handoverPlanned } from '../../messages/done.ts';
import { carry } from '../../modals/carried.ts';
import { handoverModal } from '../../modals/handover.ts';
import { mustManage } from '../../asking/refusals.ts';

const what = 'plan a handover';

/** Asks when somebody else takes over; one that is planned is shown with a button to cancel it. */
export async function handover(
  { office, facts }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
): Promise<void> {
  mustManage(office, ask.user(), what);
  const { handover: planned, synchronisationUserId } = connection;
  if (planned)
    return ask.answer(
      handoverPlanned({
        id: connection.id,
        name: connection.name,
        to: facts.userName(planned.to),
        at: planned.at,
      }),
    );
  await ask.open(
    handoverModal({
      connectionName: connection.name,
      synchronisationUser: facts.userName(synchronisationUserId),
      people: possibleSynchronisationUsers(office).filter(({ id }) => id !== synchronisationUserId),
      metadata: carry(ask.replyTo, connection.id),
    }),
  );
}

export async function cancelHandover(
  { office, gateway }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
): Promise<void> {
  const user = ask.user();
  mustManage(office, user, what);
  await gateway.cancelHandover(connection.id, { actionId: ask.actionId, by: user.id });
  await ask.answer(handoverCancelled(connection.name));
}
