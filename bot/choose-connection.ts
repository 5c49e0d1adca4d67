import type { ConnectionState } from '../domain/connection.ts';
import { folded } from '../domain/typed.ts';
import { RefusedError } from './asking/refused.ts';
import { slashCommand } from './ids.ts';
import { listed } from './messages/words.ts';

/**
 * The connection a person means: by name, in any case; when there is only one, the name may be left out.
 * A beginning of a name will do when it fits one connection only.
 *
 * @throws RefusedError saying which there are
 */
export function chooseConnection(connections: readonly ConnectionState[], typed: string): ConnectionState {
  const wanted = folded(typed);
  const names = () => listed(connections.map(({ name }) => name));
  if (connections.length === 0) throw new RefusedError(noConnection);
  const exact = connections.filter(({ name }) => folded(name) === wanted);
  const fitting =
    exact.length > 0 ? exact : connections.filter(({ name }) => folded(name).startsWith(wanted));
  if (fitting.length === 1 && fitting[0]) return fitting[0];
  if (wanted === '')
    throw new RefusedError(
      `Which connection do you mean? There are ${names()}. Type its name behind the command.`,
    );
  if (fitting.length === 0)
    throw new RefusedError(`There is no connection called “${typed.trim()}”. There is ${names()}.`);
  throw new RefusedError(
    `More than one connection fits “${typed.trim()}”: ${listed(fitting.map(({ name }) => name))}. Which one do you mean?`,
  );
}

export const noConnection = `There is no connection with an accounting system yet. A superuser can set one up with \`${slashCommand} setup\`.`;
