import type { IncomingMessage } from 'node:http';
import type { Args } from './web-api.ts';

/** Arguments that are JSON also where the others are words of a form: the pages of the methods. */
const structured = ['blocks', 'attachments', 'view', 'metadata'];

/** The arguments of a call: of the address, and of a body that is JSON or a form. */
export function readArgs(request: IncomingMessage, url: URL, body: string): Args {
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  const given = isJson ? parse(body) : Object.fromEntries(new URLSearchParams(body));
  const args: Args = { ...Object.fromEntries(url.searchParams), ...(given as Args) };
  for (const name of structured) {
    const value = args[name];
    if (typeof value === 'string') args[name] = parse(value) ?? value;
  }
  return args;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
