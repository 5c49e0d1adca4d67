/** One break of one connection, as it happened outside the product. Times in milliseconds since 1970. */
export interface Break {
  number: number;
  /** What people call the connection. */
  name: string;
  /** Who is logged in at the package. */
  userName: string;
  cause: string;
  brokeAt: number;
  /** When the package first refused a call; null until it did, and where the package only lists less. */
  refusedAt: number | null;
  /** When people had waited for it and set about mending it; null until they do. */
  mendingSince: number | null;
  /**
   * When Syncuser had a login again that works; null until it does. Logging in takes minutes where the worker was killed
   * or the package is down, and all that time it is true that it is disconnected.
   */
  mendedAt: number | null;
  /** The conversations of everybody who is hit, and whether somebody reads there who may mend it. */
  hit: readonly string[];
}

/** A conversation in which nothing can be posted: archived, the bot removed, the person disabled. */
export interface Closure {
  conversation: string;
  from: number;
  until: number | null;
}

/** From when on people could have been told. */
export const startOf = ({ refusedAt, brokeAt }: Break): number => refusedAt ?? brokeAt;

/** Whether it was closed in any moment of that time. */
export function wasClosed(
  closures: readonly Closure[],
  conversation: string,
  { from, until }: { from: number; until: number },
): boolean {
  return closures.some(
    (one) => one.conversation === conversation && one.from <= until && (one.until ?? Infinity) >= from,
  );
}
