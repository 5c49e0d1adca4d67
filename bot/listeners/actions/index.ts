import type { App, BlockAction } from '@slack/bolt';
import type { ConnectionState } from '../../../domain/connection.ts';
import type { Ask, AskFrom } from '../../asking/ask.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import {
  actionIds,
  readChange,
  readDeletion,
  readInvitation,
  readNewCompanies,
  type ChangeValue,
} from '../../ids.ts';
import { originOfClick } from '../../asking/origins.ts';
import { cancelInvitation } from '../../verbs/connections/cancel-invitation.ts';
import { change } from '../../verbs/succession/change.ts';
import { confirmChange, decideChange, undoChange } from '../../verbs/succession/decide-change.ts';
import { addCompanies, companies, startWithAll } from '../../verbs/connections/companies.ts';
import { cancelHandover, handover } from '../../verbs/succession/handover.ts';
import { connectOwn, disconnectOwn } from '../../verbs/logins/personal.ts';
import { pause, resume } from '../../verbs/connections/pause.ts';
import { connect, reconnect, takeUp, takeUpAll } from '../../verbs/incidents/reconnect.ts';
import { decideDeletions } from '../../verbs/sync/decide-deletions.ts';
import { setUp } from '../../verbs/connections/set-up.ts';
import { showAll } from '../../verbs/show-all.ts';
import { standIn } from '../../verbs/succession/stand-in.ts';
import { sendToIct } from '../../verbs/logins/send-to-ict.ts';
import { snooze, snoozeAll } from '../../verbs/incidents/snooze.ts';
import { why } from '../../verbs/incidents/why.ts';
import { sync } from '../../verbs/sync/sync.ts';

type OnConnection = (bot: BotDeps, ask: Ask, connection: ConnectionState) => Promise<void>;

/** Buttons whose value is the id of a connection. */
const onConnection: Partial<Record<keyof typeof actionIds, OnConnection>> = {
  reconnect,
  takeUp,
  takeUpAll,
  snooze,
  snoozeAll,
  why,
  sendToIct,
  startWithAll,
  chooseCompanies: companies,
  cancelInvitation,
  syncNow: (bot, ask, connection) => sync(bot, ask, connection),
  pause,
  resume,
  standIn,
  undoChange,
  handover,
  cancelHandover,
  change: (bot, ask, connection) => change(bot, ask, [connection]),
};

/** Slack does not tell who reads what; whoever clicks has read it. */
async function noteSeen({ store }: BotDeps, { channel, message }: BlockAction): Promise<void> {
  if (!channel || !message) return;
  await store.deliveries.seen({ channel: channel.id, ts: message.ts }).catch(() => undefined); // no click fails for it
}

/** Every button of every message, and of App Home. */
export function registerActions(app: App, bot: BotDeps, askFrom: AskFrom): void {
  const onClick = (actionId: string, act: (ask: Ask, value: string) => Promise<ConnectionState | null>) =>
    app.action<BlockAction>(actionId, async ({ ack, body, action }) => {
      await ack();
      const ask = askFrom(originOfClick(body));
      await noteSeen(bot, body);
      const before = await act(ask, 'value' in action ? (action.value ?? '') : '');
      if (isHome(body)) await bot.homes.refresh(ask.slackUserId, before);
    });

  for (const [name, verb] of Object.entries(onConnection))
    onClick(actionIds[name as keyof typeof actionIds], async (ask, value) => {
      const connection = await connectionOf(bot, value);
      await verb(bot, ask, connection);
      return connection;
    });
  onClick(actionIds.connect, async (ask, value) => {
    const { purpose, connectionId, person } = readInvitation(value);
    const connection = await connectionOf(bot, connectionId);
    if (purpose === 'personal') await connectOwn(bot, ask, connection, person ?? '');
    else await connect(bot, ask, connection, purpose);
    return connection;
  });
  onClick(actionIds.disconnect, async (ask, value) => {
    const { connectionId, person } = readInvitation(value);
    const connection = await connectionOf(bot, connectionId);
    await disconnectOwn(bot, ask, connection, person ?? '');
    return connection;
  });
  for (const [actionId, verdict] of [
    [actionIds.confirmDeletions, 'deleted'],
    [actionIds.keepRows, 'kept'],
  ] as const)
    onClick(actionId, async (ask, value) => {
      const { connectionId, question } = readDeletion(value);
      const connection = await connectionOf(bot, connectionId);
      await decideDeletions(bot, ask, connection, { question, verdict });
      return connection;
    });
  onClick(actionIds.addCompanies, async (ask, value) => {
    const { connectionId, companies: chosen } = readNewCompanies(value);
    const connection = await connectionOf(bot, connectionId);
    await addCompanies(bot, ask, connection, chosen);
    return connection;
  });
  const onChange =
    (decide: (ask: Ask, connection: ConnectionState, value: ChangeValue) => Promise<void>) =>
    async (ask: Ask, value: string) => {
      const about = readChange(value);
      const connection = await connectionOf(bot, about.connectionId);
      await decide(ask, connection, about);
      return connection;
    };
  onClick(
    actionIds.confirmChange,
    onChange((ask, connection, about) => confirmChange(bot, ask, connection, about)),
  );
  for (const says of ['agree', 'decline'] as const)
    onClick(
      says === 'agree' ? actionIds.agreeToChange : actionIds.declineChange,
      onChange((ask, connection, { change: number }) =>
        decideChange(bot, ask, connection, { change: number, says, reason: null }),
      ),
    );
  onClick(actionIds.showAll, async (ask, value) => {
    await showAll(bot, ask, value);
    return null;
  });
  onClick(actionIds.setUp, async (ask) => {
    await setUp(bot, ask);
    return null;
  });
  // A button with an address opens it in the browser; Slack wants an answer all the same.
  app.action(actionIds.openLink, ({ ack }) => ack());
}

const isHome = (body: BlockAction) => !body.channel?.id;
