import { query, type Client } from './client.ts';
import { divisionMoveSchema, listSchema, selectOf } from './schemas.ts';

/** DivisionMoveDate in ms; null where the company was never moved. */
export type MovedAt = number | null;

/**
 * When companies were last moved to another database, which gives all of their rows new versions. Every listing of the
 * companies says it, so it need not be asked for each of them; one for all sessions of an app.
 */
export interface MoveDates {
  learn(division: number, movedAt: MovedAt): void;
  /** What was learnt of it lately; undefined when nothing was. */
  remembered(division: number): MovedAt | undefined;
  /** @throws AccountingFailure */
  ask(request: { client: Client; division: number; signal: AbortSignal | undefined }): Promise<MovedAt>;
}

/** A move that is noticed later than it happened costs nothing but that: everything is read again then. */
const rememberedMs = 60 * 60_000;

export function createMoveDates(now: () => Date): MoveDates {
  const known = new Map<number, { movedAt: MovedAt; learntAt: number }>();
  const learn: MoveDates['learn'] = (division, movedAt) =>
    void known.set(division, { movedAt, learntAt: now().getTime() });
  return {
    learn,
    remembered(division) {
      const found = known.get(division);
      return found && now().getTime() - found.learntAt < rememberedMs ? found.movedAt : undefined;
    },
    async ask({ client, division, signal }) {
      const asked = query({ $filter: `Code eq ${division}`, $select: selectOf(divisionMoveSchema) });
      const request = { division, endpoint: 'system/Divisions', query: asked, signal };
      const { rows } = await client.get(request, listSchema(divisionMoveSchema));
      const movedAt = rows.find(({ Code }) => Code === division)?.DivisionMoveDate ?? null;
      learn(division, movedAt);
      return movedAt;
    },
  };
}
