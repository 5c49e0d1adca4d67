/** What a person asked for cannot be done; the message says why and what to do instead, in words for them. */
export class RefusedError extends Error {
  override name = 'RefusedError';
}
