import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SignInOutcome } from '../../domain/logins/sign-in.ts';
import type { SignInLinkRequest } from '../../web/logins/sign-in-links.ts';
import { connection, disconnected, office } from './demo-office.ts';
import { openBrowser, type PlainBrowser, type SeenPage } from './plain-browser.ts';
import { runWeb, type RunningWeb } from './running-web.ts';

const wrongUser = { result: 'wrong-user', login: 'p.bos', expected: 'CX_Basecone' } as const;
const outsider = { name: 'Piet Bos', email: null };
const toIct = { officeUserId: 'sanne', connectionId: 'exact', purpose: 'reconnect', outsider } as const;

let web: RunningWeb;
let browser: PlainBrowser;
let revision = 1;

beforeEach(async () => {
  web = await runWeb();
  browser = openBrowser();
  revision = 1;
  await have({ link: disconnected(), incident: await broken() });
});
afterEach(() => web.close());

const have = (more: Parameters<typeof connection>[0]) =>
  web.store.connections.save(connection({ revision: ++revision, ...more }));
const broken = () =>
  web.store.incidents.open('exact', 'consent-withdrawn', new Date().toISOString(), { grantId: 'exact/u-1' });

async function toLoginPage(url: string): Promise<string> {
  await browser.get(url);
  const { searchParams } = new URL((await browser.post(url)).location!);
  return `${web.url}/oauth/callback?code=x&state=${searchParams.get('state')}`;
}

/** A whole login over a link, up to the address of its result page. */
async function logIn(request: SignInLinkRequest, outcome: SignInOutcome): Promise<string> {
  web.workflow.outcome = outcome;
  const { location } = await browser.get(await toLoginPage((await web.links.issue(request)).url));
  return `${web.url}${location}`;
}

/** The person is marked as having left, while the server runs. */
async function leaves(id: string): Promise<void> {
  web.office.users = office.users.map((user) => ({ ...user, ...(user.id === id && { inactive: true }) }));
}

/** What the workflow writes down when it is mended. */
async function mended(by: string, incident = 1): Promise<void> {
  const at = '2026-11-23T19:13:00.000Z';
  await web.store.incidents.close(incident, { at, by, how: 'reconnected' });
  await web.store.history.append({
    ...{ id: `mended/${incident}`, at, connectionId: 'exact', officeUserId: by },
    ...{ what: 'reconnected', data: { incident, outsider: null } },
  });
  await have({ incident: null });
}

const isOver = (page: SeenPage, words: string) => {
  expect(page.status).toBe(410);
  expect(page.text).toContain(words);
  expect(page.text).toContain('Nothing was changed');
};

describe('somebody without an account, with a link that a superuser passed on,', () => {
  test('is offered no take-over, and reaches none by its address', async () => {
    const result = await logIn(toIct, wrongUser);
    const page = await browser.get(result);
    expect(page.text).toContain('That was another user');
    expect(page.html).not.toContain('take-over');
    expect((await browser.post(`${result}/take-over`)).location).toBe(new URL(result).pathname);
    expect(web.workflow.changes).toEqual([]);
  });

  test('gets a link of the same kind from "again": theirs, for the same, until the same moment', async () => {
    const result = await logIn(toIct, wrongUser);
    const { outsider: _, ...first } = (await web.store.signIns.get(result.split('/').at(-1)!))!;
    web.pass(10 * 60_000);
    const { location } = await browser.post(`${result}/again`);
    const page = await browser.get(location!);
    expect(page.text).toContain('Asked of Piet Bos');
    const next = await web.store.signIns.findByToken(location!.split('/').at(-1)!);
    const { officeUserId, purpose, about, expiresAt, heldBy } = first;
    expect(next).toMatchObject({ officeUserId, purpose, about, expiresAt, heldBy, outsider, status: 'open' });
  });
});

describe('"again"', () => {
  test('ends with the first link, however often it was used in time', async () => {
    const result = await logIn({ ...toIct, officeUserId: 'monica', outsider: null }, wrongUser);
    web.pass(31 * 60_000);
    const page = await browser.post(`${result}/again`);
    expect(page.status).toBe(410);
    expect(page.text).toContain('This link has expired');
  });

  test('and a take-over give nothing to somebody who left the office meanwhile', async () => {
    const own = await logIn({ ...toIct, outsider: null }, wrongUser);
    const passedOn = await logIn(toIct, wrongUser);
    await leaves('sanne');
    for (const address of [`${own}/again`, `${own}/take-over`, `${passedOn}/again`]) {
      const page = await browser.post(address);
      expect(page.status).toBe(403);
      expect(page.text).toContain('This link allows nothing any more');
    }
    expect(web.workflow.changes).toEqual([]);
    expect((await browser.get(own)).status).toBe(403);
  });
});

describe('whoever may not do any more what a link is for', () => {
  test('reads that at once, and gets to no login page', async () => {
    const { url } = await web.links.issue(toIct);
    await browser.get(url);
    await leaves('sanne');
    for (const page of [await browser.get(url), await browser.post(url)]) {
      expect(page.status).toBe(403);
      expect(page.location).toBeNull();
    }
  });

  test('is stopped on the way back from the login page as well, and nothing of the login is kept', async () => {
    const callback = await toLoginPage((await web.links.issue(toIct)).url);
    await leaves('sanne');
    expect((await browser.get(callback)).status).toBe(403);
    expect(await web.store.signIns.returnedSince('2020-01-01')).toEqual([]);
  });

  test.each([
    ['a synchronisation user who was replaced', { purpose: 'reconnect' }, { synchronisationUserId: 'tom' }],
    [
      'an automation whose superuser is one no more',
      { purpose: 'personal', officeUserId: 'robot', heldBy: 'monica' },
      {},
    ],
    ['whoever became the synchronisation user', { purpose: 'personal', officeUserId: 'monica' }, {}],
  ] as const)('%s', async (_, link, state) => {
    const request = { officeUserId: 'monica', connectionId: 'exact', ...link };
    const { url } = await web.links.issue(request);
    await have({ link: disconnected(), incident: 1, ...state });
    expect((await browser.get(url)).status).toBe(403);
  });
});

describe('a link whose job is over says what happened, who did it and when, before anybody logs in:', () => {
  test('a colleague mended it', async () => {
    const { url } = await web.links.issue({ ...toIct, officeUserId: 'monica', outsider: null });
    await browser.get(url);
    await mended('sanne');
    for (const page of [await browser.get(url), await browser.post(url)]) {
      expect(page.text).toMatch(/Sanne Jansen reconnected it. That was on 23 November (\d{4} )?at 20:13\./); // in a later year with its year
      isOver(page, 'Sanne Jansen reconnected it.');
      expect(page.text).toContain('There is nothing to do, and no need to log in');
    }
  });

  test('on the way back from the login page', async () => {
    const callback = await toLoginPage((await web.links.issue(toIct)).url);
    await mended('monica');
    isOver(await browser.get(callback), 'Monica Bakker reconnected it');
    expect(await web.store.signIns.returnedSince('2020-01-01')).toEqual([]);
  });

  test('also once it has expired', async () => {
    const { url } = await web.links.issue(toIct);
    await mended('monica');
    web.pass(31 * 60_000);
    isOver(await browser.get(url), 'Monica Bakker reconnected it');
  });

  test('it broke again: the old link is not for the new break', async () => {
    const { url } = await web.links.issue(toIct);
    await mended('monica');
    await have({ link: disconnected(), incident: await broken() });
    isOver(await browser.get(url), 'It is disconnected again since');
  });

  test('a set-up that was cancelled', async () => {
    const link = { state: 'connecting', since: new Date().toISOString() } as const;
    await have({ id: 'new', link, login: null });
    const request = { officeUserId: 'monica', connectionId: 'new', purpose: 'set-up' } as const;
    const { url } = await web.links.issue(request);
    expect((await browser.get(url)).status).toBe(200);
    await web.store.history.append({
      id: 'set-up-ended/new',
      at: '2026-11-23T19:13:00.000Z',
      connectionId: 'new',
      officeUserId: 'tom',
      what: 'set-up-cancelled',
      data: { person: 'monica' },
    });
    await have({ id: 'new', link: { state: 'abandoned', since: link.since }, login: null });
    isOver(await browser.get(url), 'Tom de Vries called the set-up off before Monica Bakker was linked.');
  });

  test('a change that was called off; and one that was only just asked for is not over', async () => {
    await have({ changes: 4 });
    const request = { officeUserId: 'sanne', connectionId: 'exact', purpose: 'change' } as const;
    const { url } = await web.links.issue(request);
    expect((await browser.get(url)).status).toBe(200);
    await have({ changes: 5, changingTo: 'sanne' });
    expect((await browser.get(url)).status).toBe(200);
    const at = '2026-11-23T19:13:00.000Z';
    const asked = { from: 'monica', to: 'sanne', askedBy: 'sanne', askedAt: at, isUnattended: false };
    await web.store.changes.keep('exact', [
      { number: 5, fact: 'unmade', asked, at, why: 'cancelled', by: 'tom' },
    ]);
    await have({ changes: 5 });
    isOver(await browser.get(url), 'Tom de Vries refused or called off the change to Sanne Jansen.');
  });
});
