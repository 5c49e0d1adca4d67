import type { ChangeResult } from '../../domain/announcements/succession.ts';
import type { HistoryEntry } from '../../store/offices/history.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames, nameOf } from '../names.ts';

/** A change of synchronisation user that was made, as the history knows it; people by their ids. */
export interface ChangeMade {
  from: string;
  to: string;
  askedBy: string;
  login: string;
  formerLogin: string | null;
  /** Who undid it, and to which login; null while nobody did. */
  undone: { by: string; login: string } | null;
  /** What became of the former login once it could not be undone any more; null until then. */
  settled: { fate: 'stand-in' | 'kept' | 'let-go'; standIn: string | null } | null;
}

/** What is known of a change by its number; null while it is not made. */
export async function changeMade(
  { store: { history } }: Pick<ActivityDeps, 'store'>,
  connectionId: string,
  change: number,
): Promise<ChangeMade | null> {
  const [made, undone, settled] = await Promise.all(
    ['change', 'change-undone', 'former-login'].map((what) =>
      history.get(`${what}/${connectionId}/${change}`),
    ),
  );
  if (made?.what !== 'synchronisation-user-changed') return null;
  const { from, to, askedBy, login, formerLogin } = made.data;
  return {
    ...{ from, to, askedBy, login, formerLogin },
    undone:
      undone?.what === 'change-undone' ? { by: undone.officeUserId ?? '', login: undone.data.login } : null,
    settled: settled ? fateIn(settled) : null,
  };
}

function fateIn({ what, data }: HistoryEntry): ChangeMade['settled'] {
  if (what === 'former-stands-in') return { fate: 'stand-in', standIn: data.standIn };
  if (what === 'former-login-kept') return { fate: 'kept', standIn: data.standIn };
  if (what === 'former-login-let-go') return { fate: 'let-go', standIn: data.standIn };
  return null;
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

/** What became of the former login, in the names people know. */
export async function formerFacts(
  deps: Pick<ActivityDeps, 'store' | 'systems' | 'office'>,
  connectionId: string,
  { from, formerLogin, settled }: ChangeMade,
): Promise<Extract<ChangeResult['result'], { kind: 'settled' }> | null> {
  if (!settled) return null;
  const { state } = await connectionWithNames(deps, connectionId);
  const link = await deps.store.userLinks.find(connectionId, from);
  return {
    kind: 'settled',
    fate: settled.fate,
    formerLogin: formerLogin ?? '',
    works: link?.state === 'connected',
    standIn: settled.standIn && nameOf(deps, settled.standIn),
    whereToRevoke: deps.systems.screensOf(state.system).revoke ?? null,
  };
}
