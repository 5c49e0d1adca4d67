import type { Judged, Verdict } from './judging.ts';

export type Figures = Record<Verdict, number> & { mutants: number; killedPercent: number };

/** What was found out, in figures. A mutant on which a test hangs is found as well; one nobody passes is not. */
export function figuresOf(judged: readonly Judged[]): Figures {
  const count = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict).length;
  const [killed, timedOut] = [count('killed'), count('timedOut')];
  return {
    mutants: judged.length,
    killed,
    timedOut,
    survived: count('survived'),
    noCoverage: count('noCoverage'),
    doubtful: count('doubtful'),
    killedPercent: judged.length ? Math.round(((killed + timedOut) / judged.length) * 1000) / 10 : 100,
  };
}

/** A table of files, then everything that was not killed: where it stands, and what stood there instead. */
export function report(judged: readonly Judged[]): string {
  const files = [...new Set(judged.map(({ mutant }) => mutant.file))];
  const rows = files.map((file) => row(figuresOf(judged.filter(({ mutant }) => mutant.file === file)), file));
  const left = judged.filter(({ verdict }) => verdict !== 'killed').map(described);
  return [
    ...left,
    '',
    '     %  mutants  killed  timed out  survived  no coverage  doubtful',
    ...rows,
    row(figuresOf(judged), 'all'),
  ].join('\n');
}

function row(figures: Figures, name: string): string {
  const { killedPercent, mutants, killed, timedOut, survived, noCoverage, doubtful } = figures;
  const cells = [
    killedPercent.toFixed(1).padStart(6),
    String(mutants).padStart(7),
    String(killed).padStart(6),
    String(timedOut).padStart(9),
    String(survived).padStart(8),
    String(noCoverage).padStart(11),
    String(doubtful).padStart(8),
  ];
  return `${cells.join('  ')}  ${name}`;
}

const names: Record<Verdict, string> = {
  killed: 'killed',
  timedOut: 'timed out',
  survived: 'SURVIVED',
  noCoverage: 'NO COVERAGE',
  doubtful: 'DOUBTFUL',
};

function described({ mutant, verdict, by }: Judged): string {
  const { file, line, column, mutator, original, replacement } = mutant;
  const place = `${file}:${line}:${column}`;
  const tested = by === undefined ? '' : `  (${by})`;
  return `${names[verdict]} ${place} ${mutator}: ${short(original)} => ${short(replacement)}${tested}`;
}

function short(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length <= 90 ? line : `${line.slice(0, 60)} … ${line.slice(-25)}`;
}
