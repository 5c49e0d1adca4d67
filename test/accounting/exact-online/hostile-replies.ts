import type { Random } from '@syncuser/exact-online-sandbox';
import { validReply } from './valid-replies.ts';

/** Just what goes over the wire. */
export interface WireReply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** The connection breaks after so many bytes of the body. */
  breaksAfter: number | null;
}

/** A reply that is right, nearly right, or nothing a client should ever get; `elsewhere` is a host that is not ours. */
export function hostileReply(random: Random, url: URL, elsewhere: string): WireReply {
  const json = mutated(random, validReply(random, url), url, elsewhere);
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  // Without anything in it, it is undefined.
  const whole = (JSON.stringify(json) as string | undefined) ?? '';
  const text = random.chance(0.85) ? whole : strangeText(random, whole);
  // Raw values that no object holds.
  const raw = text
    .replaceAll('"@huge"', '1e9999')
    .replaceAll('"@deep"', `${'['.repeat(5_000)}${']'.repeat(5_000)}`)
    .replaceAll('"@proto":', '"__proto__":')
    .replaceAll('@surrogate', '\\ud83d')
    .replaceAll('@nul', '\\u0000');
  const cut = random.chance(0.15) ? raw.slice(0, random.between(0, raw.length)) : raw;
  const status = random.chance(0.7) ? 200 : random.pick(statuses);
  if (status >= 300 && status < 400) headers['location'] = `${elsewhere}/stolen`;
  if (random.chance(0.3)) Object.assign(headers, random.pick(strangeHeaders));
  const body = Buffer.from(cut, random.pick(['utf8', 'utf8', 'utf8', 'utf8', 'latin1', 'utf16le']));
  const breaksAfter = random.chance(0.03) ? random.between(0, body.length) : null;
  return { status, headers, body: [204, 304].includes(status) ? Buffer.alloc(0) : body, breaksAfter };
}

const statuses = [
  200, 201, 202, 204, 206, 299, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 408, 409,
  410, 418, 422, 429, 451, 499, 500, 501, 502, 503, 504, 520, 599,
];

const strangeHeaders: Record<string, string>[] = [
  { reason: 'BlockedUser' },
  { reason: 'constructor' },
  { reason: 'NoDivisionAccess; DROP TABLE' },
  { reason: 'x'.repeat(5_000) },
  { 'content-type': 'text/html' },
  { 'content-type': 'application/atom+xml' },
  { 'content-type': ';;;' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'br, deflate' },
  { 'retry-after': '-1' },
  { 'www-authenticate': 'Basic realm="\u00e9", Bearer, ,,' },
  { 'x-ratelimit-remaining': '-5', 'x-ratelimit-limit': 'NaN', 'x-ratelimit-reset': 'never' },
  { 'x-ratelimit-minutely-remaining': '0', 'x-ratelimit-minutely-reset': '99999999999999999999' },
  { 'x-ratelimit-minutely-limit': '1e308', 'x-ratelimit-minutely-remaining': '9'.repeat(400) },
  { 'x-ratelimit-reset': '8640000000000001', 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '0' },
];

function strangeText(random: Random, json: string): string {
  return random.pick([
    '',
    ' ',
    'null',
    'true',
    '0',
    '""',
    '[]',
    '{}',
    '{"d":null}',
    '{"d":{}}',
    '{"d":{"results":{}}}',
    '{"error":null}',
    '{"error":{"code":"","message":{"lang":"","value":"Forbidden"}}}',
    '{"error":"invalid_grant","error_description":"Old refresh token used."}',
    '<html><body>Onderhoud</body></html>',
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>',
    `\ufeff${json}`,
    `${json}${json}`,
    `)]}',\n${json}`,
    json.replaceAll('"', "'"),
    json.replaceAll(':', '='),
    '\0'.repeat(50),
    '"@deep"',
  ]);
}

type Path = (string | number)[];

function mutated(random: Random, json: unknown, url: URL, elsewhere: string): unknown {
  const root = { json };
  const mutations = random.pick([0, 1, 1, 1, 2, 5]);
  for (let done = 0; done < mutations; done++) {
    const paths = pathsOf(root.json, ['json']);
    mutateAt(random, root, random.pick(paths), elsewhere);
  }
  const d = (root.json as { d?: { results?: unknown } } | null)?.d;
  if (typeof d === 'object' && d !== null && 'results' in d && random.chance(0.4))
    Object.assign(d, { __next: strangeNext(random, url, elsewhere) });
  return root.json;
}

function pathsOf(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function mutateAt(random: Random, root: object, path: Path, elsewhere: string): void {
  const last = path.at(-1) ?? '';
  let holder = root as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
  if (random.chance(0.2)) delete holder[last];
  else if (random.chance(0.1))
    Object.assign(holder, { '@proto': { polluted: true }, constructor: { prototype: 1 } });
  else holder[last] = strangeValue(random, elsewhere);
}

function strangeValue(random: Random, elsewhere: string): unknown {
  return random.pick<unknown>([
    null,
    true,
    0,
    -1,
    1.5,
    Number.MAX_SAFE_INTEGER + 2,
    -Number.MAX_VALUE,
    '@huge',
    '@deep',
    '',
    'constructor',
    '__proto__',
    'toString',
    'x'.repeat(6_000),
    '9'.repeat(300),
    '-1',
    '1e5',
    '@nul@surrogate',
    '/Date(99999999999999999)/',
    '/Date(-99999999999999)/',
    '/Date(8640000000000001)/',
    '/Date(NaN)/',
    '2026-11-23T10:00:00',
    [],
    {},
    [[]],
    { '@proto': { polluted: true } },
    [{ '@proto': { polluted: true }, results: [], __next: elsewhere }],
    { __deferred: { uri: elsewhere } },
    elsewhere,
  ]);
}

function strangeNext(random: Random, url: URL, elsewhere: string): unknown {
  const { pathname, search, origin } = url;
  return random.pick<unknown>([
    url.href,
    `${origin}${pathname}?$skiptoken=1`,
    `${origin}${pathname}?$skiptoken=${random.digits(12)}`,
    `${elsewhere}${pathname}${search}`,
    `${elsewhere}${pathname}?$skiptoken=2`,
    `${origin}/api/v1/current/Me`,
    `${elsewhere}/api/v1/current/Me`,
    `//${new URL(elsewhere).host}${pathname}`,
    `http://user:password@${new URL(elsewhere).host}${pathname}?x`,
    `javascript:alert(1)`,
    `file:///etc/passwd`,
    `data:,${pathname}`,
    pathname,
    '',
    'http://[',
    0,
    [],
    { uri: elsewhere },
  ]);
}
