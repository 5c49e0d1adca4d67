import type { ConnectionState } from '../../../domain/connection.ts';
import { superusers } from '../../../domain/offices/office.ts';
import { RefusedError } from '../../asking/refused.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import type { ChangeValue } from '../../ids.ts';
import { changeDecided, undoAsked } from '../../messages/done.ts';
import { confirmChangeModal } from '../../modals/confirm-change.ts';
import { mustManage } from '../../asking/refusals.ts';

/** The Switch button: at once, or with a reason when something would be lost. */
export async function confirmChange(
  bot: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  { change, loses }: ChangeValue,
): Promise<void> {
  mustManage(bot.office, ask.user(), 'decide about a change of synchronisation user');
  if (!loses) return decideChange(bot, ask, connection, { change, says: 'confirm', reason: null });
  const [only, ...others] = superusers(bot.office);
  if (only && others.length === 0)
    throw new RefusedError(
      `Another superuser has to agree to what is lost, and your office has only ${only.name}. Make somebody else a superuser as well, or give the new login the rights that are missing.`,
    );
  await ask.open(
    confirmChangeModal({
      connectionId: connection.id,
      connectionName: connection.name,
      change,
      replyTo: ask.replyTo,
    }),
  );
}

/** Tells the change that is under way what a superuser decided; whether they may is seen there too. */
export async function decideChange(
  { office, gateway }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  decision: { change: number; says: 'confirm' | 'agree' | 'decline'; reason: string | null },
): Promise<void> {
  const user = ask.user();
  mustManage(office, user, 'decide about a change of synchronisation user');
  await gateway.decideChange(connection.id, { actionId: ask.actionId, by: user.id, ...decision });
  await ask.answer(changeDecided(connection.name, decision.says, decision.reason !== null));
}

/** Back to who was the synchronisation user before the last change. */
export async function undoChange(
  { office, gateway, facts }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
): Promise<void> {
  const user = ask.user();
  mustManage(office, user, 'undo a change of synchronisation user');
  if (connection.former === null)
    throw new RefusedError(
      `${connection.name}: there is no change of synchronisation user to undo. One can be undone for 24 hours.`,
    );
  await gateway.undoChange(connection.id, { actionId: ask.actionId, by: user.id });
  await ask.answer(undoAsked(connection.name, facts.userName(connection.former.person)));
}
