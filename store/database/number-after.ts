/** The next of numbers that count up. The `max` of an empty table is null, whatever Kysely's type says. */
export const numberAfter = (last: number): number => ((last as number | null) ?? 0) + 1;
