import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SignInOutcome } from '../../domain/logins/sign-in.ts';
import { openBrowser, type PlainBrowser, type SeenPage } from './plain-browser.ts';
import { companies, connection, disconnected } from './demo-office.ts';
import { runWeb, type RunningWeb } from './running-web.ts';

let web: RunningWeb;
let browser: PlainBrowser;
let result: string;

beforeEach(async () => {
  web = await runWeb();
  browser = openBrowser();
});
afterEach(() => web.close());

/** A whole login with this outcome, up to its result page. */
async function logIn(
  outcome: SignInOutcome,
  about: { connectionId: string; purpose: 'set-up' | 'reconnect' | 'change'; officeUserId?: string },
): Promise<SeenPage> {
  web.workflow.outcome = outcome;
  const { url } = await web.links.issue({ officeUserId: 'monica', ...about });
  await browser.get(url);
  const { searchParams } = new URL((await browser.post(url)).location!);
  const back = await browser.get(`${web.url}/oauth/callback?code=x&state=${searchParams.get('state')}`);
  result = `${web.url}${back.location}`;
  return browser.get(result);
}

describe('after the login of a set-up', () => {
  const about = { connectionId: 'new', purpose: 'set-up' } as const;
  const linked = {
    result: 'linked',
    login: 'CX_Basecone',
    environment: 'De Vries',
    reachable: 4,
    total: 5,
  } as const;
  const listed = companies().map((company) =>
    company.code === '1005' ? { ...company, status: 'no-access' as const } : company,
  );
  const open = {
    id: 'new',
    companies: 0,
    link: { state: 'connecting', since: new Date().toISOString() },
  } as const;

  beforeEach(async () => {
    await web.store.connections.save(connection(open));
    await web.store.companies.recordListing('new', listed, { complete: true });
  });

  test('all companies that are reached are ticked, and the others say why not', async () => {
    const page = await logIn(linked, about);
    expect(page.text).toContain('Linked to CX_Basecone, reaches 4 of 5 companies');
    expect(page.html.match(/name="company"[^>]*checked/g)).toHaveLength(4);
    expect(page.text).toMatch(/Installatie Smit.*no access/);
  });

  test('all that are ticked are brought in, says the page, and few need no search', async () => {
    const { text, html } = await logIn(linked, about);
    expect(text).toContain('Every company with a tick is brought in');
    expect(text).toContain('4 of 4 ticked');
    expect(html).not.toContain('name="search"');
  });

  describe('of 250 companies', () => {
    const ticked = (html: string) => [
      ...html.matchAll(/name="company"\s+value="([^"]+)"\s+checked/g),
      ...html.matchAll(/type="hidden"\s+name="company"\s+value="([^"]+)"/g),
    ];
    const press = (button: string, ids: readonly string[], search = '') =>
      browser.post(`${result}/companies`, [
        ...ids.map((id) => ['company', id] as const),
        ['search', search],
        ['button', button],
      ]);
    let page: SeenPage;

    beforeEach(async () => {
      await web.store.companies.recordListing('new', companies(250), { complete: true });
      page = await logIn({ ...linked, reachable: 250, total: 250 }, about);
    });

    test('some are searched for by code or name, and no tick is lost', async () => {
      page = await press('find', ['d-1', 'd-17', 'd-200'], ' 101');
      expect(page.text).toContain('11 of 250 have “101”');
      expect(page.text).toContain('3 of 250 ticked');
      expect(page.html.match(/type="checkbox"/g)).toHaveLength(11);
      expect(ticked(page.html)).toHaveLength(3);
      expect((await press('find', [], 'garage PETERS')).text).toContain('50 of 250 have');
      expect((await press('find', ['d-1'], 'no <such>')).text).toContain('No company has “no <such>”');
      expect(web.workflow.chosen).toEqual([]);
    });

    test('"all" and "none" are about those that are shown, and leave the other ticks alone', async () => {
      page = await press('all', ['d-200'], '101');
      expect(page.text).toContain('12 of 250 ticked');
      page = await press('none', ['d-200', 'd-10', 'd-11'], '101');
      expect(ticked(page.html).map(([, id]) => id)).toEqual(['d-200']);
      expect(ticked((await press('none', ['d-1', 'd-2'])).html)).toEqual([]);
      expect(web.workflow.chosen).toEqual([]);
    });

    test('whatever is ticked is brought in, also what a search hides', async () => {
      await press('start', ['d-200', 'd-10'], '101');
      expect(web.workflow.chosen).toMatchObject([{ companies: ['d-10', 'd-200'] }]);
    });

    test('its headings are in order, as they are on the first page', async () => {
      for (const { html } of [page, await browser.get(web.url)]) {
        const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
        expect(levels.filter((level) => level === 1)).toEqual([1]);
        levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1));
      }
    });

    test('the button that starts stands before the list too, and Enter searches', async () => {
      const before = page.html.slice(0, page.html.indexOf('<ul class="companies">'));
      const buttons = [...before.matchAll(/name="button"\s+value="(\w+)"/g)].map(([, button]) => button);
      expect(buttons).toEqual(['find', 'all', 'none', 'start']);
      expect(before.match(/<(input|button|a)\b/g)!.length).toBeLessThan(7);
    });

    test('a choice that could not be passed on keeps its ticks', async () => {
      web.workflow.down = true;
      const { status, html } = await press('start', ['d-3', 'd-4']);
      expect(status).toBe(503);
      expect(ticked(html).map(([, id]) => id)).toEqual(['d-3', 'd-4']);
    });
  });

  test('whoever reaches too little is offered another login, and reads what that replaces', async () => {
    const page = await logIn(linked, about);
    expect(page.text).toContain('1 company is not reached by CX_Basecone');
    expect(page.text).toContain('Log in as another user');
    const login = { ...connection().login!, grantId: 'new/u-1' };
    const own = { id: 'new/monica', connectionId: 'new', officeUserId: 'monica', login };
    await web.store.userLinks.save({
      ...own,
      state: 'connected',
      cause: null,
      since: new Date().toISOString(),
    });
    const { location } = await browser.post(`${result}/again`);
    expect((await browser.get(location!)).text).toContain('Linked to CX_Basecone already');
    await web.store.connections.save(connection({ ...open, companies: 4, revision: 3 }));
    expect((await browser.post(`${result}/again`)).location).toBe(new URL(result).pathname);
  });

  test('the choice is handed over once, also when it is sent twice', async () => {
    await logIn(linked, about);
    const chosen = [
      ['company', 'd-1'],
      ['company', 'd-3'],
      ['company', 'd-5'],
      ['company', 'not-listed'],
    ] as const;
    await browser.post(`${result}/companies`, chosen);
    const page = await browser.post(`${result}/companies`, chosen);
    expect(page.text).toContain('The first sync is running');
    expect(page.text).toContain('2 companies');
    expect(web.workflow.chosen).toMatchObject([{ by: 'monica', companies: ['d-1', 'd-3'] }]);
  });

  test('everything ticked means all companies', async () => {
    await logIn(linked, about);
    await browser.post(
      `${result}/companies`,
      [1, 2, 3, 4].map((n) => ['company', `d-${n}`] as const),
    );
    expect(web.workflow.chosen).toMatchObject([{ companies: 'all' }]);
  });

  test('no company at all is not a choice', async () => {
    await logIn(linked, about);
    const page = await browser.post(`${result}/companies`);
    expect(page.status).toBe(400);
    expect(page.text).toContain('choose at least one company');
    expect(web.workflow.chosen).toEqual([]);
  });

  test('while Temporal is down the choice can be sent again', async () => {
    await logIn(linked, about);
    web.workflow.down = true;
    const page = await browser.post(`${result}/companies`, [['company', 'd-1']]);
    expect(page.status).toBe(503);
    expect(page.text).toContain('Start the first sync');
    web.workflow.down = false;
    expect((await browser.post(`${result}/companies`, [['company', 'd-1']])).status).toBe(200);
  });

  test('once the companies are chosen the page says that the sync is running', async () => {
    await logIn(linked, about);
    await web.store.connections.save(connection({ ...open, companies: 4, revision: 2 }));
    expect((await browser.get(result)).text).toContain('The first sync is running');
  });
});

describe('a login that does not fit changes nothing and says what to do:', () => {
  beforeEach(() =>
    web.store.connections.save(connection({ link: disconnected(), changingTo: 'monica', changes: 1 })),
  );
  const reconnect = { connectionId: 'exact', purpose: 'reconnect' } as const;
  const change = { connectionId: 'exact', purpose: 'change' } as const;

  test('another user, shown beside the expected one', async () => {
    const page = await logIn({ result: 'wrong-user', login: 'm.bakker', expected: 'CX_Basecone' }, reconnect);
    expect(page.text).toMatch(/You logged in as m\.bakker This connection needs CX_Basecone/);
    expect(page.text).toContain('Nothing was changed');
    expect(page.text).toContain('Log out of Exact Online first');
    expect(page.html).not.toContain('take-over');
    expect((await browser.post(`${result}/take-over`)).location).toBe(new URL(result).pathname);
    expect(web.workflow.changes).toEqual([]);
  });

  test('another user, whom a superuser may use from now on: that begins a change, once, and asks for their login', async () => {
    const page = await logIn(
      { result: 'wrong-user', login: 's.jansen', expected: 'CX_Basecone' },
      { ...reconnect, officeUserId: 'sanne' },
    );
    expect(page.text).toContain('Use s.jansen from now on');
    const next = await browser.post(`${result}/take-over`);
    const signInId = result.split('/').at(-1);
    expect(web.workflow.changes).toEqual([
      { actionId: `take-over/${signInId}`, by: 'sanne', to: 'sanne', fate: 'let-go' },
    ]);
    expect((await browser.get(next.location!)).text).toContain('Take over Exact Online De Vries');
  });

  test('another environment', async () => {
    const outcome = {
      result: 'wrong-environment',
      environment: 'Bakkerij Jansen',
      expected: 'De Vries',
    } as const;
    const page = await logIn(outcome, reconnect);
    expect(page.text).toMatch(/You logged in to Bakkerij Jansen This connection needs De Vries/);
  });

  test('a user without any company', async () => {
    expect((await logIn({ result: 'no-companies', login: 'x' }, change)).text).toContain(
      'x reaches no company',
    );
  });

  test.each([
    ['login-failed', 'did not complete the login'],
    ['login-in-use', 'in use already'],
    ['user-blocked', 'CX_Basecone is blocked in Exact Online'],
  ] as const)('a refusal: %s', async (cause, words) => {
    const page = await logIn({ result: 'refused', cause }, reconnect);
    expect(page.text).toContain(words);
    expect(page.text).toContain('Nothing was changed');
    expect(page.text).toContain('Start again');
  });

  test('something that is settled already, where nobody can start again', async () => {
    const page = await logIn({ result: 'no-longer-needed' }, reconnect);
    expect(page.text).toContain('This is settled already');
    expect((await browser.post(`${result}/again`)).location).toBe(new URL(result).pathname);
  });
});
