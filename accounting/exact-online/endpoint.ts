import { z } from 'zod';

import type { MasterDataKind, MasterDataRow } from '../../domain/master-data.ts';
import type { Client, Page, Request } from './client.ts';
import { date, guid, text, timestamp } from './schemas.ts';
import { moment } from './values.ts';

/** Where one kind is read, and how a row of it is told in the words of the office. */
export interface Endpoint {
  path: string;
  /** The endpoint whose rights count (`UserHasRights`): the plain listing, also where its sync twin is read. */
  rightsOf: string;
  /** EntityType in `sync/Deleted`; null where there is no sync twin. */
  entityType: number | null;
  /** `$select`: just what the schema reads, so that neither can fall behind the other. */
  select: string;
  /**
   * Its pages from `query` on.
   * @throws AccountingFailure
   */
  pages: (client: Client, request: Omit<Request, 'endpoint'>) => AsyncGenerator<Page<EndpointRow>>;
}

/** A row, and what the two kinds of feed go by. */
export interface EndpointRow {
  row: MasterDataRow;
  /** Row version; null where there is no sync twin. */
  timestamp: string | null;
  /** In ms, by the package's own clock. */
  modified: number | null;
}

interface Definition<K extends MasterDataKind, F extends z.ZodRawShape> {
  path: string;
  sync?: { rightsOf: string; entityType: number };
  /** Its rows have no Code. */
  codeless?: true;
  fields: F;
  tell: (
    row: z.output<ReturnType<typeof z.object<F>>>,
  ) => Pick<MasterDataRow<K>, 'name' | 'active' | 'details'>;
}

const plain = { ID: guid, Modified: date };
/** What is not asked for says nothing: a code where rows have none, a row version where there is no sync twin. */
const nothing = z.transform((): string | null => null);

/** An endpoint for one kind of master data; ID, Code, Modified and, on a sync twin, Timestamp come by themselves. */
export function endpoint<K extends MasterDataKind, F extends z.ZodRawShape>(
  _kind: K,
  { path, sync, codeless, fields, tell }: Definition<K, F>,
): Endpoint {
  const common = { ...plain, Code: codeless ? nothing : text, Timestamp: sync ? timestamp : nothing };
  // One object, for an intersection of two costs as much as both again; what it tells is what the two would tell.
  const wire = z.object({ ...common, ...fields }) as unknown as z.ZodType<
    z.output<z.ZodObject<typeof common>> & z.output<ReturnType<typeof z.object<F>>>
  >;
  return {
    path,
    rightsOf: sync?.rightsOf ?? path,
    entityType: sync?.entityType ?? null,
    select: Object.keys({
      ...plain,
      ...(!codeless && { Code: text }),
      ...fields,
      ...(sync && { Timestamp: timestamp }),
    }).join(','),
    async *pages(client, request) {
      for await (const { rows, ...page } of client.pages({ ...request, endpoint: path }, wire))
        yield {
          rows: rows.map((row) => ({
            row: { externalId: row.ID, code: row.Code, ...tell(row), modifiedAt: moment(row.Modified) },
            timestamp: row.Timestamp,
            modified: row.Modified,
          })),
          ...page,
        };
    },
  };
}
