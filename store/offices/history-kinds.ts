import { z } from 'zod';
import { linkCauses } from '../../domain/causes.ts';
import type { Happening, KeptHappening } from '../../domain/connections/history-kinds.ts';
import { masterDataKinds } from '../../domain/master-data.ts';
import { exactly, looseJson } from '../database/json.ts';

const id = z.string();
const text = z.string();
const count = z.number();
const nobody = z.null();
/** Was left out, before what is not there was null. */
const maybe = z.string().nullable().default(null);

function happening<const What extends string, Facts extends z.ZodRawShape>(
  what: readonly What[],
  facts: Facts,
) {
  return z.object({ what: z.enum(what), data: z.object(facts) });
}

/** What may stand in a row of the history. */
const happeningSchema = exactly<Happening>()(
  z.discriminatedUnion('what', [
    happening(['set-up-asked', 'set-up-cancelled', 'set-up-lapsed'], { person: id }),
    happening(['logged-in'], { outsider: maybe, login: text, reachable: count, total: count, of: maybe }),
    happening(['link-ended'], { person: id, login: text }),
    happening(['companies-linked'], { added: count, linked: count }),
    happening(['companies-unlinked'], { removed: count, companies: z.array(id) }),
    happening(['disconnected'], { cause: z.enum(linkCauses), incident: count }),
    happening(['reconnected', 'changed', 'works-again'], { outsider: maybe, incident: count }),
    happening(['paused', 'resumed'], {}),
    happening(['deletions-confirmed', 'rows-kept'], {
      question: count,
      kind: z.enum(masterDataKinds),
      rows: count,
    }),
    happening(['stand-in-chosen'], { person: id, before: maybe }),
    happening(['stand-in-removed'], { person: nobody, before: maybe }),
    happening(['handover-planned', 'handover-cancelled', 'handover-overtaken'], {
      from: id,
      to: id,
      on: z.iso.date(),
    }),
    happening(['handover-begun', 'change-asked'], { from: id, to: id }),
    happening(
      [
        'change-cancelled',
        'change-lapsed',
        'change-lost',
        'change-needs-second',
        'change-not-linked',
        'change-not-by-itself',
      ],
      { to: maybe },
    ),
    happening(['synchronisation-user-changed'], {
      from: id,
      to: id,
      login: text,
      formerLogin: maybe,
      askedBy: id,
      reachBefore: count,
      reachAfter: count,
      lost: count,
      gained: count,
      confirmedBy: maybe,
      reason: maybe,
      agreedBy: maybe,
      hadLinkedIt: z.boolean().default(false),
    }),
    happening(['change-undone'], { from: id, to: id, login: text }),
    happening(['former-stands-in', 'former-login-kept', 'former-login-let-go'], {
      person: id,
      login: text,
      standIn: maybe,
    }),
  ]),
);

/** What a row of the history says; one entry that nobody can read hides none of the others. */
export function readHappening(what: string, data: string): KeptHappening {
  const { data: happened } = happeningSchema.safeParse({ what, data: looseJson(data) });
  return happened ?? { what: 'unknown', data: { kind: what } };
}
