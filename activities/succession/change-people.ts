import type { ChangedForYou } from '../../domain/announcements/succession.ts';
import type { ActivityDeps } from '../deps.ts';
import { changeFacts, changeMade, formerFacts, undoneFacts, type ChangeMade } from './change-made.ts';
import { connectionWithNames, nameOf, slackUserOf } from '../names.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** The message by which a successor is asked to log in; it tells them later what came of it. */
export const successorKey = (connectionId: ConnectionId, change: number): string =>
  `invitation/${connectionId}/change/${change}`;
export const askerKey = (connectionId: ConnectionId, change: number): string =>
  `change/${connectionId}/${change}`;
const formerKey = (connectionId: ConnectionId, change: number): string =>
  `changed/${connectionId}/${change}/former`;

/**
 * What a change of synchronisation user means for those it concerns, in person: one message to whoever asked for it, one to
 * the successor and one to whom they replaced. Each says what holds by now, whatever was to be said when it was begun.
 */
export function createChangePeopleTelling(deps: ActivityDeps) {
  const { speaker } = deps;

  /** False while the change is not made. */
  async function tellWhoAsked(connectionId: ConnectionId, change: number): Promise<boolean> {
    const made = await changeMade(deps, connectionId, change);
    if (!made) return false;
    const slackUser = slackUserOf(deps, made.askedBy);
    if (slackUser === null) return true;
    const { from, to, login, former } = made;
    await speaker.say({
      key: askerKey(connectionId, change),
      to: { slackUser },
      announcement: await changeFacts(deps, {
        connectionId,
        ...(former?.undone
          ? { from: to, to: from, login: former.login, result: undoneFacts(deps, former.undone) }
          : { from, to, login, result: { kind: 'decided' } }),
      }),
    });
    return true;
  }

  /** False while the change is not made. */
  async function tellSuccessor(connectionId: ConnectionId, change: number): Promise<boolean> {
    const made = await changeMade(deps, connectionId, change);
    if (!made) return false;
    // Whoever asked for themselves, and had a login, reads it as the one who asked.
    const onlyIfSaid = made.to === made.askedBy;
    const message = { key: successorKey(connectionId, change), onlyIfSaid };
    await tellOne(message, { connectionId, change, made, reader: 'successor' });
    return true;
  }

  async function tellFormer(connectionId: ConnectionId, change: number): Promise<void> {
    const made = await changeMade(deps, connectionId, change);
    if (!made || made.from === made.askedBy || made.from === made.to) return;
    const message = { key: formerKey(connectionId, change), onlyIfSaid: false };
    await tellOne(message, { connectionId, change, made, reader: 'former' });
  }

  async function tellOne(
    message: { key: string; onlyIfSaid: boolean },
    about: { connectionId: ConnectionId; change: number; made: ChangeMade; reader: ChangedForYou['reader'] },
  ): Promise<void> {
    const { connectionId, change, made, reader } = about;
    const isFormer = reader === 'former';
    const slackUser = slackUserOf(deps, isFormer ? made.from : made.to);
    if (slackUser === null) return;
    const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
    const canUndo = state.former?.change === change ? state.former : null;
    const { former } = made;
    const settled = await formerFacts(deps, connectionId, made);
    await speaker.say({
      ...message,
      to: { slackUser },
      announcement: {
        what: 'changed-for-you',
        connectionName,
        systemName,
        reader,
        other: nameOf(deps, isFormer ? made.to : made.from),
        login: made.login,
        formerLogin: former?.login ?? null,
        news: former?.undone
          ? undoneFacts(deps, former.undone)
          : (settled ?? { kind: 'changed', undoUntil: canUndo?.until ?? null, fate: canUndo?.fate ?? null }),
      },
    });
  }

  /** An edit notifies nobody, so that it is undone is also a new line below. */
  async function sayUndone(connectionId: ConnectionId, change: number): Promise<void> {
    const made = await changeMade(deps, connectionId, change);
    const undone = made?.former?.undone;
    if (!made || !undone) return;
    const { from, to, askedBy } = made;
    const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
    const said = new Set([undone.by]);
    for (const [person, key] of [
      [askedBy, askerKey(connectionId, change)],
      // The same person with another login was told as the successor.
      [to, successorKey(connectionId, change)],
      [from, formerKey(connectionId, change)],
    ] as const) {
      const slackUser = slackUserOf(deps, person);
      if (slackUser === null || said.has(person)) continue;
      said.add(person);
      await speaker.say({
        key: `${key}/undone`,
        to: { slackUser },
        inThreadOf: key,
        announcement: {
          what: 'change-undone',
          connectionName,
          systemName,
          by: nameOf(deps, undone.by),
          synchronisationUser: from === person ? null : nameOf(deps, from),
        },
      });
    }
  }

  return {
    tellWhoAsked,
    tellSuccessor,

    /** Everybody reads how it stands now. */
    async tellAll(connectionId: ConnectionId, change: number): Promise<void> {
      await Promise.all([
        tellWhoAsked(connectionId, change),
        tellSuccessor(connectionId, change),
        tellFormer(connectionId, change),
      ]);
      await sayUndone(connectionId, change);
    },
  };
}
