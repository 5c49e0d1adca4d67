import type { BarredCompanies } from '../../domain/announcements/rights.ts';
import type { LostByChange } from '../../domain/announcements/succession.ts';
import type { ActivityDeps } from '../deps.ts';
import { audienceOf } from '../audience.ts';
import { gainsAndLosses, type TwoLogins } from './gains-and-losses.ts';
import { connectionWithNames } from '../names.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

/** Teams read of their own companies what a change loses; the office channel reads it in the message of the change. */
export function createChangeLossesTelling(deps: ActivityDeps) {
  const { store, speaker, office } = deps;
  const keyOf = (connectionId: ConnectionId, change: number, channel: string) =>
    `changed/${connectionId}/${change}/${channel}`;

  return {
    async tellTeams(
      { connectionId, change, ...logins }: TwoLogins & { change: number },
      about: Pick<LostByChange, 'login' | 'synchronisationUser'> & { decided: LostByChange['news'] },
    ): Promise<void> {
      const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const { lost } = await gainsAndLosses(deps, { connectionId, ...logins });
      const { decided: news, ...who } = about;
      const hit = (await store.companies.linked(connectionId)).map(({ code, name }) => ({ code, name }));
      await Promise.all(
        audienceOf(office, hit).map(async ({ channel, companies }) => {
          const here = ofThese(lost, companies);
          if (channel === office.channelId || here.length === 0) return;
          await speaker.say({
            key: keyOf(connectionId, change, channel),
            to: { channel },
            announcement: { what: 'lost-by-change', connectionName, systemName, ...who, lost: here, news },
          });
        }),
      );
    },

    /** Whatever team was told reads that nothing is lost any more. */
    async tellTeamsOfUndo(
      { connectionId, change }: { connectionId: ConnectionId; change: number },
      about: Pick<LostByChange, 'login' | 'synchronisationUser'> & { by: PersonId },
    ): Promise<void> {
      const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const { by, ...who } = about;
      await Promise.all(
        office.teams.map(async ({ channelId: channel }) => {
          await speaker.say({
            key: keyOf(connectionId, change, channel),
            to: { channel },
            onlyIfSaid: true,
            announcement: {
              what: 'lost-by-change',
              connectionName,
              systemName,
              ...who,
              lost: [],
              news: { kind: 'undone', by },
            },
          });
        }),
      );
    },
  };
}

function ofThese(
  lost: readonly BarredCompanies[],
  companies: readonly { code: string; name: string }[],
): BarredCompanies[] {
  const codes = new Set(companies.map(({ code }) => code));
  return lost
    .map((group) => ({ ...group, companies: group.companies.filter(({ code }) => codes.has(code)) }))
    .filter((group) => group.companies.length > 0);
}
