import { z } from 'zod';
import { masterDataKinds } from '../../../domain/master-data.ts';
import { placeSchema } from '../place.ts';

const moment = z.iso
  .datetime({ offset: true, error: 'is a moment like 2026-11-23T10:00:00Z' })
  .transform((text) => new Date(text).toISOString());
const yesOrNo = z
  .enum(['true', 'false'], { error: 'is true or false' })
  .default('false')
  .transform((text) => text === 'true');
const whole = (least: number, most: number, error: string) =>
  z.coerce.number(error).int(error).min(least, error).max(most, error);

const limit = whole(1, 1000, 'is 1 to 1000').default(200);
export const kindSchema = z.enum(masterDataKinds, { error: `is one of ${masterDataKinds.join(', ')}` });

/** What may be asked of rows. A name that is not known is refused: a slip must not give more than was meant. */
export const ofOneKind = z.strictObject({
  limit,
  after: placeSchema,
  changedSince: moment.optional(),
  deleted: yesOrNo,
});
export const ofAllKinds = ofOneKind.extend({ kind: kindSchema.optional(), company: z.string().optional() });
export const ofChanges = z.strictObject({
  limit,
  after: placeSchema,
  changedSince: moment.optional(),
  kind: kindSchema.optional(),
  company: z.string().optional(),
});

/** What is wrong with a query, in words: "limit is 1 to 1000." */
export function whatIsWrong({ issues }: z.ZodError): string {
  return issues
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `There is no parameter ${issue.keys.join(', ')}.`
        : `${issue.path.join('.')} ${issue.message}.`,
    )
    .join(' ');
}
