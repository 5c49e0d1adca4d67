/** Is this Slack itself? Anything else is a local stand-in that draws less. */
export function drawsLikeSlack(apiUrl: string | null): boolean {
  return apiUrl === null || /(^|\.)slack(-gov)?\.com$/.test(new URL(apiUrl).hostname);
}

const dateTokens = /<!date\^(\d+)\^([^|>]*)\|[^>]*>/g;

/**
 * The same payload for a stand-in of Slack that draws neither dates (`<!date^…^{time}|fallback>`) nor entities
 * (`&amp;`), and opens nothing when a button has an address: every date in the time zone of the office, the
 * character of every entity, and no dead buttons.
 */
export function plainly<T>(payload: T, timeZone: string): T {
  return plain(payload, timeZone) as T;
}

function plain(value: unknown, timeZone: string): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(dateTokens, (_token, seconds: string, format: string) =>
        draw(Number(seconds) * 1000, format, timeZone),
      )
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  if (Array.isArray(value)) return value.filter((item) => !isDead(item)).map((item) => plain(item, timeZone));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, timeZone)]));
  return value;
}

/** A button that only opens an address, or a row of nothing but such buttons. */
function isDead(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  if ('type' in value && value.type === 'button') return 'url' in value;
  return 'elements' in value && Array.isArray(value.elements) && value.elements.every(isDead);
}

function draw(moment: number, format: string, timeZone: string): string {
  const written = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(moment);
  return format
    .replace('{date_short_pretty}', written({ day: 'numeric', month: 'short' }))
    .replace('{time}', written({ hour: '2-digit', minute: '2-digit' }));
}
