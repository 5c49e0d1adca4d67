/**
 * The database does not answer, is held by somebody else, or takes nothing because its disk is full. What was asked of it
 * was not done, or nobody knows. `code` is that of the database, where it gave one.
 */
export class DatabaseUnavailableError extends Error {
  override name = 'DatabaseUnavailableError';
  readonly code: string | null;

  constructor(message: string, options: { cause?: unknown; code?: string | null } = {}) {
    super(message, { cause: options.cause });
    this.code = options.code ?? null;
  }
}

/** Also where somebody wrapped it. By its name: an error may come from another realm. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  return (
    name === 'DatabaseUnavailableError' || name === 'DatabaseLockedError' || isDatabaseUnavailable(cause)
  );
}
