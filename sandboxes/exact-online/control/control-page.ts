import type { FastifyInstance } from 'fastify';
import { html } from 'ghtml';
import { accessCard, clockCard, resetCard, rightCard, rowsCard, wholeCard } from './control-cards.ts';
import { companiesCard, requestsCard, usersCard } from './control-tables.ts';
import {
  companyCard,
  consentCard,
  entriesCard,
  licenceCard,
  lossCard,
  repliesCard,
  tokenRepliesCard,
  scopesCard,
} from './control-wire-cards.ts';
import { type ControlDeps, overview, turn } from './control.ts';
import { sendPage } from '../page.ts';

interface Result {
  ok: boolean;
  words: string;
}

/** The control page at `/`: the state in words, and a button for each switch that says what it will do. */
export function registerControlPage(app: FastifyInstance, deps: ControlDeps): void {
  let result: Result | null = null;

  app.get('/', (_request, reply) => {
    const shown = body(deps, result);
    result = null; // shown once, so that a reload does not repeat it
    return sendPage(reply, { title: 'Control - Exact Online sandbox', wide: true, body: shown });
  });

  app.post('/', (request, reply) => {
    // Only the page itself may turn a switch, not a form on another site (browsers always send this header).
    const from = request.headers['sec-fetch-site'] ?? 'same-origin';
    if (from !== 'same-origin') return reply.code(403).send({ error: 'Only the control page does this.' });
    const { switch: name = '', ...fields } = (request.body ?? {}) as Record<string, string>;
    const known = deps.switches[name];
    result = known ? turn(known, fields) : { ok: false, words: `There is no switch "${name}".` };
    return reply.redirect('/', 303);
  });
}

function body(deps: ControlDeps, result: Result | null): string {
  const state = overview(deps);
  const time = state.now.slice(0, 16).replace('T', ' ');
  return html`<h1>Control page</h1>
    <p class="soft">
      This server answers in the place of Exact Online. Here you play the part of the package and of its
      administrator. On the clock of the sandbox it is ${time} UTC.
    </p>
    !${result ? html`<p class="${result.ok ? 'done' : 'wrong'}" role="status">${result.words}</p>` : ''}
    !${usersCard(state)}
    <div class="grid">
      !${wholeCard(state)} !${clockCard()} !${rightCard(state)} !${accessCard(state)} !${rowsCard(state)}
      !${repliesCard(state)} !${tokenRepliesCard(state)} !${lossCard(state)} !${consentCard(state)}
      !${scopesCard(state)} !${companyCard(state)} !${licenceCard(state)} !${entriesCard(state)}
      !${resetCard()}
    </div>
    !${companiesCard(state)} !${requestsCard(deps.log.last(12))}`;
}
