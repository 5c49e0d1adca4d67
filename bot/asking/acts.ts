import type { BotDeps } from '../deps.ts';

/** How many of the newest are remembered; a failure is answered within a minute. */
const remembered = 10_000;

/**
 * The gateway, noting for which actions it was asked for anything: whoever answers a failure says "nothing was changed"
 * only where that is known.
 */
export function notingActs(gateway: BotDeps['gateway']): {
  gateway: BotDeps['gateway'];
  /** Something was asked for by this action, and may have been done. */
  mayBeDone: (actionId: string) => boolean;
} {
  const begun = new Set<string>();
  const note = (actionId: string) => {
    begun.add(actionId);
    const [oldest] = begun;
    if (begun.size > remembered && oldest !== undefined) begun.delete(oldest);
  };
  const noting = new Proxy(gateway, {
    get(target, verb, receiver) {
      const act: unknown = Reflect.get(target, verb, receiver);
      if (typeof act !== 'function') return act;
      return (...args: unknown[]): unknown => {
        for (const arg of args) if (isAction(arg)) note(arg.actionId);
        return Reflect.apply(act, target, args);
      };
    },
  });
  return { gateway: noting, mayBeDone: (actionId) => begun.has(actionId) };
}

function isAction(arg: unknown): arg is { actionId: string } {
  return typeof arg === 'object' && arg !== null && 'actionId' in arg && typeof arg.actionId === 'string';
}
