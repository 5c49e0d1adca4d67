import { z } from 'zod';
import { grantedScopes } from './web-api/methods.ts';
import type { ChannelKind } from './web-api/methods.ts';
import { localApp } from './local/workspace.ts';

const stateSchema = z.object({
  channels: z.array(
    z.object({
      id: z.string(),
      is_im: z.boolean(),
      is_private: z.boolean(),
      members: z.array(z.string()),
    }),
  ),
  users: z.array(z.object({ id: z.string() })),
});

export type Channel = z.output<typeof stateSchema>['channels'][number];

/** What an administrator of the workspace did, and the local Slack does not know. */
const untouched = () => ({
  archived: new Set<string>(),
  /** Channels the bot was removed from. */
  left: new Set<string>(),
  disabled: new Set<string>(),
  revoked: false,
  scopes: new Set<string>(grantedScopes),
});

/** The channels and people of the local Slack, with what an administrator did to them. */
export function createWorkspaceState(target: string) {
  let known: z.output<typeof stateSchema> | undefined;
  let changes = untouched();

  async function load() {
    const response = await fetch(`${target}/_control/state`, { signal: AbortSignal.timeout(10_000) });
    known = stateSchema.parse(await response.json());
    return known;
  }
  const state = async () => known ?? load();

  /** Looks again when it is not known: a channel may have been made since. */
  async function channel(id: string): Promise<Channel | undefined> {
    const find = (list: Channel[]) => list.find((one) => one.id === id);
    return find((await state()).channels) ?? find((await load()).channels);
  }

  return {
    get changes() {
      return changes;
    },
    channel,
    async isUser(id: string): Promise<boolean> {
      return (await state()).users.some((user) => user.id === id);
    },
    async directChannelOf(user: string): Promise<Channel | undefined> {
      const { channels } = await load();
      return channels.find(
        (one) => one.is_im && [user, localApp.botUserId].every((id) => one.members.includes(id)),
      );
    },
    kindOf: (one: Channel): ChannelKind => (one.is_im ? 'direct' : one.is_private ? 'private' : 'public'),
    reset(): void {
      changes = untouched();
      known = undefined;
    },
  };
}

export type WorkspaceState = ReturnType<typeof createWorkspaceState>;
