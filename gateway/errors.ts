import type { Objection } from '../domain/objections.ts';

/** What a person asked for cannot be done now; nothing was changed. */
export class ObjectionError extends Error {
  override name = 'ObjectionError';
  readonly objection: Objection;

  constructor(objection: Objection, options?: ErrorOptions) {
    super(objection, options);
    this.objection = objection;
  }
}

/** Temporal or the worker does not answer. Asking again with the same action id is safe. */
export class UnavailableError extends Error {
  override name = 'UnavailableError';
}
