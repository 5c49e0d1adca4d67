import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deletionGuard, type DeletionVerdict } from '../../../domain/sync/deletion-guard.ts';
import type { MasterDataRow } from '../../../domain/master-data.ts';
import { onSqlite } from '../../database.ts';
import { openStore, storeNext } from '../store.ts';

/** How many sequences, and from which seed: `SEQUENCES=2000 SEQUENCE_SEED=7 npm test -- test/store/sync/sync-engine-model.test.ts`. */
const sequences = Number(process.env['SEQUENCES'] ?? 15);
const seed = Number(process.env['SEQUENCE_SEED'] ?? 1);

const open = onSqlite();
const kind = 'item';
const connectionId = 'c1';

type Step =
  | { does: 'change'; ids: number[] }
  | { does: 'reported'; ids: number[] }
  | { does: 'listing'; without: number[]; pages: number; proven: boolean; broken: boolean }
  | { does: 'answer'; verdict: DeletionVerdict };

const rows = 30;
const ids = fc.uniqueArray(fc.integer({ min: 1, max: rows }), { maxLength: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant('change' as const), ids }),
  fc.record({ does: fc.constant('reported' as const), ids }),
  fc.record({
    ...{ does: fc.constant('listing' as const), without: ids, pages: fc.integer({ min: 1, max: 3 }) },
    ...{ proven: fc.boolean(), broken: fc.boolean() },
  }),
  fc.record({ does: fc.constant('answer' as const), verdict: fc.constantFrom('deleted', 'kept') }),
);

/** What is known of one row, as a person would note it on paper. */
interface Noted {
  live: boolean;
  version: number;
  /** Why somebody is asked about it; a `kept` one was answered. */
  waits: 'package' | 'listing' | null;
  answered: Set<'package' | 'listing'>;
}

class Paper {
  readonly rows = new Map<number, Noted>();
  /** Deleted while the question is open: longer than a moment the guard does not look back here. */
  lately = 0;

  seen(id: number, version: number): void {
    this.rows.set(id, { live: true, version, waits: null, answered: new Set() });
  }
  get(id: number): Noted | undefined {
    return this.rows.get(id);
  }
  live(): number[] {
    return this.which((row) => row.live);
  }
  waiting(): number[] {
    return this.which(({ live, waits }) => live && waits !== null);
  }
  which(is: (row: Noted) => boolean): number[] {
    return [...this.rows].filter(([, row]) => is(row)).map(([id]) => id);
  }
}

async function walk(
  store: Awaited<ReturnType<typeof openStore>>,
  companyId: string,
  steps: readonly Step[],
): Promise<void> {
  const key = { connectionId, companyId, kind } as const;
  const paper = new Paper();
  const company = { externalId: companyId, code: companyId, name: companyId, status: 'reachable' as const };
  await store.companies.recordListing(connectionId, [company], { complete: false });
  let round = 0;
  let versions = 0;
  let pages = 0;
  const row = (id: number, version: number): MasterDataRow => ({
    ...{ externalId: String(id), code: String(id), name: `${id} v${version}`, active: true },
    ...{ details: {}, modifiedAt: null },
  });
  const page = (more: object) =>
    storeNext(store, {
      ...{ ...key, round },
      page: { rows: [], deleted: [], checkpoint: `${companyId} ${++pages}`, ...more },
    });
  const isMany = (gone: number, there: number) =>
    gone > 0 &&
    ((gone >= there && there > 1) ||
      gone >
        Math.max(deletionGuard.few, Math.min(deletionGuard.rows, Math.floor(there * deletionGuard.share))));
  /** The rule of the guard, in its own words: lately, what waits and what is new, of what was there before all of it. */
  const judge = (gone: number[], source: 'package' | 'listing') => {
    const news = gone.filter((id) => paper.get(id)?.live && !paper.get(id)!.answered.has(source));
    const waiting = new Set([...paper.waiting(), ...news]);
    if (!isMany(paper.lately + waiting.size, paper.live().length + paper.lately)) {
      for (const id of news) Object.assign(paper.get(id)!, { live: false, waits: null });
      paper.lately += news.length;
      return;
    }
    for (const id of news) {
      const noted = paper.get(id)!;
      if (noted.waits !== 'package') noted.waits = source;
    }
  };

  const all = Array.from({ length: rows }, (_, index) => index + 1);
  const whole = (begins: boolean, ends: boolean, proven = true) => ({
    whole: { begins, ends, proof: ends && proven ? 'said so' : null },
  });
  round += 1;
  await page({ rows: all.map((id) => row(id, 0)), ...whole(true, true) });
  for (const id of all) paper.seen(id, 0);

  for (const one of steps) {
    round += 1;
    if (one.does === 'change') {
      versions += 1;
      await page({ rows: one.ids.map((id) => row(id, versions)) });
      for (const id of one.ids) paper.seen(id, versions);
    } else if (one.does === 'reported') {
      await page({ deleted: one.ids.map(String) });
      judge(one.ids, 'package');
    } else if (one.does === 'listing') {
      const listed = all.filter((id) => paper.get(id)!.live && !one.without.includes(id));
      const reported = paper.which(({ live, waits }) => live && waits === 'package');
      const size = Math.max(1, Math.ceil(listed.length / one.pages));
      for (let at = 0; at === 0 || at < listed.length; at += size) {
        const part = listed.slice(at, at + size);
        const ends = at + size >= listed.length;
        if (ends && one.broken) break;
        await page({
          rows: part.map((id) => row(id, paper.get(id)!.version)),
          ...whole(at === 0, ends, one.proven),
        });
        for (const id of part) paper.seen(id, paper.get(id)!.version);
        if (!ends || !one.proven) continue;
        const unseen = paper.live().filter((id) => !listed.includes(id));
        const proven = unseen.filter((id) => reported.includes(id));
        for (const id of proven) Object.assign(paper.get(id)!, { live: false, waits: null });
        judge(
          unseen.filter((id) => !proven.includes(id)),
          'listing',
        );
        paper.lately += proven.length;
      }
    } else {
      const { question } = (await position())!;
      if (question === null) continue;
      await store.deletionQuestions.settle(connectionId, question, one.verdict, 'sanne');
      for (const id of paper.waiting()) {
        const noted = paper.get(id)!;
        if (one.verdict === 'kept') noted.answered.add(noted.waits!);
        else noted.live = false;
        noted.waits = null;
      }
      paper.lately = 0;
    }
    await compare(one);
    if (paper.waiting().length === 0) paper.lately = 0;
  }

  async function position() {
    return store.database.db
      .selectFrom('sync_positions')
      .select(['rows', 'question', 'held'])
      .where('company_id', '=', companyId)
      .executeTakeFirst();
  }
  async function compare(after: Step): Promise<void> {
    const stored = (await store.masterData.rows({ ...key, withDeleted: true, limit: 1_000 })).rows;
    const of = (is: (one: (typeof stored)[number]) => boolean) =>
      stored
        .filter(is)
        .map(({ externalId }) => Number(externalId))
        .toSorted((one, other) => one - other);
    const sorted = (list: number[]) => list.toSorted((one, other) => one - other);
    expect({ after, live: of(({ deletedAt }) => deletedAt === null) }).toEqual({
      after,
      live: sorted(paper.live()),
    });
    expect({ after, held: of(({ held }) => held) }).toEqual({ after, held: sorted(paper.waiting()) });
    for (const { externalId, name, deletedAt } of stored)
      if (deletedAt === null) expect(name).toBe(`${externalId} v${paper.get(Number(externalId))!.version}`);
    const { rows: counted, question } = (await position())!;
    expect(counted).toBe(paper.live().length);
    expect(question !== null).toBe(paper.waiting().length > 0);
  }
}

test(`whatever comes in, the engine knows what a person with paper would know (seed ${seed})`, async () => {
  let now = Date.parse('2026-03-02T09:00:00.000Z');
  const guard = { ...deletionGuard, withinMs: 1 };
  const store = await openStore(open, { guard, now: () => new Date((now += 1_000)) });
  let companies = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      companies += 1;
      await walk(store, `a${companies}`, steps);
    }),
    { numRuns: sequences, seed },
  );
}, 600_000);
