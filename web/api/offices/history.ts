import { z } from 'zod';
import { historySentence } from '../../../words/connections/history.ts';
import type { HistoryEntry } from '../../../store/offices/history.ts';
import { personName, systemName } from '../../connection-facts.ts';
import type { WebDeps } from '../../deps.ts';
import { noSuchConnection } from '../connections/connections.ts';
import { csvLine } from '../csv.ts';
import type { Api } from '../openapi.ts';
import { json, notFound, oneConnection, problem } from '../openapi-words.ts';
import { answer, facts, moment, person, text } from '../schema-words.ts';

const entry = z.object({
  id: text,
  at: moment,
  by: person.nullable().describe('The office user who did it; null when nobody did.'),
  what: text.describe(
    'The kind of entry; `unknown` where this version cannot read it: then the kind that was written is in `data`.',
  ),
  sentence: text.describe('The entry for people.'),
  data: facts.describe('The facts of this kind of entry: ids, counts, a reason.'),
});
const history = answer('History', z.object({ entries: z.array(entry) }));
const everyEntry = json(history, 'All entries, newest first.');
const schema = {
  operationId: 'getHistory',
  summary: 'Who connected as whom, what was reached, who agreed, when and why',
  description: 'Entries are added and never changed or removed.',
  params: oneConnection,
  querystring: z.object({
    format: z.enum(['json', 'csv'], 'is json or csv').default('json').describe('CSV has one line per entry.'),
  }),
  response: {
    200: { ...everyEntry, content: { ...everyEntry.content, 'text/csv': { schema: text } } },
    400: problem('The format is not known.'),
    404: notFound,
  },
};
const atOnce = 500;

/** Who connected as whom, what was reached, who agreed, when and why: for the file of the office. */
export function historyRoutes(app: Api, deps: WebDeps): void {
  const { store, systems, office, publicUrl } = deps;

  app.get('/api/connections/:id/history', { schema }, async (request, reply) => {
    const { id } = request.params;
    const connection = await store.connections.get(id);
    if (!connection) return noSuchConnection(reply, publicUrl, id);
    const names = {
      systemName: systemName(systems, connection.system),
      userName: (userId: string) => personName(office, userId),
    };
    const entries = (await everything(id)).map((entry) => told(entry, names));
    if (request.query.format === 'json') return { entries };
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

type Told = z.infer<typeof entry>;

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
