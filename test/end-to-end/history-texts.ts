/** Every text of a history: payloads, failures, summaries, memos, whatever field they stand in. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

interface HistoryEvent {
  userMetadata?: { summary?: { data?: Uint8Array | null } | null } | null;
  workflowExecutionStartedEventAttributes?: { continuedExecutionRunId?: string | null } | null;
  activityTaskScheduledEventAttributes?: object | null;
}

/**
 * What an operator reads beside the start of the workflow and each of its activities. A fresh history has none at its start:
 * the SDK gives none along (1.24, `ContinueAsNewOptions`).
 */
export function summariesOf(history: unknown): string[] {
  const { events = [] } = history as { events?: HistoryEvent[] };
  return events
    .filter(
      ({ workflowExecutionStartedEventAttributes: began, activityTaskScheduledEventAttributes: scheduled }) =>
        scheduled ?? (began && !began.continuedExecutionRunId),
    )
    .map(({ userMetadata }) => {
      const data = userMetadata?.summary?.data;
      return data ? String(JSON.parse(Buffer.from(data).toString('utf8'))) : '';
    });
}
