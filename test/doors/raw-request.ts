import { request } from 'node:http';

export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

export interface Answered {
  status: number;
  type: string;
  body: string;
}

/** Sends what it is given as it is; `fetch` would put right what is wrong in an address. */
export function send(url: string, { method, path, headers, body }: Sent): Promise<Answered> {
  const { hostname, port } = new URL(url);
  const length: Record<string, string> = body ? { 'content-length': String(body.length) } : {};
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, method, path, headers: { ...headers, ...length } }, (answer) => {
      let text = '';
      answer.on('data', (piece: Buffer) => void (text += String(piece)));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode!, type: answer.headers['content-type'] ?? '', body: text }),
      );
    });
    asking.on('error', reject);
    asking.end(body ?? undefined);
  });
}
