/** What a person asked for cannot be done now; the message says why and what to do instead. */
export class RefusedError extends Error {
  override name = 'RefusedError';
}

/** Temporal or the worker does not answer. Asking again with the same action id is safe. */
export class UnavailableError extends Error {
  override name = 'UnavailableError';
}
