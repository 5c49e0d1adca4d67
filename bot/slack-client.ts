import { LogLevel, WebClient, type WebAPICallResult, type WebClientOptions } from '@slack/web-api';
import { drawsLikeSlack, plainly } from './plain-slack.ts';

/**
 * A client that tries once: whoever calls it decides about retries (Temporal does, for everything the bot says of
 * its own accord), and a rate limit comes back at once as an error that says how long to wait.
 */
export function createSlackClient(settings: {
  token: string;
  apiUrl: string | null;
  /** In which a stand-in of Slack draws dates: plain-slack.ts. */
  timeZone: string;
}): WebClient {
  const options: WebClientOptions = {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    // What fails is thrown; whoever catches it logs it.
    logLevel: LogLevel.ERROR,
    ...(settings.apiUrl ? { slackApiUrl: settings.apiUrl } : {}),
  };
  return drawsLikeSlack(settings.apiUrl)
    ? new WebClient(settings.token, options)
    : new PlainWebClient(settings.token, settings.timeZone, options);
}

class PlainWebClient extends WebClient {
  readonly #timeZone: string;

  constructor(token: string, timeZone: string, options: WebClientOptions) {
    super(token, options);
    this.#timeZone = timeZone;
  }

  override apiCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    return super.apiCall(method, plainly(options, this.#timeZone));
  }
}
