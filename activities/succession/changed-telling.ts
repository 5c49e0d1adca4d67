import type { Approval, Weighed } from '../../domain/succession/change.ts';
import type { Login } from '../../domain/connection.ts';
import { createChangeLossesTelling } from './change-losses.ts';
import { changeFacts, changeMade, formerFacts, undoneFacts } from './change-made.ts';
import { createChangePeopleTelling } from './change-people.ts';
import type { ActivityDeps } from '../deps.ts';
import { createKeyPeopleTelling } from '../offices/key-people.ts';
import { connectionWithNames, nameOf } from '../names.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

/** What is read once the synchronisation user was changed: in the office channel, and by those it concerns. */
export function createChangedTellingActivities(deps: ActivityDeps) {
  const { speaker, office } = deps;
  const checkKeyPeople = createKeyPeopleTelling(deps);
  const people = createChangePeopleTelling(deps);
  const losses = createChangeLossesTelling(deps);
  const channel = { channel: office.channelId };
  /** One message per change, edited when it is undone or settled. */
  const keyOf = (connectionId: ConnectionId, change: number) => `changed/${connectionId}/${change}`;

  return {
    /** Tells who the synchronisation user is from now on. */
    async tellChanged(told: {
      connectionId: ConnectionId;
      change: number;
      from: PersonId;
      to: PersonId;
      formerLogin: Login | null;
      login: Login;
      companies: number;
      weighed: Weighed;
      approval: Approval;
    }): Promise<void> {
      const { connectionId, change, from, to, formerLogin, companies } = told;
      const { reachAfter, lost, uncertain } = told.weighed;
      const login = told.login.accountingUserName;
      const { state } = await connectionWithNames(deps, connectionId);
      const undoUntil = state.former?.change === change ? state.former.until : null;
      const { confirmedBy, agreedBy, reason } = told.approval;
      const despiteLoss =
        lost > 0 && confirmedBy !== null && agreedBy !== null
          ? { confirmedBy: nameOf(deps, confirmedBy), agreedBy: nameOf(deps, agreedBy), reason: reason ?? '' }
          : null;
      const result = {
        ...({ kind: 'changed', companies, reached: reachAfter, despiteLoss, undoUntil } as const),
        uncertain: uncertain > 0,
      };
      await speaker.say({
        key: keyOf(connectionId, change),
        to: channel,
        announcement: await changeFacts(deps, { connectionId, from, to, login, result }),
      });
      if (despiteLoss && formerLogin)
        await losses.tellTeams(
          { connectionId, change, inUse: formerLogin.grantId, candidate: told.login.grantId },
          { login, synchronisationUser: nameOf(deps, to), decided: { kind: 'decided', ...despiteLoss } },
        );
      await people.tellAll(connectionId, change);
      await checkKeyPeople(state);
    },

    /** Tells that everything is as before the change. */
    async tellUndone(told: {
      connectionId: ConnectionId;
      change: number;
      by: PersonId;
      from: PersonId;
      to: PersonId;
      /** The one in use again. */
      login: string;
    }): Promise<void> {
      const { connectionId, change, by, from, to, login } = told;
      const result = undoneFacts(deps, { by });
      await speaker.say({
        key: keyOf(connectionId, change),
        to: channel,
        announcement: await changeFacts(deps, { connectionId, from, to, login, result }),
      });
      await losses.tellTeamsOfUndo(
        { connectionId, change },
        { login, synchronisationUser: nameOf(deps, to), by: nameOf(deps, by) },
      );
      await people.tellAll(connectionId, change);
    },

    /** Says, where the change was told, what became of the former login. */
    async tellFormerSettled({
      connectionId,
      change,
    }: {
      connectionId: ConnectionId;
      change: number;
    }): Promise<void> {
      const made = await changeMade(deps, connectionId, change);
      const result = made && (await formerFacts(deps, connectionId, made));
      if (!made || !result) return;
      const { from, to, login } = made;
      await speaker.say({
        key: keyOf(connectionId, change),
        to: channel,
        announcement: await changeFacts(deps, { connectionId, from, to, login, result }),
      });
      await people.tellAll(connectionId, change);
    },
  };
}
