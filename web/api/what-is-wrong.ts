import type { z } from 'zod';
import { placeOf } from '../../domain/plain-text.ts';

type Issue = z.core.$ZodIssue;

/** More than this is no help to whoever reads it. */
const mostSentences = 5;

const expectedWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** Which part of a request it is that zod refused, as Fastify says it. */
export type Refused = z.ZodError & { validationContext?: string };

/** What is wrong with a request, in words: "limit is 1 to 1000." */
export function whatIsWrong(request: { body: unknown }, error: Refused): string {
  if (error.validationContext === 'body') return whatIsWrongIn(request.body, error);
  const the = error.validationContext === 'params' ? 'The ' : '';
  return error.issues
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `There is no parameter ${issue.keys.join(', ')}.`
        : `${the}${issue.path.join('.')} ${issue.message}.`,
    )
    .join(' ');
}

/** In sentences that name the member: "supplier is missing. lines[0].netAmount must be text." */
function whatIsWrongIn(body: unknown, { issues }: z.ZodError): string {
  // A booking is the only body that is taken.
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return 'The body must be a booking as a JSON object, with the header "content-type: application/json".';
  const missing = issues
    .filter((issue) => valueAt(body, issue.path) === undefined)
    .map(({ path }) => placeOf(path));
  const wrong = issues.filter((issue) => valueAt(body, issue.path) !== undefined).map(sentenceOf);
  const sentences = [...(missing.length > 0 ? [missingWords(missing)] : []), ...wrong];
  const rest = sentences.length - mostSentences;
  return [...sentences.slice(0, mostSentences), ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' ');
}

function missingWords(places: string[]): string {
  if (places.length === 1) return `${places[0]} is missing.`;
  return `${places.slice(0, -1).join(', ')} and ${places.at(-1)} are missing.`;
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | null)?.[part], body);
}

function sentenceOf(issue: Issue): string {
  const place = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return `${place || 'The body'} has no member ${issue.keys.join(', ')}.`;
  if (issue.code === 'invalid_type')
    return `${place} must be ${expectedWords[issue.expected] ?? issue.expected}.`;
  if (issue.code === 'too_small') return `${place} must not be empty.`;
  if (issue.code === 'too_big')
    return `${place} must have at most ${issue.maximum} ${issue.origin === 'array' ? 'entries' : 'characters'}.`;
  if (issue.code === 'invalid_format' && issue.format === 'date')
    return `${place} must be a day like 2026-11-23.`;
  return `${place} ${issue.message}.`;
}
