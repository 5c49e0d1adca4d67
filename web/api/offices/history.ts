import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { historySentence } from '../../../words/connections/history.ts';
import type { HistoryEntry } from '../../../store/offices/history.ts';
import { personName, systemName } from '../../connection-facts.ts';
import type { WebDeps } from '../../deps.ts';
import { noSuchConnection } from '../connections/connections.ts';
import { csvLine } from '../csv.ts';
import { sendProblem } from '../problem.ts';

const querySchema = z.object({ format: z.enum(['json', 'csv']).default('json') });
const atOnce = 500;

/** Who connected as whom, what was reached, who agreed, when and why: for the file of the office. */
export function historyRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { store, systems, office, publicUrl } = deps;

  app.get<{ Params: { id: string } }>('/api/connections/:id/history', async (request, reply) => {
    const { id } = request.params;
    const connection = await store.connections.get(id);
    if (!connection) return noSuchConnection(reply, publicUrl, id);
    const query = querySchema.safeParse(request.query);
    if (!query.success)
      return sendProblem(reply, publicUrl, {
        type: 'invalid-request',
        status: 400,
        detail: 'format is json or csv.',
      });
    const names = {
      systemName: systemName(systems, connection.system),
      userName: (userId: string) => personName(office, userId),
    };
    const entries = (await everything(id)).map((entry) => told(entry, names));
    if (query.data.format === 'json') return { entries };
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="history.csv"')
      .send(asCsv(entries));
  });

  /** All of it, newest first. */
  async function everything(id: string): Promise<HistoryEntry[]> {
    const entries: HistoryEntry[] = [];
    for (;;) {
      const before = entries.at(-1);
      const page = await store.history.ofConnection(id, { limit: atOnce, ...(before && { before }) });
      entries.push(...page);
      if (page.length < atOnce) return entries;
    }
  }
}

interface Told {
  id: string;
  at: string;
  by: { id: string; name: string } | null;
  what: string;
  sentence: string;
  data: object;
}

function told(entry: HistoryEntry, names: Parameters<typeof historySentence>[1]): Told {
  const { id, at, officeUserId, what, data } = entry;
  const by = officeUserId === null ? null : { id: officeUserId, name: names.userName(officeUserId) };
  return { id, at, by, what, sentence: historySentence(entry, names), data };
}

function asCsv(entries: readonly Told[]): string {
  const lines = entries.map(({ at, by, what, sentence, data, id }) =>
    csvLine([at, by?.name ?? '', what, sentence, JSON.stringify(data), id]),
  );
  return [csvLine(['at', 'by', 'what', 'sentence', 'data', 'id']), ...lines].join('');
}
