import { groupBarred, named } from '../../domain/verification/barred.ts';
import type { RightsChanged } from '../../domain/announcements/rights.ts';
import type { Stop } from '../../domain/sync/rounds.ts';
import {
  believedMs,
  byCompany,
  countReach,
  mustAsk,
  type Right,
  type RightsMatrix,
} from '../../domain/verification/verification.ts';
import type { RightChange } from '../../store/verification/rights.ts';
import type { Verification } from '../../store/verification/verifications.ts';
import { audienceOf } from '../audience.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames, nameOf } from '../names.ts';
import type { CompanyId, ConnectionId, PersonId } from '../../domain/ids.ts';

type Cell = Pick<Right, 'companyId' | 'kind'>;
const cellOf = ({ companyId, kind }: Cell) => `${companyId}/${kind}`;

export function createRightsTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office } = deps;

  async function begun(connectionId: ConnectionId, verification: string): Promise<Verification> {
    const found = await store.verifications.get(connectionId, verification);
    if (found) return found;
    throw new Error(`Verification "${verification}" of "${connectionId}" was never begun`);
  }

  return {
    /**
     * Tells the office, and the teams that are hit, what the login in use lost or gained, once; and edits what was told
     * before when a loss turns out to be mended. What a former verification found and nobody could be told, because Slack
     * was down or the verification never came to its end, is told with it. Of any other login there is nothing to tell.
     */
    async tellRights({
      connectionId,
      verification,
    }: {
      connectionId: ConnectionId;
      verification: string;
    }): Promise<void> {
      const { state } = await connectionWithNames(deps, connectionId);
      const current = await begun(connectionId, verification);
      if (state.login?.grantId !== current.grantId) return;
      const matrix = await store.rights.matrix(current);
      const mended = openLosses(await store.rights.changes(connectionId), matrix);
      // In this order: what is mended is found only once, and must be told again whatever happens in between.
      for (const id of new Set(mended.map((loss) => loss.verification)))
        await store.verifications.markTold(connectionId, id, false);
      await store.rights.mend(connectionId, verification, mended);
      const changes = await store.rights.changes(connectionId);
      for (const id of new Set(changes.map((change) => change.verification))) {
        const found = changes.filter((change) => change.verification === id);
        if (!isOwed(await begun(connectionId, id), found, current)) continue;
        await tellChanges(connectionId, id, found, changes, matrix);
        await store.verifications.markTold(connectionId, id, true);
      }
    },

    /** One message in the office channel: how far a verification is that somebody asked for, and what it found. */
    async tellVerification(told: {
      connectionId: ConnectionId;
      verification: string;
      by: PersonId | null;
      ended: { stop: Stop | null; isFinished: boolean } | null;
    }): Promise<void> {
      const { connectionId, verification, ended } = told;
      const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const current = await begun(connectionId, verification);
      const all = await store.rights.matrix(current);
      const companies = await store.companies.linked(connectionId);
      const linked = new Set(companies.map(({ externalId }) => externalId));
      const matrix = all.filter(({ companyId }) => linked.has(companyId));
      const counts = countReach(matrix);
      await speaker.say({
        key: `verification/${connectionId}/${verification}`,
        to: { channel: office.channelId },
        announcement: {
          what: 'verification',
          connectionName,
          systemId: state.system,
          systemName,
          login: state.login?.accountingUserName ?? '',
          by: told.by === null ? null : nameOf(deps, told.by),
          companies: companies.length,
          looked: companies.filter(({ externalId }) => isLookedAt(current, matrix, externalId)).length,
          ended: ended && {
            how: ended.stop?.kind === 'broken' ? 'broken' : ended.isFinished ? 'finished' : 'unfinished',
            fine: counts.fine,
            unknown: counts.unknown,
            closed: named(
              companies,
              groupBarred(
                matrix.filter(({ answer }) => answer === 'no'),
                matrix,
              ),
            ),
          },
        },
      });
    },
  };

  async function tellChanges(
    connectionId: ConnectionId,
    verification: string,
    changes: readonly RightChange[],
    all: readonly RightChange[],
    matrix: RightsMatrix,
  ): Promise<void> {
    const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
    const linked = await store.companies.linked(connectionId);
    const mends = new Set(
      all.filter(({ mendedIn }) => mendedIn !== null && mendedIn === verification).map(cellOf),
    );
    const lost = changes.filter(({ what }) => what === 'lost');
    const gained = changes.filter((change) => change.what === 'gained' && !mends.has(cellOf(change)));
    await Promise.all(
      audienceOf(office, linked).map(async ({ channel, companies }) => {
        const ids = new Set(companies.map(({ externalId }) => externalId));
        const here = <C extends Cell>(cells: readonly C[]) =>
          cells.filter(({ companyId }) => ids.has(companyId));
        const open = here(lost.filter(({ mendedIn }) => mendedIn === null));
        const mended = here(lost.filter(({ mendedIn }) => mendedIn !== null));
        const won = here(gained);
        if (open.length + mended.length + won.length === 0) return;
        const names = (cells: readonly RightChange[]) => named(companies, groupBarred(cells, matrix));
        const announcement: RightsChanged = {
          what: 'rights-changed',
          connectionName,
          systemId: state.system,
          systemName,
          login: state.login?.accountingUserName ?? '',
          companies: companies.length,
          fine: countReach(here(matrix)).fine,
          lost: names(open),
          mended: names(mended),
          gained: names(won),
        };
        await speaker.say({
          key: `rights/${connectionId}/${verification}/${channel}`,
          to: { channel },
          announcement,
        });
      }),
    );
  }
}

/**
 * What a candidate or a stand-in lacks is told where it matters, and what a former login lost is over unless it was told
 * and is mended; a verification that began later has its own turn.
 */
function isOwed(verification: Verification, found: readonly RightChange[], current: Verification): boolean {
  const { told, reason, grantId, startedAt } = verification;
  if (told || reason === 'change' || reason === 'stand-in' || startedAt > current.startedAt) return false;
  return grantId === current.grantId || found.some(({ mendedIn }) => mendedIn !== null);
}

function openLosses(changes: readonly RightChange[], matrix: RightsMatrix): RightChange[] {
  const readable = new Set(matrix.filter(({ answer }) => answer === 'yes').map(cellOf));
  return changes.filter(
    (change) => change.what === 'lost' && change.mendedIn === null && readable.has(cellOf(change)),
  );
}

function isLookedAt(
  { startedAt, reason }: Verification,
  matrix: RightsMatrix,
  companyId: CompanyId,
): boolean {
  const believedSince = new Date(Date.parse(startedAt) - believedMs[reason]).toISOString();
  const rights = byCompany(matrix).get(companyId) ?? [];
  return rights.length > 0 && rights.every((right) => !mustAsk(right, { startedAt, believedSince }));
}
