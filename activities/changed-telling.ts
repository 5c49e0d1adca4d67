import type { ChangeResult } from '../domain/announcements/succession.ts';
import type { Weighed } from '../domain/change.ts';
import type { Login } from '../domain/connection.ts';
import type { ActivityDeps } from './deps.ts';
import { createLeaningTelling } from './leaning.ts';
import { connectionWithNames, nameOf } from './names.ts';

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

/** What the office channel reads once the synchronisation user was changed. */
export function createChangedTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office } = deps;
  const lookAtPeople = createLeaningTelling(deps);
  const channel = { channel: office.channelId };
  /** One message per change, edited when it is undone or settled. */
  const keyOf = (connectionId: string, change: number) => `changed/${connectionId}/${change}`;

  return {
    /** Tells who the synchronisation user is from now on, and keeps who wanted it and why. */
    async tellChanged(told: {
      connectionId: string;
      change: number;
      from: string;
      to: string;
      askedBy: string;
      formerLogin: Login | null;
      login: Login;
      companies: number;
      weighed: Weighed;
      approval: { confirmedBy: string | null; reason: string | null; agreedBy: string | null };
    }): Promise<void> {
      const { connectionId, change, from, to, askedBy, formerLogin, companies } = told;
      const { reachBefore, reachAfter, lost, gained } = told.weighed;
      const login = told.login.accountingUserName;
      await store.history.append({
        id: `change/${connectionId}/${change}`,
        at: deps.now().toISOString(),
        connectionId,
        officeUserId: to,
        what: 'synchronisation-user-changed',
        data: {
          from,
          to,
          login,
          formerLogin: formerLogin?.accountingUserName ?? null,
          askedBy,
          reachBefore,
          reachAfter,
          lost,
          gained,
          ...told.approval,
        },
      });
      const { state } = await connectionWithNames(deps, connectionId);
      const undoUntil = state.former?.change === change ? state.former.until : null;
      const { confirmedBy, agreedBy, reason } = told.approval;
      const despiteLoss =
        lost > 0 && confirmedBy !== null && agreedBy !== null
          ? { confirmedBy: nameOf(deps, confirmedBy), agreedBy: nameOf(deps, agreedBy), reason: reason ?? '' }
          : null;
      const result = { kind: 'changed', companies, reached: reachAfter, despiteLoss, undoUntil } as const;
      await speaker.say({
        key: keyOf(connectionId, change),
        to: channel,
        announcement: await changeFacts(deps, { connectionId, from, to, login, result }),
      });
      await lookAtPeople(state);
    },

    /** Tells that everything is as before the change. */
    async tellUndone(told: {
      connectionId: string;
      change: number;
      by: string;
      from: string;
      to: string;
    }): Promise<void> {
      const { connectionId, change, by, from, to } = told;
      const { state } = await connectionWithNames(deps, connectionId);
      const login = state.login?.accountingUserName ?? null;
      await store.history.append({
        id: `change-undone/${connectionId}/${change}`,
        at: deps.now().toISOString(),
        connectionId,
        officeUserId: by,
        what: 'change-undone',
        data: { from, to, login },
      });
      const result = { kind: 'undone', by: nameOf(deps, by) } as const;
      const announcement = await changeFacts(deps, { connectionId, from, to, login, result });
      // The message with the button is edited, which notifies nobody; so it is said as well.
      await speaker.say({ key: keyOf(connectionId, change), to: channel, announcement });
      await speaker.say({ key: `undone/${connectionId}/${change}`, to: channel, announcement });
    },

    /** Says, where the change was told, what became of the former login. */
    async tellFormerSettled(told: { connectionId: string; change: number }): Promise<void> {
      const { connectionId, change } = told;
      const { state } = await connectionWithNames(deps, connectionId);
      const entries = await store.history.ofConnection(connectionId, { limit: 1_000 });
      const settled = entries.find(({ id }) => id === `former-login/${connectionId}/${change}`);
      const changed = entries.find(({ id }) => id === `change/${connectionId}/${change}`);
      if (!settled || !changed) return;
      const text = (value: unknown) => (typeof value === 'string' ? value : '');
      const from = text(changed.data['from']);
      const link = await store.userLinks.find(connectionId, from);
      await speaker.say({
        key: keyOf(connectionId, change),
        to: channel,
        announcement: await changeFacts(deps, {
          connectionId,
          from,
          to: text(changed.data['to']),
          login: text(changed.data['login']),
          result: {
            kind: 'settled',
            fate: settled.what === 'former-stands-in' ? 'stand-in' : 'let-go',
            formerLogin: text(settled.data['login']),
            works: link?.state === 'connected',
            whereToRevoke: deps.systems.get(state.system).whereToRevoke ?? null,
          },
        }),
      });
    },
  };
}
