import fc from 'fast-check';

/**
 * How long the fuzz tests of the doors look. `FUZZ=14000 npm test -- test/doors/fuzz` is their full size: 14,000 requests,
 * 5,000 bookings and 3,000 forgeries in Slack; another number makes all three smaller or larger. What was found is found
 * again with the seed that is printed: `FUZZ_SEED=… FUZZ=…`. Without a size the seed is the same each time.
 */
const { FUZZ, FUZZ_SEED } = process.env;
const requests = Number(FUZZ ?? 280);
if (!Number.isInteger(requests) || requests < 1)
  throw new Error('FUZZ is how many requests, like FUZZ=14000');

/** What fast-check is told: how many, of `full` at full size, and the seed. */
export function runs(full: number) {
  const numRuns = Math.max(20, Math.round((full * requests) / 14_000));
  const seed = FUZZ_SEED ?? (FUZZ === undefined ? 1 : undefined);
  return { numRuns, ...(seed !== undefined && { seed: Number(seed) }) };
}

/** So long it may take on a machine that does other things as well. */
export const patienceMs = 60_000 + requests * 400;

/** Now and then something else than usual. */
export function seldom<T>(other: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: other });
}

/** Figures are for whoever asked for a size. */
export function tell(what: string, figures: Record<string, number>): void {
  if (FUZZ) process.stderr.write(`${what}: ${JSON.stringify(figures)}\n`);
}

/** Texts that stores, patterns, pages and parsers trip over; half of a surrogate pair and control characters among them. */
export const nastyText = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\u0000',
      'a\u0000b',
      '\ud800',
      '\udc00x',
      'x\ud83d',
      '\ud83d\ud83d\ude00',
      '\uffff',
      '\ufeff',
    ],
    ...['\u202eabc', '\u2028', '\r\n', '\u001b[31m', '\u0007', '\u0085', 'e\u0301'.repeat(40), '👩‍👩‍👧‍👦', '漢字'],
    ...[
      '__proto__',
      'constructor',
      'toString',
      'null',
      'undefined',
      'NaN',
      '-0',
      '1e309',
      '9'.repeat(40),
      '0x1',
    ],
    ...[
      "'; drop table connections; --",
      '${7*7}',
      '{{7*7}}',
      '<script>alert(1)</script>',
      '<!channel>',
      '<@U0sanne>',
    ],
    ...[
      '../../etc/passwd',
      '%00',
      '%',
      '%zz',
      '%c0%ae',
      'a'.repeat(5_000),
      '*_~`',
      'id:',
      'code:',
      'id:id:x',
      '.',
      '..',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((units) => String.fromCharCode(...units)),
);

/** Anything JSON can hold, deep and odd. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 2 ** 53, [], {}, [[[[[]]]]]),
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(nastyText, nastyText, { maxKeys: 3 }),
);
