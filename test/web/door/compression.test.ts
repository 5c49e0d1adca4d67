import { get } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { companies, connection } from '../demo-office.ts';
import { bearer, runWeb, type RunningWeb } from '../running-web.ts';

let web: RunningWeb;
const list = '/api/connections/exact/companies';

beforeAll(async () => {
  web = await runWeb();
  await web.store.connections.save(connection());
  await web.store.companies.recordListing('exact', companies(250), { complete: true });
});
afterAll(() => web.close());

/** As it comes over the wire. */
const asked = (path: string, accepted?: string) =>
  new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const headers = { ...bearer, ...(accepted !== undefined && { 'accept-encoding': accepted }) };
    get(`${web.url}${path}`, { headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => void pieces.push(piece));
      answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(pieces) }));
    }).on('error', reject);
  });

test.each(['gzip, deflate, br', 'br;q=1, GZIP;q=0.5', '*'])(
  'a long answer goes to a tenth of its size for whoever takes gzip: %s',
  async (accepted) => {
    const [plain, small] = [await asked(list), await asked(list, accepted)];
    expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(small.headers['content-length']).toBe(String(small.body.length));
    expect(small.body.length * 10).toBeLessThan(plain.body.length);
    expect(gunzipSync(small.body).equals(plain.body)).toBe(true);
    expect(small.headers['content-type']).toBe(plain.headers['content-type']);
  },
);

test.each([undefined, 'br', 'gzip;q=0, *', 'identity, gzip;q=0.0'])(
  'whoever does not take it gets the plain words: %s',
  async (accepted) => {
    const { headers, body } = await asked(list, accepted);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['vary']).toBe('accept-encoding');
    expect(JSON.parse(String(body))).toMatchObject({ companies: expect.any(Array) });
  },
);

test('pages and what makes them look right are compressed as well, and what is short is not', async () => {
  const { body } = await asked('/');
  const style = /href="(\/style[^"]+)"/.exec(String(body))![1]!;
  for (const path of ['/', style])
    expect((await asked(path, 'gzip')).headers['content-encoding']).toBe('gzip');
  expect((await asked('/icon.svg', 'gzip')).headers['content-encoding']).toBeUndefined();
});
