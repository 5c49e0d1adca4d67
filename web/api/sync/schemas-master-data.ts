import { masterDataKinds } from '../../../domain/master-data.ts';
import { count, flag, listOf, moment, object, orNull, text, type Schema } from '../schema-words.ts';

const kind: Schema = { enum: [...masterDataKinds] };

const rowMembers = {
  company: { ...text, description: 'Id of the company.' },
  kind,
  id: { ...text, description: 'Stays when code and name change.' },
  code: orNull(text),
  name: text,
  active: flag,
  details: { type: 'object', description: 'What this kind tells beyond code and name.' },
  modifiedAt: {
    ...orNull(moment),
    description: 'When the accounting system last changed it, if it says so.',
  },
  changedAt: { ...moment, description: 'When Syncuser last saw it change.' },
  deletedAt: orNull(moment),
  held: {
    ...flag,
    description: 'Whether it seems to be gone, and somebody is asked; until then it counts as being there.',
  },
  seq: { ...count, description: 'Its place in the feed of changes.' },
};
const { code, name, active, details, deletedAt } = rowMembers;
const until = {
  ...orNull(moment),
  description: 'When it changed to what the row says now, or null where that was not kept.',
};
const previous = object({ code, name, active, details, deletedAt, until });
const next: Schema = {
  ...text,
  description: 'Give it as `after` for the next page, or later for what changed since.',
};
const more: Schema = { ...flag, description: 'Whether there is more at this moment.' };
const age = object({
  company: text,
  kind,
  rows: count,
  lastSuccessAt: { ...orNull(moment), description: 'When it last came in completely.' },
  ageSeconds: orNull(count),
  staleSince: { ...orNull(moment), description: 'Since when it is older than promised, or null.' },
  error: { ...orNull(text), description: 'Why the last attempt failed, or null when it did not.' },
});

export const freshnessMembers = {
  promisedSeconds: object(Object.fromEntries(masterDataKinds.map((name) => [name, count]))),
  olderThanPromised: {
    ...listOf(
      object({
        kinds: listOf(kind),
        companies: listOf(object({ id: text, code: text, name: text })),
        since: moment,
      }),
    ),
    description: 'Companies in which the same kinds are older than promised, the longest first.',
  },
};

/** The answers about master data. */
export const masterDataSchemas = {
  MasterData: object({
    rows: listOf(object(rowMembers)),
    next,
    more,
    asOf: {
      ...orNull(moment),
      description: 'When what was asked for last came in: the oldest company and kind of it.',
    },
    ages: { ...listOf(age), description: 'Of the companies and kinds on this page.' },
  }),
  Changes: object({
    changes: listOf(
      object({
        what: {
          enum: ['new', 'changed', 'deleted'],
          description: 'A row that came back after its deletion is changed.',
        },
        ...rowMembers,
        previous: {
          ...orNull(previous),
          description:
            'What a changed row said before its content last changed; deletedAt is set where it came back.',
        },
      }),
    ),
    next,
    more,
    last: { ...text, description: 'The place of the newest change of the connection.' },
  }),
  Freshness: object({ ...freshnessMembers, ages: listOf(age) }),
} satisfies Record<string, Schema>;
