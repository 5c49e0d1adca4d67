import { createHash } from 'node:crypto';
import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { unfitName } from '../../../domain/typed.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { setUpAsked } from '../../messages/done.ts';
import { mustManage } from '../../asking/refusals.ts';
import { chosen, written } from './values.ts';

/** Errors beside the inputs of a view, what it shows instead, or what to do now that it is closed. */
export type Judged =
  { errors: Record<string, string> } | { instead: ModalView } | { act: () => Promise<void> };

/** A submitted set-up. The connection's id follows from the view, so a double submit is one connection. */
export async function setUpSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const user = ask.user();
  mustManage(bot.office, user, 'set up a connection');
  const systemId = chosen(view, inputIds.system) ?? (bot.systems.length === 1 ? bot.systems[0]?.id : null);
  const system = bot.systems.find(({ id }) => id === systemId);
  const person = bot.office.users.find(({ id }) => id === chosen(view, inputIds.person));
  const name = written(view, inputIds.name) || (system?.name ?? '');
  const connections = await bot.facts.connections();
  const companies = await Promise.all(connections.map(({ id }) => bot.store.companies.all(id)));
  const judged = {
    codes: companies.flat().map(({ code }) => code),
    taken: connections.map((one) => one.name),
  };
  // Without a system and a name of its own there is nothing to judge yet.
  const unfit = name === '' ? null : unfitName(name, judged);
  if (!system || !person || unfit !== null) {
    return {
      errors: {
        ...(system ? {} : { [inputIds.system]: 'Choose an accounting system.' }),
        ...(unfit === null ? {} : { [inputIds.name]: unfit }),
        ...(person ? {} : { [inputIds.person]: 'Choose the synchronisation user.' }),
      },
    };
  }
  return {
    act: async () => {
      await bot.gateway.setUp({
        actionId: ask.actionId,
        by: user.id,
        connectionId: connectionIdOf(system.id, view.id),
        name,
        system: system.id,
        systemName: system.name,
        synchronisationUserId: person.id,
      });
      await ask.answer(setUpAsked(name, person.id === user.id ? null : person.name));
    },
  };
}

function connectionIdOf(systemId: string, viewId: string): string {
  return `${systemId}-${createHash('sha256').update(viewId).digest('hex').slice(0, 8)}`;
}
