import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { exactly } from '../../../store/database/json.ts';

type Known = { kind: 'one'; data: { by: string } } | { kind: 'two'; data: { at: number | null } };
const one = z.object({ kind: z.literal('one'), data: z.object({ by: z.string() }) });
const two = z.object({ kind: z.literal('two'), data: z.object({ at: z.number().nullable() }) });
const three = z.object({ kind: z.literal('three'), data: z.object({}) });
const oneMore = z.object({ kind: z.literal('one'), data: z.object({ by: z.string(), more: z.string() }) });
const narrower = z.object({ kind: z.literal('two'), data: z.object({ at: z.number() }) });

test('the compiler takes a schema of the very type, and no other', () => {
  const schema = exactly<Known>()(z.discriminatedUnion('kind', [one, two]));
  expect(schema.parse({ kind: 'one', data: { by: 'tom' } })).toEqual({ kind: 'one', data: { by: 'tom' } });
  // @ts-expect-error a kind is left out
  exactly<Known>()(z.discriminatedUnion('kind', [one]));
  // @ts-expect-error a kind is not known
  exactly<Known>()(z.discriminatedUnion('kind', [one, two, three]));
  // @ts-expect-error a fact is wanted that nobody writes
  exactly<Known>()(z.discriminatedUnion('kind', [oneMore, two]));
  // @ts-expect-error a fact may be null
  exactly<Known>()(z.discriminatedUnion('kind', [one, narrower]));
});
