import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unfitText } from '../../../domain/plain-text.ts';
import { z } from 'zod';
import { typed } from '../../../web/api/schema-words.ts';
import { booking } from '../../booking.ts';
import { connection } from '../demo-office.ts';
import { bearer, runWeb, type RunningWeb } from '../running-web.ts';

let web: RunningWeb;
beforeAll(async () => {
  web = await runWeb();
  await web.store.connections.save(connection({}));
});
afterAll(() => web.close());

const bookings = '/api/connections/exact/companies/d-1/purchase-bookings';
const handOver = async (body: unknown) => {
  const headers = { ...bearer, 'content-type': 'application/json' };
  const answer = await fetch(`${web.url}${bookings}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
};

describe('A text that cannot be taken', () => {
  test('is described as such, but for halves of a pair and what is no character at all', () => {
    const { pattern } = z.toJSONSchema(typed);
    const isDescribed = (character: string) => new RegExp(String(pattern), 'u').test(character);
    const others = /[\p{Cs}\p{Noncharacter_Code_Point}]/u;
    const characters = Array.from({ length: 0x1_00_00 }, (_, code) => String.fromCodePoint(code));
    const differ = characters.filter((one) => isDescribed(one) !== (unfitText(one) === null));
    expect(differ.filter((one) => !others.test(one))).toEqual([]);
    expect(characters.filter((one) => !isDescribed(one)).length).toBeGreaterThan(64);
  });

  test('is a fault of the request at every address, never one of ours', async () => {
    const answers = await Promise.all(
      web.routes
        .filter((route) => !route.startsWith('HEAD') && route.includes(':'))
        .map(async (route) => {
          const [method = '', path = ''] = route.split(' ');
          const form = { 'content-type': 'application/x-www-form-urlencoded' };
          const body = ['POST', 'PUT'].includes(method) ? { body: 'a=b', headers: form } : {};
          const { status } = await fetch(`${web.url}${path.replaceAll(/:\w+/g, '%00')}`, { method, ...body });
          return { route, status };
        }),
    );
    expect(answers.length).toBeGreaterThan(15);
    expect(answers.filter(({ status }) => status < 400 || status >= 500)).toEqual([]);
  });

  test('in a booking is refused, and the answer says where', async () => {
    const [line] = booking().lines;
    const sent = { ...booking(), lines: [line, { ...line, description: 'Pap\u0000ier' }] };
    expect(await handOver(sent)).toMatchObject({
      status: 400,
      body: { detail: 'lines[1].description has a character that cannot be taken (U+0000).' },
    });
    expect(await handOver({ ...booking(), invoiceNumber: 'F\ud83d' })).toMatchObject({
      status: 400,
      body: { detail: 'invoiceNumber has a character that cannot be taken (U+D83D).' },
    });
  });

  test('in a query is refused as well', async () => {
    const answer = await fetch(`${web.url}/oauth/callback?state=%00&code=a`);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('The query has a character that cannot be taken (U+0000).'),
    ]);
  });
});
