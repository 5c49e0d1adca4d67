import { condition, setHandler } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import {
  chunkSize,
  covers,
  earlier,
  inChunks,
  type Stop,
  type SyncRequest,
} from '../../domain/sync/rounds.ts';
import { asChild } from '../as-child.ts';
import { requested, type SyncInput, type SyncResult } from '../contract.ts';
import { bringIn, remember, tell } from '../steps.ts';
import { openOutbox } from '../outbox.ts';
import type { GrantId } from '../../domain/ids.ts';

/** How many chunks of companies are brought in side by side. */
const sideBySide = 4;

/**
 * One round: see which companies can be reached, then bring in the master data of all of them, a chunk of companies at a
 * time. Every company and kind goes on from its own checkpoint, so a round that is stopped loses nothing. What somebody
 * requests meanwhile is brought in at once, in a lane of its own; a round that is not planned does only that.
 */
export async function syncMasterData(input: SyncInput): Promise<SyncResult> {
  return asChild(input.connectionId, () => bringEverythingIn(input));
}

async function bringEverythingIn(input: SyncInput): Promise<SyncResult> {
  const round = new Round(input);
  setHandler(requested, (request) => void round.requests.push(request));
  let plannedIsOver = false;
  const planned = round.bringInWhatIsPlanned().finally(() => (plannedIsOver = true));
  await Promise.all([planned, round.bringInWhatIsRequested(() => plannedIsOver)]);
  await round.listOnceMore();
  await round.outbox.settled('1 minute');
  return round.result;
}

type Chunk = Parameters<Activities['syncCompanies']>[0];
type ChunkResult = Awaited<ReturnType<Activities['syncCompanies']>>;

class Round {
  readonly input: SyncInput;
  readonly requests: SyncRequest[];
  readonly outbox = openOutbox();
  readonly result: SyncResult;
  /** Of all that was refused, what the list of companies showed. */
  private refusedBefore = 0;

  constructor(input: SyncInput) {
    this.input = input;
    this.requests = [...input.requests];
    this.result = {
      grantId: '',
      planned: input.planned,
      requestsDone: [],
      companies: 0,
      rowsChanged: 0,
      read: 0,
      failures: 0,
      refused: 0,
      hasNews: false,
      stop: null,
      postponed: null,
    };
  }

  async bringInWhatIsPlanned(): Promise<void> {
    const { input, result } = this;
    const { connectionId, round } = input;
    if (!input.planned) return;
    const plan = await bringIn('See which companies can be reached').planRound({ connectionId, round });
    result.companies = plan.companies.length;
    result.failures += plan.failures;
    result.refused += plan.refused;
    this.refusedBefore = plan.refused;
    result.hasNews = plan.hasNews;
    this.stopped(plan.grantId, plan.stop);
    if (!result.stop) this.showProgress('Say that the first sync has begun');
    await this.inLanes(sideBySide, { ...plan, round, kinds: null }, (done) => {
      result.rowsChanged += done.rowsChanged;
      result.read += done.read;
      result.failures += done.failures;
      result.postponed = earlier(result.postponed, done.postponed);
      this.showProgress('Show the progress');
    });
  }

  /**
   * What a company refuses all of a sudden may be what all of them refuse, and the list was older than that or could not be
   * had. Where it cannot be had now either, the next round comes soon.
   */
  async listOnceMore(): Promise<void> {
    const { result, refusedBefore } = this;
    if (result.stop || result.refused <= refusedBefore) return;
    const { connectionId, round } = this.input;
    const listed = await bringIn('See once more which companies can be reached').planRound({
      connectionId,
      round,
    });
    this.stopped(listed.grantId, listed.stop);
    result.postponed = earlier(result.postponed, listed.unlistedSince);
    result.hasNews ||= listed.hasNews;
  }

  /** Until the planned part is over and no request is left. */
  async bringInWhatIsRequested(plannedIsOver: () => boolean): Promise<void> {
    const { requests, result } = this;
    for (;;) {
      // No wait of its own: what is planned is being brought in meanwhile, and comes to its end.
      // eslint-disable-next-line no-restricted-syntax
      await condition(() => requests.length > 0 || plannedIsOver() || result.stop !== null);
      const request = requests.shift();
      if (!request || result.stop) return;
      await this.fulfil(request);
    }
  }

  private async fulfil(request: SyncRequest): Promise<void> {
    const { requests, result } = this;
    const { connectionId } = this.input;
    const { id, scope } = request;
    const along = requests.filter((other) => covers(scope, other.scope));
    requests.splice(0, requests.length, ...requests.filter((other) => !along.includes(other)));
    const plan = await remember('See what is asked for').planRequest({ connectionId, scope });
    const cameIn = { companies: plan.companies.length, rowsChanged: 0, failures: plan.failures };
    const fullSince = scope.full ? request.at : null;
    await this.inLanes(sideBySide, { ...plan, round: id, kinds: scope.kinds, fullSince }, (done) => {
      cameIn.rowsChanged += done.rowsChanged;
      cameIn.failures += done.failures;
    });
    if (result.stop) return;
    for (const { id: done, by, scope: asked } of [request, ...along]) {
      result.requestsDone.push(done);
      const told = { connectionId, request: done, by, scope: asked, ...cameIn };
      this.outbox.say(() => tell('Say what came in').tellRequest(told));
    }
  }

  /** The chunks of some companies, a few side by side; none is begun after a stop. */
  private async inLanes(
    lanes: number,
    { companies, ...rest }: Omit<Chunk, 'connectionId'>,
    take: (done: ChunkResult) => void,
  ): Promise<void> {
    const { connectionId } = this.input;
    const chunks = inChunks(companies, chunkSize(companies.length));
    const waiting = chunks.map((chunk, index) => ({ companies: chunk, number: index + 1 }));
    const { grantId, round, kinds = null, fullSince = null } = rest;
    this.result.grantId ||= grantId;
    const workThrough = async () => {
      for (let chunk = waiting.shift(); chunk && !this.result.stop; chunk = waiting.shift()) {
        const work = { connectionId, round, grantId, companies: chunk.companies, kinds, fullSince };
        const done = await bringIn(
          `Bring in ${chunk.companies.length === 1 ? '1 company' : `${chunk.companies.length} companies`} (${chunk.number} of ${chunks.length})`,
        ).syncCompanies(work);
        this.stopped(grantId, done.stop);
        if (done.questions)
          this.outbox.say(() =>
            tell('Ask about deletions, or say how it ended').tellDeletions({ connectionId }),
          );
        this.result.refused += done.refused;
        take(done);
      }
    };
    await Promise.all(Array.from({ length: lanes }, workThrough));
  }

  private stopped(grantId: GrantId, stop: Stop | null): void {
    // What one lane doubts another may have proven.
    const isKnown =
      this.result.stop !== null && !(this.result.stop.kind === 'doubtful' && stop?.kind === 'broken');
    if (!stop || isKnown) return;
    this.result.stop = stop;
    this.result.grantId = grantId;
  }

  private showProgress(summary: string): void {
    const { connectionId, round, tellProgress } = this.input;
    const { stop } = this.result;
    if (tellProgress) this.outbox.say(() => tell(summary).tellProgress({ connectionId, round, stop }));
  }
}
