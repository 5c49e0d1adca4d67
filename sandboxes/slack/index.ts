/** What the package offers; everything else is its own affair. */
export { accounting, directMessagesOf, driveSlack, option } from './driver.ts';
export type { Seen, SlackDriver } from './driver.ts';
export { localApp, readWorkspace, type Workspace } from './local/workspace.ts';
export type { Misfortune } from './misfortunes.ts';
export { startSlack, type LocalSlack } from './server.ts';
export { createStrictControl, type StrictControl } from './strict-control.ts';
