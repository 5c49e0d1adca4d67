/** Reasons that the vendor's page on response codes names for 403. */
export type Reason =
  | 'BlockedUser'
  | 'InactiveUser'
  | 'BlockedCustomer'
  | 'LicenseExpired'
  | 'DivisionBlocked'
  | 'NoDivisionAccess';

/** An API call that is refused, with the status and headers to answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  /**
   * The published error body: `{"error":{"code":"","message":{"lang":"","value":"…"}}}`. A 429 has none: the words of
   * picqer issue 528 end after "Error 429: ", where other errors say theirs.
   */
  get body(): object | undefined {
    if (this.status === 429) return undefined;
    return { error: { code: '', message: { lang: '', value: this.message } } };
  }
}

export function badRequest(message: string): Refusal {
  return new Refusal(400, message);
}

export function notFound(message: string): Refusal {
  return new Refusal(404, message);
}

/** 403 with the `reason` header; without a reason it is the plain "Forbidden" of a missing right. */
export function forbidden(reason?: Reason): Refusal {
  if (!reason) return new Refusal(403, 'Forbidden');
  const words = reason === 'LicenseExpired' ? "Forbidden - Customer's license expired." : 'Forbidden';
  return new Refusal(403, words, { reason });
}

/** The consent does not cover the company (forums.invantive.com thread 718); no `reason` was recorded with it. */
export function notInScope(): Refusal {
  return new Refusal(403, 'Forbidden - User division is not within division scope.');
}
