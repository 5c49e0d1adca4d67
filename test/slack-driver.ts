/** The people's hands in the local Slack come with it. */
export { accounting, directMessagesOf, driveSlack, option } from '@syncuser/slack-sandbox';
export type { Seen, SlackDriver } from '@syncuser/slack-sandbox';
