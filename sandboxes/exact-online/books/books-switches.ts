import { z } from 'zod';
import { type Kind, kinds } from './kinds.ts';
import type { RowChange } from '../state-schema.ts';
import {
  createSwitch,
  divisionField,
  kindField,
  nameOfCompany,
  type Switch,
  type SwitchDeps,
  type Switches,
  SwitchRefusal,
  yesField,
} from '../switch.ts';

/** What can happen to a company and in its books. */
export function createBooksSwitches(deps: SwitchDeps): Switches {
  return { company: company(deps), rows: rows(deps), 'move-company': moveCompany(deps) };
}

const companySchema = z.object({
  division: divisionField,
  code: z.string().min(1).exactOptional(),
  name: z.string().min(1).exactOptional(),
  blocked: yesField.exactOptional(),
  archived: yesField.exactOptional(),
  deleted: yesField.exactOptional(),
  licenceExpired: yesField.exactOptional(),
});

/** Gives a company another code or name, blocks, archives or deletes it; the division stays what it is. */
function company({ store, divisions }: SwitchDeps): Switch {
  return createSwitch(companySchema, ({ division, ...changes }) => {
    const key = String(division);
    const before = store.state.companies[key];
    if (!before && !divisions.find(division)) throw new SwitchRefusal(`There is no company ${division}.`);
    store.change((state) => {
      state.companies[key] = { ...before, ...changes };
    });
    const now = divisions.find(division);
    if (!now) return `Company ${division} is deleted: it is in no list any more.`;
    const standing = now.blocked
      ? 'blocked (403 DivisionBlocked)'
      : now.licenceExpired
        ? 'without a licence (403 LicenseExpired)'
        : now.archived
          ? 'archived'
          : 'open';
    return `Company ${division} is ${now.code} ${now.name}, ${standing}.`;
  });
}

const count = z.coerce.number().int().min(0).max(100_000).default(0);
const rowsSchema = z.object({
  division: divisionField,
  kind: kindField,
  add: count,
  change: count,
  delete: count,
  /** By so much the clock that stamps Modified is ahead of that of the server. */
  aheadSeconds: z.coerce.number().int().min(0).default(0),
});

/**
 * Adds, changes and deletes rows, as a bookkeeper would, and tells the webhooks; which ones is drawn, and the same after
 * a restart.
 */
function rows(deps: SwitchDeps): Switch {
  return createSwitch(rowsSchema, (body) => {
    const name = nameOfCompany(deps, body.division);
    const wanted = (['add', 'change', 'delete'] as const).filter((action) => body[action] > 0);
    const written = wanted.map((action) => {
      const ahead = { ...deps, clock: { now: () => deps.clock.now() + body.aheadSeconds * 1000 } };
      return write(ahead, body.division, body.kind, action, body[action]);
    });
    for (const change of written) {
      const keys = keysOf(deps, body.division, body.kind, change);
      deps.post.notify(body.division, body.kind, change.action, keys);
    }
    const done = wanted.map((action) => `${action} ${body[action]}`).join(', ');
    return `${body.kind.plain} of ${name}: ${done || 'nothing to do'}.`;
  });
}

function write(
  { store, clock }: { store: SwitchDeps['store']; clock: Pick<SwitchDeps['clock'], 'now'> },
  division: number,
  kind: Kind,
  action: RowChange['action'],
  count: number,
): RowChange {
  const change = { action, count, at: clock.now(), firstTimestamp: store.state.nextTimestamp };
  store.change((state) => {
    (state.rowChanges[`${division}/${kind.id}`] ??= []).push(change);
    state.nextTimestamp += count;
  });
  return change;
}

/** The ids of the rows that a change touched: they stand at its row versions, in the list or in the log. */
function keysOf({ books }: SwitchDeps, division: number, kind: Kind, change: RowChange): string[] {
  const touched = (version: number) =>
    version >= change.firstTimestamp && version < change.firstTimestamp + change.count;
  if (change.action === 'delete') {
    const log = books.deleted(division).filter((row) => touched(row.Timestamp));
    return log.map((row) => String(row['EntityKey']));
  }
  const list = books.byVersion(division, kind.id);
  const keys: string[] = [];
  for (let at = list.length - 1; at >= 0 && list.timestamp(at) >= change.firstTimestamp; at -= 1) {
    if (touched(list.timestamp(at))) keys.unshift(list.id(at));
  }
  return keys;
}

/** Moves a company to another database: every row gets another version, and DivisionMoveDate says when. */
function moveCompany(deps: SwitchDeps): Switch {
  return createSwitch(z.object({ division: divisionField }), ({ division }) => {
    const name = nameOfCompany(deps, division);
    for (const kind of kinds) write(deps, division, kind, 'move', 0);
    deps.store.change(({ companies }) => {
      companies[String(division)] = { ...companies[String(division)], movedAt: deps.clock.now() };
    });
    return `${name} was moved: DivisionMoveDate is new, and so is every row version.`;
  });
}
