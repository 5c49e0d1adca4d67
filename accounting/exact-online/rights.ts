import { AccountingFailure } from '../failure.ts';
import { query } from './client.ts';
import type { FeedRequest } from './feed.ts';
import { userHasRightsSchema } from './schemas.ts';

/**
 * A login without the right gets an empty list and no error ("When the user has insufficient rights, an empty list will
 * be displayed", the vendor's Tips and Tricks), so an empty answer is believed only after this.
 *
 * @throws AccountingFailure `right` when the login may not read this kind here
 */
export async function assertMayRead({ client, division, endpoint, signal }: FeedRequest): Promise<void> {
  const { rightsOf } = endpoint;
  const asked = query({ endpoint: `'${rightsOf}'`, action: "'GET'" });
  const request = { division, endpoint: 'users/UserHasRights', query: asked, signal };
  if (await client.get(request, userHasRightsSchema)) return;
  throw new AccountingFailure(
    { about: 'right' },
    `${rightsOf} of division ${division}: the list is empty, and the login has no right to read it`,
  );
}
