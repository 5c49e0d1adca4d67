import { AccountingFailure } from '../failure.ts';
import { query } from './client.ts';
import { ExactRefusal } from './failures.ts';
import type { FeedRequest } from './feed.ts';
import { userHasRightsSchema } from './schemas.ts';

/**
 * A login without the right gets an empty list and no error ("When the user has insufficient rights, an empty list will
 * be displayed", the vendor's Tips and Tricks), so an empty answer is believed only after this.
 */
export interface RightsCheck {
  /**
   * @throws AccountingFailure `right` when the login may not read this kind here, `reply` when that cannot be asked
   */
  assertMayRead(request: FeedRequest): Promise<void>;
}

type Form = (endpoint: string) => Record<string, string>;

/**
 * Clients disagree on how the function is asked: quoted `action` (the vendor's Tips and Tricks, picqer/exact-php-client
 * Model.php) or bare `method` (mcnijman/go-exactonline api/client.go). The first form that is taken is kept.
 */
const forms: readonly Form[] = [
  (endpoint) => ({ endpoint: `'${endpoint}'`, action: "'GET'" }),
  (endpoint) => ({ endpoint: `'${endpoint}'`, method: 'GET' }),
];

/** A form that was refused is not tried again before this: refusals count against the app. */
const refusedMs = 24 * 60 * 60_000;

/** One for all sessions of an app, for it remembers which form Exact Online takes. */
export function createRightsCheck(): RightsCheck {
  const refused = new Map<Form, number>();

  async function hasRight(request: FeedRequest): Promise<boolean | null> {
    const { client, division, endpoint, signal, now } = request;
    for (const form of forms) {
      if (now().getTime() - (refused.get(form) ?? -Infinity) < refusedMs) continue;
      const asked = {
        division,
        endpoint: 'users/UserHasRights',
        query: query(form(endpoint.rightsOf)),
        signal,
      };
      try {
        return await client.get(asked, userHasRightsSchema);
      } catch (error) {
        if (!(error instanceof ExactRefusal && [400, 404].includes(error.status))) throw error;
        refused.set(form, now().getTime());
      }
    }
    return null;
  }

  return {
    async assertMayRead(request) {
      const may = await hasRight(request);
      if (may) return;
      const where = `${request.endpoint.rightsOf} of division ${request.division}: the list is empty`;
      throw may === null
        ? new AccountingFailure(
            { about: 'reply' },
            `${where}, and users/UserHasRights is not there to say why`,
          )
        : new AccountingFailure(
            { about: 'right', gate: 'user-right' },
            `${where}, and the login has no right to read it`,
          );
    },
  };
}
