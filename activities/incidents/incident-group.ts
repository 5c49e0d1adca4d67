import type { ConnectionState } from '../../domain/connection.ts';
import type { Incident } from '../../store/incidents/incidents.ts';
import type { ActivityDeps } from '../deps.ts';

/** One of those that broke together, with its connection. */
export interface Broken {
  incident: Incident;
  state: ConnectionState;
}

/** All that share the messages of the first of them; that one alone when none does. */
export async function groupOf({ store }: Pick<ActivityDeps, 'store'>, first: number): Promise<Broken[]> {
  const states = new Map((await store.connections.all()).map((state) => [state.id, state]));
  return (await store.incidents.group(first)).flatMap((incident) => {
    const state = states.get(incident.connectionId);
    return state ? [{ incident, state }] : [];
  });
}

export async function sharesMessages(
  { store }: Pick<ActivityDeps, 'store'>,
  { groupedUnder, number }: Incident,
): Promise<boolean> {
  return groupedUnder !== null || (await store.incidents.isGroup(number));
}

/** The incident whose messages it shares; itself when it has its own. */
export const firstOf = ({ groupedUnder, number }: Incident): number => groupedUnder ?? number;

export const isOpen = ({ incident }: Broken): boolean => incident.endedAt === null;

export const sinceOf = (broken: readonly Broken[]): number =>
  Math.min(...broken.map(({ incident }) => Date.parse(incident.openedAt)));

/** What a message calls it that is about one alone; null where it is about several. */
export function nameOfOnly([first, ...others]: readonly Pick<Broken, 'state'>[]): string | null {
  return first && others.length === 0 ? first.state.name : null;
}
