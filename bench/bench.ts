import type { ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** One figure, or a few that belong together. A bench is a file in `benches/` that exports one of these as `bench`. */
export interface Bench {
  /** What it tells, in one line. */
  about: string;
  /** As `parseArgs` takes them, with what people read about each. */
  options: Record<string, Options[string] & { about: string }>;
  /** What it resolves to is printed as one line of JSON. */
  run: (run: BenchRun) => Promise<Figures>;
  /** Whether the figures are what they must be; the exit code says so. Without it any will do. */
  holds?: (figures: Figures) => boolean;
}

export type Figure = string | number | boolean | null | Figure[] | { [name: string]: Figure };

export type Figures = Record<string, Figure>;

export interface BenchRun {
  /** What was given on the command line, with the defaults. */
  values: Record<string, string | boolean | undefined>;
  /** A whole number that was given. @throws UsageError when it is none */
  count: (option: string) => number;
  /** A folder of this run, which is gone afterwards. */
  folder: string;
  /** Tells the person at the terminal what goes on. */
  say: (sentence: string) => void;
  /** Is done when the run ends, also when it fails; what was asked last comes first. */
  atEnd: (tidy: () => unknown) => void;
}

/** The command line was not right; the message says how. */
export class UsageError extends Error {
  override name = 'UsageError';
}
