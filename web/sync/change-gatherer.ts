import { createHash } from 'node:crypto';
import type { Changed } from '../../accounting/port.ts';
import { maySync, type ConnectionState } from '../../domain/connection.ts';
import { ObjectionError, UnavailableError } from '../../gateway/errors.ts';
import type { WebDeps } from '../deps.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export interface ChangeGatherer {
  /** Hears that something changed; what it leads to happens later. */
  hear(systemId: string, change: Changed): void;
  /** Hears no more, and waits for what is being passed on. */
  close(): Promise<void>;
}

/** `gatherMs`: 2,000 unless it is given. */
export type GathererDeps = Pick<WebDeps, 'store' | 'gateway' | 'logger' | 'now' | 'gatherMs'>;

/** A call about something that is older was kept by somebody; the rounds brought that in long ago. */
const believedForMs = 3 * 86_400_000;

interface Heard extends Changed {
  systemId: string;
}

/**
 * What packages told us in the last moment, passed on as one call per connection: a workflow takes ten messages at a time,
 * and one change of many rows is as many calls. Whatever cannot be passed on is let go of: the next round brings it.
 */
export function createChangeGatherer({
  store,
  gateway,
  logger,
  now,
  gatherMs = 2_000,
}: GathererDeps): ChangeGatherer {
  let heard: Heard[] = [];
  let timer: NodeJS.Timeout | null = null;
  let passing: Promise<void> = Promise.resolve();

  function passOnSoon(): void {
    timer = setTimeout(() => {
      const changes = heard;
      heard = [];
      passing = passOn(changes)
        .catch((error: unknown) => logger.error({ error: String(error) }, 'changes were not passed on'))
        .then(() => {
          timer = null;
          if (heard.length > 0) passOnSoon();
        });
    }, gatherMs);
  }

  async function passOn(heardNow: Heard[]): Promise<void> {
    const first = new Set(await store.heardCalls.firstHeard([...new Set(heardNow.map(({ id }) => id))]));
    const changes = heardNow.filter(({ id }) => first.delete(id));
    const linked = await store.companies.whereLinked([...new Set(changes.map(({ company }) => company))]);
    const ids = [...new Set(linked.map(({ connectionId }) => connectionId))];
    const states = await Promise.all(ids.map((id) => store.connections.get(id)));
    const requests = states
      .filter((state) => state !== null)
      .filter(maySync)
      .map((state) => ({ state, its: changes.filter((change) => concerns(state, change, linked)) }))
      .filter(({ its }) => its.length > 0);
    await Promise.all(requests.map(({ state, its }) => askForSync(state, its)));
  }

  async function askForSync({ id, system }: ConnectionState, changes: Heard[]): Promise<void> {
    const scope = {
      companies: [...new Set(changes.map(({ company }) => company))],
      kinds: [...new Set(changes.map(({ kind }) => kind))],
    };
    try {
      await gateway.packageCalled(id, { actionId: actionIdOf(changes), by: system, scope });
    } catch (error) {
      if (!(error instanceof ObjectionError || error instanceof UnavailableError)) throw error;
      logger.info({ connection: id, why: error.message }, 'a change waits for the next round');
    }
  }

  return {
    hear(systemId, change) {
      if (change.at !== null && now().getTime() - Date.parse(change.at) > believedForMs) return;
      heard.push({ systemId, ...change });
      if (timer === null) passOnSoon();
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      await passing;
    },
  };
}

function concerns(
  { id, system }: ConnectionState,
  { systemId, company }: Heard,
  linked: { connectionId: ConnectionId; externalId: string }[],
): boolean {
  return (
    systemId === system &&
    linked.some(({ connectionId, externalId }) => connectionId === id && externalId === company)
  );
}

/** Made of what was said, so that the same burst is one action whoever passes it on. */
function actionIdOf(changes: readonly Changed[]): string {
  const ids = changes.map(({ id }) => id).toSorted();
  return `changed/${createHash('sha256').update(ids.join()).digest('hex').slice(0, 32)}`;
}
