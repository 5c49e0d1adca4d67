import { LogLevel, WebClient } from '@slack/web-api';

/**
 * A client that tries once: whoever calls it decides about retries (Temporal does, for everything the bot says of
 * its own accord), and a rate limit comes back at once as an error that says how long to wait.
 */
export function createSlackClient({ token, apiUrl }: { token: string; apiUrl: string | null }): WebClient {
  return new WebClient(token, {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    // What fails is thrown; whoever catches it logs it.
    logLevel: LogLevel.ERROR,
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  });
}
