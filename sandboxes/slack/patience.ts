/**
 * How long Slack waits for the app: for an acknowledgement (https://docs.slack.dev/apis/events-api/using-socket-mode), and
 * until a trigger opens nothing any more (https://docs.slack.dev/interactivity/handling-user-interaction).
 */
export const publishedPatienceMs = 3_000;
