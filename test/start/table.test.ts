import { expect, test } from '@jest/globals';
import type { Endpoints } from '../../start/endpoints.ts';
import { table, type KnownConnection } from '../../start/table.ts';

const endpoints: Endpoints = {
  temporal: 'localhost:7233',
  temporalUi: null,
  slack: 'http://localhost:3100',
  web: 'http://localhost:3000',
  accounting: null,
  accountingControl: null,
  database: 'data',
};
const local = { temporal: true, slack: true, exactOnline: true, tryton: false };
const exact = (link: KnownConnection['link']): KnownConnection => ({
  ...{ name: 'Exact Online', link, synchronisationUser: 'Tom de Vries' },
});
const nextOf = (connections: KnownConnection[]) =>
  /^Next: .*/m.exec(table(endpoints, local, { data: 'data', connections, apiToken: null }))?.[0];

test('The token of the API is shown where it was made here', () => {
  const shown = (apiToken: string | null) =>
    table(endpoints, local, { data: 'data', connections: [], apiToken });
  expect(shown('abc123')).toMatch(/API token +abc123/);
  expect(shown(null)).not.toContain('API token');
});

test('What there is to do next fits what an earlier start left', () => {
  expect(nextOf([])).toBe(
    'Next: open http://localhost:3100 as Sanne Jansen, go to #accounting and type /syncuser setup',
  );
  expect(nextOf([exact('connected')])).toBe(
    'Next: Exact Online is connected already. Open http://localhost:3100 as Sanne Jansen and type /syncuser status',
  );
  expect(nextOf([exact('connected'), exact('connecting')])).toContain('waits for the login of Tom de Vries');
  expect(nextOf([exact('connected'), exact('disconnected')])).toContain(
    'Exact Online is disconnected. Open http://localhost:3100 as Tom de Vries and click Reconnect',
  );
});
