import type { ChangeResult } from '../../domain/announcements/succession.ts';
import type { AskedChange, MadeChange } from '../../domain/succession/change-facts.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames, nameOf } from '../names.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

/** A change of synchronisation user that was made; people by their ids. */
export type ChangeMade = AskedChange & MadeChange;

/** What is known of a change by its number; null while it is not made. */
export async function changeMade(
  { store }: Pick<ActivityDeps, 'store'>,
  connectionId: ConnectionId,
  number: number,
): Promise<ChangeMade | null> {
  const change = await store.changes.get(connectionId, number);
  return change?.end?.how === 'made' ? { ...change, ...change.end } : null;
}

/** How a change of synchronisation user stands, in the names people know; `from` and `to` are ids of office users. */
export async function changeFacts(
  deps: Pick<ActivityDeps, 'store' | 'systems' | 'office'>,
  about: Pick<ChangeResult, 'connectionId' | 'from' | 'to' | 'login' | 'result'>,
): Promise<ChangeResult> {
  const { connectionId, connectionName, systemName } = await connectionWithNames(deps, about.connectionId);
  const { from, to, login, result } = about;
  return {
    what: 'change-result',
    connectionId,
    connectionName,
    systemName,
    from: nameOf(deps, from),
    to: nameOf(deps, to),
    login,
    result,
  };
}

/** Who undid it, by the name people know. */
export const undoneFacts = (deps: Pick<ActivityDeps, 'office'>, { by }: { by: PersonId }) =>
  ({ kind: 'undone', by: nameOf(deps, by) }) as const;

/** What became of the former login, in the names people know. */
export async function formerFacts(
  deps: Pick<ActivityDeps, 'store' | 'systems' | 'office'>,
  connectionId: ConnectionId,
  { from, former }: ChangeMade,
): Promise<Extract<ChangeResult['result'], { kind: 'settled' }> | null> {
  if (!former?.settled) return null;
  const { login: formerLogin, settled } = former;
  const { state } = await connectionWithNames(deps, connectionId);
  const link = await deps.store.userLinks.find(connectionId, from);
  return {
    kind: 'settled',
    fate: settled.fate,
    formerLogin,
    works: link?.state === 'connected',
    standIn: settled.standIn && nameOf(deps, settled.standIn),
    whereToRevoke: deps.systems.screensOf(state.system).revoke ?? null,
  };
}
