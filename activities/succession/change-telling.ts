import type { ChangeResult } from '../../domain/announcements/succession.ts';
import type { Login } from '../../domain/connection.ts';
import { superusers } from '../../domain/offices/office.ts';
import type { Approval } from '../../domain/succession/change.ts';
import type { ActivityDeps } from '../deps.ts';
import { changeFacts } from './change-made.ts';
import { askerKey, createChangePeopleTelling } from './change-people.ts';
import { gainsAndLosses } from './gains-and-losses.ts';
import { connectionWithNames, nameOf, slackUserOf } from '../names.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

interface AboutChange {
  connectionId: ConnectionId;
  change: number;
  /** Who is to become the synchronisation user. */
  person: PersonId;
  askedBy: PersonId;
  /** The login in use when the change began, and whose it was. */
  current: Login;
  from: PersonId;
}

/** How a change ended, for whoever asked for it. */
export type ChangeOutcome =
  | { kind: 'lapsed' | 'lost' | 'not-linked' }
  | { kind: 'cancelled'; by: PersonId }
  | { kind: 'not-by-itself' | 'needs-second'; login: Login }
  | { kind: 'decided'; login: Login };

/** What is said about a change of synchronisation user. Names of companies do not go through workflow history. */
export function createChangeTellingActivities(deps: ActivityDeps) {
  const { speaker, office } = deps;
  const people = createChangePeopleTelling(deps);

  const compared = ({ connectionId, current }: AboutChange, { grantId }: Login) =>
    gainsAndLosses(deps, { connectionId, inUse: current.grantId, candidate: grantId });

  return {
    /** Shows who asked what is gained and lost, with the buttons to decide; and asks a second superuser when one must agree. */
    async tellChangeDecision(
      told: AboutChange & { login: Login; stage: 'undecided' | 'confirmed'; approval: Approval | null },
    ): Promise<void> {
      const { connectionId, change, person, askedBy, login, stage, approval } = told;
      const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const facts = {
        what: 'change-decision',
        connectionId,
        connectionName,
        systemName,
        change,
        from: nameOf(deps, told.from),
        to: nameOf(deps, person),
        login: login.accountingUserName,
        ...(await compared(told, login)),
      } as const;
      const key = askerKey(connectionId, change);
      const by = approval?.confirmedBy ?? null;
      const asker = slackUserOf(deps, askedBy);
      if (asker !== null)
        await speaker.say({
          key,
          to: { slackUser: asker },
          announcement: {
            ...facts,
            stage: stage === 'undecided' ? { kind: 'undecided' } : { kind: 'waits-for-second' },
          },
        });
      if (stage !== 'confirmed' || by === null) return;
      await Promise.all(
        superusers(office)
          .filter((user) => user.id !== by)
          .map(async ({ id, slackUserId }) => {
            await speaker.say({
              key: `${key}/second/${id}`,
              to: { slackUser: slackUserId },
              announcement: {
                ...facts,
                stage: { kind: 'asks-second', by: nameOf(deps, by), reason: approval?.reason ?? '' },
              },
            });
          }),
      );
    },

    /** The superusers who were asked to agree read that it is settled. */
    async settleChangeQuestion(told: {
      connectionId: ConnectionId;
      change: number;
      approval: Approval;
    }): Promise<void> {
      const { connectionId, change, approval } = told;
      const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
      await Promise.all(
        superusers(office)
          .filter((user) => user.id !== approval.confirmedBy)
          .map(async ({ id, slackUserId }) => {
            await speaker.say({
              key: `${askerKey(connectionId, change)}/second/${id}`,
              to: { slackUser: slackUserId },
              announcement: { what: 'change-question-settled', connectionName, systemName },
            });
          }),
      );
    },

    /** Tells who asked for a change how it ended; unless it happened, nothing changed. */
    async tellChangeResult(told: AboutChange & { result: ChangeOutcome }): Promise<void> {
      const { connectionId, change, result } = told;
      // It may be made, or even undone, by the time this is said.
      if (result.kind === 'decided' && (await people.tellWhoAsked(connectionId, change))) return;
      const facts = await changeFacts(deps, {
        connectionId,
        from: told.from,
        to: told.person,
        login: 'login' in result ? result.login.accountingUserName : null,
        result: await inWords(told, result),
      });
      const asker = slackUserOf(deps, told.askedBy);
      const key = askerKey(connectionId, change);
      if (asker !== null) await speaker.say({ key, to: { slackUser: asker }, announcement: facts });
      // A handover that was announced and did not happen concerns everybody.
      if (result.kind === 'not-linked' || result.kind === 'not-by-itself')
        await speaker.say({ key: `${key}/office`, to: { channel: office.channelId }, announcement: facts });
    },
  };

  async function inWords(about: AboutChange, result: ChangeOutcome): Promise<ChangeResult['result']> {
    switch (result.kind) {
      case 'cancelled':
        return { kind: 'cancelled', by: nameOf(deps, result.by) };
      case 'not-by-itself':
      case 'needs-second':
        return {
          kind: result.kind,
          lost: (await compared(about, result.login)).lost,
          superusers: superusers(office).map(({ name }) => name),
        };
      case 'lapsed':
      case 'lost':
      case 'not-linked':
        return { kind: result.kind };
      case 'decided':
        return { kind: 'decided' };
    }
  }
}
