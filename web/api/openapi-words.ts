import { z } from 'zod';
import { monthPattern } from '../../domain/incidents/incident-month.ts';
import { bookingStatus, misfit } from './bookings/schemas-bookings.ts';
import { answer, count, moment, text, typed } from './schema-words.ts';

type Headers = Record<string, { type: string; format?: string; description: string }>;

const problemDetails = answer(
  'Problem',
  z
    .looseObject({
      type: z.string().meta({ format: 'uri' }),
      title: text,
      status: z.int(),
      detail: text,
      connection: text.optional(),
      company: text.optional(),
      cause: text.optional(),
      since: moment.nullish(),
      onIt: text.nullish(),
      expectedBack: moment.nullish(),
      expected: text.nullish(),
      heldBookings: count.optional(),
      misfits: z.array(misfit).optional(),
      booking: bookingStatus.optional(),
    })
    .describe(
      'Problem details (RFC 9457). Booking readiness adds connection, company, cause, since, onIt, expectedBack (only where the accounting system gives a time) expected (the same in words) and heldBookings; a booking that was refused adds misfits or booking.',
    ),
);

/** What a route answers, for `response` in its schema. */
export const json = <S extends z.ZodType>(schema: S, description: string, headers?: Headers) => ({
  description,
  content: { 'application/json': { schema } },
  ...(headers && { headers }),
});
export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemDetails } },
});
/** An answer without a body. */
export const nothing = (description: string, headers?: Headers) => ({
  description,
  type: 'null' as const,
  ...(headers && { headers }),
});
export const ambiguous = problem('The name may mean more than one company; the detail says which.');
export const notFound = problem('There is no such connection or company.');

export const connectionId = typed.describe('Id of the connection, as in the list of connections.');
export const oneConnection = z.object({ id: connectionId });
export const oneCompany = z.object({
  connection: connectionId,
  company: typed.describe(
    'Id of the company, as in the list of companies, or its code. Where ids and codes meet, `id:` or `code:` before it says which.',
  ),
});
export const month = z
  .string('is a month like 2026-10')
  .regex(monthPattern, 'is a month like 2026-10')
  .describe('A month like 2026-10.');
