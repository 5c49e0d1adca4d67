import type { App, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { Ask, AskFrom } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { viewIds } from '../../ids.ts';
import { originOfSubmission } from '../../asking/origins.ts';
import { changeSubmitted } from './change.ts';
import { companiesSubmitted } from './companies.ts';
import { sendToIctSubmitted } from './send-to-ict.ts';
import { snoozeSubmitted } from './snooze.ts';
import { handoverSubmitted } from './handover.ts';
import { confirmChangeSubmitted } from './confirm-change.ts';
import { setUpSubmitted, type Judged } from './set-up.ts';
import { standInSubmitted } from './stand-in.ts';
import { unfitInputs } from './values.ts';
import { nextPage } from './whole-list.ts';

const submitted: Record<keyof typeof viewIds, (bot: BotDeps, ask: Ask, view: ViewOutput) => Promise<Judged>> =
  {
    setUp: setUpSubmitted,
    change: changeSubmitted,
    confirmChange: confirmChangeSubmitted,
    handover: handoverSubmitted,
    companies: companiesSubmitted,
    standIn: standInSubmitted,
    snooze: snoozeSubmitted,
    sendToIct: sendToIctSubmitted,
    wholeList: nextPage,
  };

/** Submitted modals. Errors beside an input have to go back with the acknowledgement (docs.slack.dev/surfaces/modals). */
export function registerViews(app: App, bot: BotDeps, askFrom: AskFrom): void {
  for (const [name, judge] of Object.entries(submitted))
    app.view<ViewSubmitAction>(
      { type: 'view_submission', callback_id: viewIds[name as keyof typeof viewIds] },
      async ({ ack, body, view }) => {
        const unfit = unfitInputs(view);
        if (Object.keys(unfit).length > 0) return ack({ response_action: 'errors', errors: unfit });
        const ask = askFrom(originOfSubmission(body));
        const judged = await judge(bot, ask, view).catch(async (error: unknown) => {
          await ack();
          throw error;
        });
        if ('errors' in judged) return ack({ response_action: 'errors', errors: judged.errors });
        if ('instead' in judged) return ack({ response_action: 'update', view: judged.instead });
        await ack();
        await judged.act();
      },
    );
}
