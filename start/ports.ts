import { once } from 'node:events';
import { createServer } from 'node:net';
import getPort, { portNumbers } from 'get-port';

export interface PortChoice<Name extends string> {
  /** The port each part would like to have. */
  preferred: Record<Name, number>;
  /** The ports of the last start; kept where they are free, so that links and bookmarks go on working. */
  last: Partial<Record<Name, number>>;
  /** Take any free port instead of the preferred one, for a copy beside another one. */
  anyFree: boolean;
  say: (sentence: string) => void;
}

/** A free port for every name: the one of last time, else the preferred one, else the next free one after it. */
export async function choosePorts<Name extends string>({
  preferred,
  last,
  anyFree,
  say,
}: PortChoice<Name>): Promise<Record<Name, number>> {
  const chosen = new Set<number>();
  const ports: Partial<Record<Name, number>> = {};
  for (const name of Object.keys(preferred) as Name[]) {
    const wanted = last[name] ?? preferred[name];
    const candidates =
      anyFree && !last[name]
        ? []
        : [wanted, preferred[name], ...portNumbers(preferred[name] + 1, preferred[name] + 200)];
    const port = await getPort({ port: candidates, exclude: chosen });
    if (candidates.length > 0 && port !== wanted) say(`port ${wanted} is taken, using ${port} (${name})`);
    chosen.add(port);
    ports[name] = port;
  }
  return ports as Record<Name, number>;
}

const mostAttempts = 5;

/**
 * Starts something on ports that were free a moment ago. When that fails and one of them turns out to be somebody else's by
 * now, it is started again with other ones in their place. `start` leaves nothing running when it fails.
 * @throws what `start` throws, when its ports are free or keep being taken
 */
export async function startOnFreePorts<Name extends string, T>(
  first: Record<Name, number>,
  start: (ports: Record<Name, number>) => Promise<T>,
  say: (sentence: string) => void = () => undefined,
): Promise<T> {
  const ports = { ...first };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(ports);
    } catch (error) {
      const taken = await namesOfTaken(ports);
      if (taken.length === 0 || attempt === mostAttempts) throw error;
      for (const name of taken) {
        const other = await getPort({ exclude: Object.values<number>(ports) });
        say(`port ${ports[name]} was taken meanwhile, using ${other} (${name})`);
        ports[name] = other;
      }
    }
  }
}

/** The same with one port, any that is free. */
export async function startOnFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  return startOnFreePorts({ port: await getPort() }, ({ port }) => start(port));
}

async function namesOfTaken<Name extends string>(ports: Record<Name, number>): Promise<Name[]> {
  const taken: Name[] = [];
  for (const name of Object.keys(ports) as Name[]) if (await isTaken(ports[name])) taken.push(name);
  return taken;
}

/** Whether somebody listens on it. (`getPort` would also say so of what it gave away itself a moment ago.) */
export async function isTaken(port: number): Promise<boolean> {
  // On all addresses: who listens on any one of them is in the way.
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
    return false;
  } catch {
    return true;
  } finally {
    server.close();
  }
}
