import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The app as the local workspace knows it. These tokens open nothing anywhere else. */
export const localApp = {
  appId: 'A0SYNCUSER',
  botUserId: 'U0SYNCUSER',
  botName: 'Syncuser',
  botToken: 'xoxb-local-syncuser',
  appToken: 'xapp-local-syncuser',
  signingSecret: 'local-signing-secret',
};

const name = z.string().min(1);

/** Whose workspace it is: its people, and the public channels that all of them and the app are in. */
const workspaceSchema = z.strictObject({
  name,
  domain: name.default('local'),
  /** Of everybody; an IANA name. */
  timeZone: name.default('Europe/Amsterdam'),
  people: z.array(z.strictObject({ id: z.string().regex(/^U\w+$/), name, realName: name })).min(1),
  channels: z
    .array(z.strictObject({ id: z.string().regex(/^C\w+$/), name, topic: z.string().default('') }))
    .min(1),
});
export type Workspace = z.infer<typeof workspaceSchema>;

const demoWorkspaceFile = fileURLToPath(new URL('../demo-workspace.json', import.meta.url));

/**
 * The workspace that a file describes; without one that of the demo office.
 * @throws Error in words when the file holds something else
 */
export function readWorkspace(file: string = demoWorkspaceFile): Workspace {
  const parsed = workspaceSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} describes no workspace: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * The configuration of local-slack (JSON is YAML; github.com/parvalabs/local-slack, "Configuration"). Slash commands and
 * App Home need no declaration there. Direct messages are declared to give them ids that outlive a restart.
 */
export function workspaceConfig({ name, domain, timeZone, people, channels }: Workspace) {
  const everybody = [...people.map(({ id }) => id), localApp.botUserId];
  return {
    workspace: { name, domain, teamId: 'T0DEMO' },
    apps: [{ ...localApp, mode: 'socket' }],
    users: people.map((person) => ({
      id: person.id,
      name: person.name,
      real_name: person.realName,
      email: `${person.name}@${domain}.example`,
      tz: timeZone,
    })),
    channels: [
      ...channels.map((channel) => ({ ...channel, members: everybody })),
      ...people.map((person) => ({
        id: person.id.replace(/^U/, 'D'),
        name: `dm-${person.name}`,
        is_channel: false,
        is_private: true,
        is_im: true,
        members: [person.id, localApp.botUserId],
      })),
    ],
  };
}
