import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { officeSchema } from '../../../domain/offices/office.ts';
import type { Office } from '../../../domain/offices/office.ts';

/** The office file of the demo; the local workspace is made from it, so that both always agree. */
export const demoOfficeFile = fileURLToPath(new URL('../../demo-office.json', import.meta.url));

/** The app as the local workspace knows it. These tokens open nothing anywhere else. */
export const localApp = {
  appId: 'A0SYNCUSER',
  botUserId: 'U0SYNCUSER',
  botName: 'Syncuser',
  botToken: 'xoxb-local-syncuser',
  appToken: 'xapp-local-syncuser',
  signingSecret: 'local-signing-secret',
};

export function readDemoOffice(): Office {
  return officeSchema.parse(JSON.parse(readFileSync(demoOfficeFile, 'utf8')));
}

/**
 * The configuration of local-slack (JSON is YAML; github.com/parvalabs/local-slack, "Configuration"). Slash commands and
 * App Home need no declaration there. Direct messages are declared to give them ids that outlive a restart.
 */
export function workspaceConfig(office: Office) {
  const everybody = [...office.users.map((user) => user.slackUserId), localApp.botUserId];
  return {
    workspace: { name: office.name, domain: 'demo-accountants', teamId: 'T0DEMO' },
    apps: [{ ...localApp, mode: 'socket' }],
    users: office.users.map((user) => ({
      id: user.slackUserId,
      name: user.id,
      real_name: user.name,
      email: `${user.id}@demo-accountants.example`,
      tz: 'Europe/Amsterdam',
    })),
    channels: [
      {
        id: office.channelId,
        name: 'accounting',
        topic: 'Alerts about every connection',
        members: everybody,
      },
      ...office.teams.map((team) => ({
        id: team.channelId,
        name: `team-${team.id}`,
        topic: `Alerts about the companies of ${team.name}`,
        members: everybody,
      })),
      ...office.users.map((user) => ({
        id: user.slackUserId.replace(/^U/, 'D'),
        name: `dm-${user.id}`,
        is_channel: false,
        is_private: true,
        is_im: true,
        members: [user.slackUserId, localApp.botUserId],
      })),
    ],
  };
}
