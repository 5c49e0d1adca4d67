import { z } from 'zod';
import { outages, replyTroubles, tokenTroubles } from '../state-schema.ts';
import {
  anyDivisionField,
  anyKindField,
  createSwitch,
  nameOfCompany,
  type Switch,
  type SwitchDeps,
  type Switches,
  yesField,
} from '../switch.ts';

/** What can happen between the vendor and the app: outages, spoilt and lost replies, limits. */
export function createWireSwitches(deps: SwitchDeps): Switches {
  return {
    outage: outage(deps),
    replies: replies(deps),
    'token-replies': tokenReplies(deps),
    'lose-refresh-reply': loseRefreshReply(deps),
    'rate-limit': rateLimit(deps),
    'error-block': errorBlock(deps),
    webhooks: webhooks(deps),
    'top-one': topOne(deps),
  };
}

const outageSchema = z.object({ on: yesField, how: z.enum(outages).default('status-503') });

function outage({ store }: SwitchDeps): Switch {
  return createSwitch(outageSchema, ({ on, how }) => {
    store.change((state) => {
      state.outage = on ? how : 'off';
    });
    if (!on || how === 'off') return 'Exact Online answers again.';
    return how === 'maintenance-page'
      ? 'Outage: everything answers 200 with an HTML maintenance page.'
      : `Outage: everything answers ${how.slice('status-'.length)}.`;
  });
}

/** Left out or empty: until it is turned off. */
const timesField = z
  .union([z.literal('').transform(() => undefined), z.coerce.number().int().positive()])
  .optional();

const repliesSchema = z.object({
  how: z.enum(replyTroubles),
  seconds: z.coerce.number().min(0).max(600).default(5),
  /** Part of the address, e.g. `vat/VATCodes` or a division; left out or empty: every call. */
  path: z.string().default(''),
  /** How many calls; left out or empty: until it is turned off. */
  times: timesField,
});

const replyWords = {
  'as-usual': 'Replies come as usual.',
  'time-out': 'Calls are held open and get no reply.',
  slow: 'Replies come late.',
  truncated: 'Replies are half of their JSON.',
  'cut-off': 'The connection ends in the middle of a reply.',
  malformed: 'Replies are no JSON, though they say so.',
  'wrong-shape': 'Replies are JSON of another shape.',
  'repeated-page': 'The next page of every list is the same page again.',
  'refused-401': 'Calls are refused with 401, whatever their token.',
};

function replies({ store }: SwitchDeps): Switch {
  return createSwitch(repliesSchema, ({ how, seconds, path, times }) => {
    store.change((state) => {
      state.replies = { how, seconds, path: path || null, left: times ?? null };
    });
    return replyWords[how];
  });
}

const tokenWords = {
  'as-usual': 'The token endpoint answers as usual.',
  'invalid-request': 'Refreshes are answered with 400 invalid_request, without a word why.',
  text: 'Refreshes are answered with 400 and plain text.',
  'empty-401': 'Refreshes are answered with an empty 401.',
  'invalid-client': 'The app is refused: 401 invalid_client.',
};

function tokenReplies({ store }: SwitchDeps): Switch {
  return createSwitch(z.object({ how: z.enum(tokenTroubles), times: timesField }), ({ how, times }) => {
    store.change((state) => {
      state.tokenReplies = { how, left: times ?? null };
    });
    return tokenWords[how];
  });
}

function loseRefreshReply({ store }: SwitchDeps): Switch {
  const schema = z.object({ times: z.coerce.number().int().min(0).default(1) });
  return createSwitch(schema, ({ times }) => {
    store.change((state) => {
      state.loseRefreshReplies = times;
    });
    return times === 0
      ? 'Replies to a refresh arrive.'
      : `The next ${times} good replies to a refresh get lost: the token is rotated, and nobody hears of it.`;
  });
}

const rateLimitSchema = z.object({ on: yesField, window: z.enum(['minute', 'day']).default('minute') });

function rateLimit({ store }: SwitchDeps): Switch {
  return createSwitch(rateLimitSchema, ({ on, window }) => {
    store.change((state) => {
      state.rateLimit = on ? window : 'off';
    });
    return on
      ? `Every call in a company answers 429, as if the budget of the ${window} were used up.`
      : 'The budgets count as usual.';
  });
}

const errorBlockSchema = z.object({ on: yesField, division: anyDivisionField, kind: anyKindField });

function errorBlock(deps: SwitchDeps): Switch {
  return createSwitch(errorBlockSchema, ({ on, division = null, kind }) => {
    const where = division === null ? 'every company' : nameOfCompany(deps, division);
    deps.store.change((state) => {
      state.errorBlock = on ? { division, kind: kind?.id ?? null } : null;
      if (!on) state.errors = {};
    });
    return on
      ? `Calls of ${kind?.plain ?? 'everything'} in ${where} are answered as after too many errors.`
      : 'Nothing is blocked for its errors.';
  });
}

function webhooks({ store }: SwitchDeps): Switch {
  return createSwitch(z.object({ deliver: yesField }), ({ deliver }) => {
    store.change((state) => {
      state.webhooksLost = !deliver;
    });
    return deliver ? 'Webhooks are delivered.' : 'Webhooks get lost on their way.';
  });
}

function topOne({ store }: SwitchDeps): Switch {
  return createSwitch(z.object({ bare: yesField }), ({ bare }) => {
    store.change((state) => {
      state.topOneBare = bare;
    });
    return bare ? '$top=1 is answered with a bare array.' : '$top=1 is answered with results.';
  });
}
