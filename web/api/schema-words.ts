import { z } from 'zod';

/** The schemas that have a name in the description of the API: what is sent to us, and what we answer. */
export const named = { input: z.registry<{ id: string }>(), output: z.registry<{ id: string }>() };

/** What is sent in a body, under this name. */
export function body<S extends z.ZodType>(id: string, schema: S): S {
  named.input.add(schema, { id });
  return schema;
}

/** What we answer, under this name. */
export function answer<S extends z.ZodType>(id: string, schema: S): S {
  named.output.add(schema, { id });
  return schema;
}

export const text = z.string();
export const flag = z.boolean();
export const count = z.int().min(0);
export const moment = z.iso.datetime();
/** An object of which only its owner knows the members. */
export const facts = z.custom<object>().meta({ type: 'object' });
export const person = z.object({ id: text, name: text });

/** What a client may write in an address: of what is refused (domain/plain-text.ts), all that other languages' patterns can say. */
export const typed = z
  .string('is one text')
  .regex(/^[^\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]*$/);

/** A number in a query. */
export const whole = (least: number, most: number) => {
  const error = `is ${least} to ${most}`;
  return z.coerce.number(error).int(error).min(least, error).max(most, error);
};
/** `true` or `false` in a query. */
export const yesOrNo = z.preprocess(
  (text) => (text === 'true' ? true : text === 'false' ? false : text),
  z.boolean('is true or false').default(false),
);
/** A word in an address. */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, `is one of ${values.join(', ')}`);
