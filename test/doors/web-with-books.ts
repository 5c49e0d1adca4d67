import type { ChangeCalls } from '../../accounting/port.ts';
import type { MasterDataKind } from '../../domain/master-data.ts';
import type { DatabaseAddress } from '../../store/database/database.ts';
import { storeNext } from '../store/store.ts';
import { companies, connection, disconnected } from '../web/demo-office.ts';
import { runWeb, type RunningWeb } from '../web/running-web.ts';

export const line = { connectionId: 'exact', companyId: 'd-1' };

const rows: [MasterDataKind, string, object][] = [
  ['relation', '1001', { isSupplier: true }],
  ['journal', '50', { type: 'purchase' }],
  ['gl-account', '4400', {}],
  ['gl-account', '4410', {}],
  ['vat-code', '2', {}],
];

/** A server with all that a booking needs; its connection is broken, so that bookings are taken and wait. */
export async function runWebWithBooks(
  options: { changeCalls?: ChangeCalls; database?: DatabaseAddress } = {},
): Promise<RunningWeb> {
  const web = await runWeb({ ...options, holdBookings: true });
  await web.store.connections.save(connection({ link: disconnected() }));
  await web.store.companies.recordListing('exact', companies(), { complete: true });
  await web.store.companies.link('exact', ['d-1', 'd-2']);
  for (const kind of new Set(rows.map(([one]) => one))) {
    const ofKind = rows
      .filter(([one]) => one === kind)
      .map(([, code, details]) => ({
        ...{ externalId: `${kind}-${code}`, code, name: code, active: true, details, modifiedAt: null },
      }));
    const page = { rows: ofKind, deleted: [], checkpoint: '1' };
    await storeNext(web.store, { ...line, kind, page, round: 1 });
    await web.store.syncPositions.recordSuccess({ ...line, kind }, 1);
  }
  return web;
}

/** Lines of the log that say it was our fault. */
export function faultsOf(web: RunningWeb): string[] {
  return web
    .logLines()
    .split('\n')
    .filter((one) => /"level":(50|60)/.test(one));
}
