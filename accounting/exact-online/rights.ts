import type { MasterDataKind } from '../../domain/master-data.ts';
import type { KindFinding } from '../../domain/verification/verification.ts';
import { AccountingFailure } from '../failure.ts';
import { findingOf } from '../rights.ts';
import { query, type Client } from './client.ts';
import type { Endpoint } from './endpoint.ts';
import { ExactRefusal } from './failures.ts';
import { listSchema, rowSchema, userHasRightsSchema } from './schemas.ts';

export interface RightsQuestion {
  client: Client;
  division: number;
  endpoint: Endpoint;
  now: () => Date;
  signal: AbortSignal | undefined;
}
/** Of an endpoint only the name is asked. */
export type RightToRead = Omit<RightsQuestion, 'endpoint'> & { endpoint: Pick<Endpoint, 'rightsOf'> };

/**
 * A login without the right gets an empty list and no error ("When the user has insufficient rights, an empty list will
 * be displayed", the vendor's Tips and Tricks), so an empty answer is believed only after this.
 */
export interface RightsCheck {
  /**
   * @throws AccountingFailure `right` when the login may not read this kind here, `reply` when that cannot be asked
   */
  assertMayRead(request: RightToRead): Promise<void>;
  /**
   * Whether the login may read this kind here, and what says so.
   * @throws AccountingFailure what concerns the company as a whole, the login or the package
   */
  find(kind: MasterDataKind, question: RightsQuestion): Promise<KindFinding>;
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

/** The scopes of an app are the same in every company, so one that was seen open is believed for a while everywhere. */
const scopeSeenMs = 60 * 60_000;

/** One for all sessions of an app, for it remembers which form Exact Online takes. */
export function createRightsCheck(): RightsCheck {
  const refused = new Map<Form, number>();
  const scopeSeen = new Map<MasterDataKind, number>();

  async function hasRight(question: RightToRead): Promise<boolean | null> {
    const { client, division, endpoint, signal, now } = question;
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

  async function find(kind: MasterDataKind, question: RightsQuestion): Promise<KindFinding> {
    const may = await hasRight(question);
    if (may === false) return { kind, answer: 'no', evidence: 'right-check', barrier: 'user-right' };
    const now = question.now().getTime();
    if (may && now - (scopeSeen.get(kind) ?? -Infinity) < scopeSeenMs)
      return { kind, answer: 'yes', evidence: 'right-check', barrier: null };
    const hasRow = await seesRow(question);
    scopeSeen.set(kind, now);
    if (hasRow) return { kind, answer: 'yes', evidence: 'row', barrier: null };
    return may
      ? { kind, answer: 'yes', evidence: 'right-check', barrier: null }
      : { kind, answer: 'unknown', evidence: 'empty', barrier: null };
  }

  return {
    find: (kind, question) => find(kind, question).catch((error: unknown) => findingOf(kind, error)),
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

/** Whether a single row comes. Where there is a sync twin, the plain listing demands a filter. */
async function seesRow({ client, division, endpoint, signal }: RightsQuestion): Promise<boolean> {
  const isSync = endpoint.entityType !== null;
  const asked = query({
    $filter: isSync ? 'Timestamp gt 1L' : undefined,
    $top: '1',
    $select: 'ID',
  });
  const request = { division, endpoint: endpoint.path, query: asked, signal };
  const { rows } = await client.get(request, listSchema(rowSchema));
  return rows.length > 0;
}
