import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from '@jest/globals';
import { openApi, type Api } from './api.ts';
import { openBookingProgram, type BookingProgram } from './booking-program.ts';
import { openBooks, type BooksOfOffice } from './books-of-office.ts';
import { openBrowser } from './browser.ts';
import { tellLastWords } from './last-words.ts';
import { openOperator, type Operator } from './operator.ts';
import { startMortalPostgres } from '../mortal-postgres.ts';
import { startSyncuser, type RunningSyncuser } from './running-syncuser.ts';
import { openSlackOffice, type SlackOffice } from './slack-office.ts';
import type { SystemAtWork, SystemOfStory } from './system.ts';
import type { Browser, Visitor } from './visitor.ts';

/** Everybody and everything that has a part in one run of the story. */
export interface Cast {
  system: SystemOfStory;
  work: SystemAtWork;
  syncuser: RunningSyncuser;
  slack: SlackOffice;
  books: BooksOfOffice;
  api: Api;
  /** Hands bookings over by the API, and listens what becomes of them. */
  program: BookingProgram;
  operator: Operator;
  /** Opens a personal link in a browser of its own. */
  follow: (link: string) => Promise<Visitor>;
  /** Everything secret that has come by so far. */
  secrets: () => Promise<string[]>;
}

export interface Story {
  system: SystemOfStory;
  /** One step of the story. After a step that failed, the others do not wait for what cannot come any more. */
  step: (sentence: string, happens: (cast: Cast) => Promise<void>) => void;
}

/** A limit, not an expectation: the first start with Tryton installs it. */
const stepLimitMs = 600_000;

/** Rounds follow each other so quickly that nobody has to wait long for the next one. */
const settings = { SYNC_INTERVAL: '5s', LOG_LEVEL: 'debug' };

/** A copy of the whole product for the tests around, from before the first of them until after the last. */
export function beginStory(system: SystemOfStory, { onPostgres = false } = {}): Story {
  let cast: Cast;
  let close: () => Promise<void> = async () => undefined;
  let failed: string | undefined;
  beforeAll(async () => {
    const program = await openBookingProgram();
    close = program.close;
    const syncuser = await startSyncuser({
      tryton: system.id === 'tryton',
      postgres: onPostgres ? await startMortalPostgres() : undefined,
      settings: { ...settings, ...program.settings },
    });
    close = async () => {
      await program.close();
      await syncuser.remove();
    };
    const browser = await openBrowser();
    cast = await gather(system, { syncuser, browser, program });
    close = async () => {
      await program.close();
      await browser.close();
      await cast.books.close();
      await cast.operator.close();
      await syncuser.remove();
    };
  }, stepLimitMs);
  afterAll(async () => {
    if (failed) await tellLastWords(cast.syncuser, cast.slack);
    await close();
  }, stepLimitMs);

  return {
    system,
    step(sentence, happens) {
      const take = async () => {
        if (failed) throw new Error(`The story ended at “${failed}”.`);
        failed = sentence;
        await happens(cast);
        await cast.secrets(); // some are replaced by the next step
        failed = undefined;
      };
      test(sentence, take, stepLimitMs);
    },
  };
}

async function gather(
  system: SystemOfStory,
  { syncuser, browser, program }: { syncuser: RunningSyncuser; browser: Browser; program: BookingProgram },
): Promise<Cast> {
  const { endpoints } = syncuser;
  const work = system.open(endpoints);
  const books = await openBooks(syncuser);
  const visitors: Visitor[] = [];
  const seen = new Set<string>();
  return {
    system,
    work,
    syncuser,
    books,
    slack: openSlackOffice(endpoints.slack),
    api: openApi(endpoints.web, readFileSync(join(syncuser.data, 'api-token'), 'utf8').trim()),
    program,
    operator: await openOperator(endpoints.temporal),
    async follow(link) {
      const visitor = await browser.newVisitor();
      visitors.push(visitor);
      await visitor.open(link);
      return visitor;
    },
    async secrets() {
      const addresses = visitors.flatMap((visitor) => visitor.addresses());
      for (const secret of [
        ...(await books.credentials()),
        ...work.secrets(),
        program.settings.BOOKING_WEBHOOK_SECRET,
        ...addresses.flatMap(secretsIn),
      ])
        seen.add(secret);
      return [...seen];
    },
  };
}

/** The token of a personal link; code and state of an OAuth login. */
function secretsIn(address: string): string[] {
  const { pathname, searchParams } = new URL(address);
  const token = /^\/connect\/([^/]+)$/.exec(pathname)?.[1];
  const given = [token, searchParams.get('code'), searchParams.get('state')];
  return given.filter((secret) => typeof secret === 'string');
}
