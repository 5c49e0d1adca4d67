import type { App } from '@slack/bolt';
import type { ConnectionState } from '../../../domain/connection.ts';
import type { Ask, AskFrom } from '../../asking/ask.ts';
import { unescapedOnce } from '../../../domain/typed.ts';
import { chooseConnection } from '../../choose-connection.ts';
import type { BotDeps } from '../../deps.ts';
import { slashCommand } from '../../ids.ts';
import { help } from '../../messages/offices/help.ts';
import { originOfCommand } from '../../asking/origins.ts';
import { readPage } from '../../page.ts';
import { readTyped, type Subcommand } from '../../subcommands.ts';
import { change } from '../../verbs/succession/change.ts';
import { undoChange } from '../../verbs/succession/decide-change.ts';
import { handover } from '../../verbs/succession/handover.ts';
import { companies } from '../../verbs/connections/companies.ts';
import { pause, resume } from '../../verbs/connections/pause.ts';
import { reconnect } from '../../verbs/incidents/reconnect.ts';
import { setUp } from '../../verbs/connections/set-up.ts';
import { showChanges } from '../../verbs/sync/show-changes.ts';
import { showHistory } from '../../verbs/offices/show-history.ts';
import { showIncidents } from '../../verbs/incidents/show-incidents.ts';
import { showNamedStatus, showWhatIsCalled } from '../../verbs/show-named.ts';
import { showStatus } from '../../verbs/connections/show-status.ts';
import { standIn } from '../../verbs/succession/stand-in.ts';
import { findBySyncArgument, sync } from '../../verbs/sync/sync.ts';
import { unlink } from '../../verbs/connections/unlink.ts';
import { verify } from '../../verbs/verification/verify.ts';

type Command = (bot: BotDeps, ask: Ask, argument: string) => Promise<void>;

/** The connection that was typed, for a verb that works on one; without a name one that is likely to be meant. */
const onOne =
  (
    verb: (bot: BotDeps, ask: Ask, connection: ConnectionState) => Promise<void>,
    isLikely: (connection: ConnectionState) => boolean = () => true,
  ): Command =>
  async (bot, ask, argument) => {
    const connections = await bot.facts.connections();
    const likely = argument ? [] : connections.filter(isLikely);
    await verb(bot, ask, chooseConnection(likely.length > 0 ? likely : connections, argument));
  };

const undoLast = onOne(undoChange, ({ former }) => former !== null);

const commands: Record<Subcommand, Command> = {
  status: showNamedStatus,
  setup: setUp,
  change: async (bot, ask, argument) => {
    const undo = /^undo\b\s*/i.exec(argument);
    if (undo) return undoLast(bot, ask, argument.slice(undo[0].length));
    const connections = await bot.facts.connections();
    await change(
      bot,
      ask,
      argument || connections.length === 0 ? [chooseConnection(connections, argument)] : connections,
    );
  },
  reconnect: onOne(reconnect, ({ link }) => link.state !== 'connected'),
  verify: onOne(verify),
  companies: onOne(companies),
  unlink,
  sync: async (bot, ask, argument) => {
    const { connection, ...request } = await findBySyncArgument(bot, argument);
    await sync(bot, ask, connection, request);
  },
  changes: showChanges,
  pause: onOne(pause, ({ pausedBy }) => pausedBy === null),
  resume: onOne(resume, ({ pausedBy }) => pausedBy !== null),
  standin: onOne(standIn),
  handover: onOne(handover),
  history: (bot, ask, argument) => {
    const { rest, page } = readPage(argument);
    return onOne((...asked) => showHistory(...asked, page))(bot, ask, rest);
  },
  incidents: showIncidents,
  help: (_bot, ask) => ask.answer(help(ask.user())),
};

/** `/syncuser` and what is typed after it. */
export function registerCommands(app: App, bot: BotDeps, askFrom: AskFrom): void {
  app.command(slashCommand, async ({ ack, command }) => {
    await ack();
    const ask = askFrom(originOfCommand(command));
    ask.user();
    const typed = readTyped(unescapedOnce(command.text));
    if (typed.kind === 'overview') await showStatus(bot, ask, 'all');
    else if (typed.kind === 'unknown') await showWhatIsCalled(bot, ask, unescapedOnce(command.text), typed);
    else await commands[typed.name](bot, ask, typed.argument);
  });
}
