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
    const wish = last[name] ?? preferred[name];
    const candidates =
      anyFree && !last[name]
        ? []
        : [wish, preferred[name], ...portNumbers(preferred[name] + 1, preferred[name] + 200)];
    const port = await getPort({ port: candidates, exclude: chosen });
    if (candidates.length > 0 && port !== wish) say(`port ${wish} is taken, using ${port} (${name})`);
    chosen.add(port);
    ports[name] = port;
  }
  return ports as Record<Name, number>;
}
