/**
 * What a person reads, for a page that draws neither dates (`<!date^…^{time}|fallback>`) nor entities (`&amp;`) and opens
 * nothing when a button has an address: every date in the time zone of the office, the character of every entity, and no
 * dead buttons. Only texts are touched; values, ids and what a view carries along stay as the app wrote them.
 */
export function drawn<T>(payload: T, timeZone: string): T {
  return draw(payload, timeZone) as T;
}

function draw(value: unknown, timeZone: string): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isDead(item)).map((item) => draw(item, timeZone));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name === 'accessory' && isDead(inner)) return [];
      return [
        [name, name === 'text' && typeof inner === 'string' ? words(inner, timeZone) : draw(inner, timeZone)],
      ];
    }),
  );
}

/** A button that only opens an address, or a row of nothing but such buttons. */
function isDead(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  if ('type' in value && value.type === 'button') return 'url' in value;
  return (
    'elements' in value &&
    Array.isArray(value.elements) &&
    value.elements.length > 0 &&
    value.elements.every(isDead)
  );
}

const dateTokens = /<!date\^(\d+)\^([^|>^]*)(?:\^[^|>]*)?\|([^>]*)>/g;

function words(text: string, timeZone: string): string {
  return text
    .replaceAll(dateTokens, (_token, seconds: string, format: string, fallback: string) =>
      dated(Number(seconds) * 1000, format, fallback, timeZone),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** https://docs.slack.dev/messaging/formatting-message-text, "Date formatting" */
const formats: Record<string, Intl.DateTimeFormatOptions> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date_slash: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  date_pretty: { day: 'numeric', month: 'long', year: 'numeric' },
  date_short: { day: 'numeric', month: 'short', year: 'numeric' },
  date_short_pretty: { day: 'numeric', month: 'short' },
  date_long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  date_long_pretty: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** The fallback where a token is not known, as Slack does for clients that cannot draw it. */
function dated(moment: number, format: string, fallback: string, timeZone: string): string {
  let known = true;
  const written = format.replaceAll(/\{(\w+)\}/g, (_token, name: string) => {
    const options = formats[name];
    if (!options) known = false;
    return new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(moment);
  });
  return known ? written : fallback;
}
