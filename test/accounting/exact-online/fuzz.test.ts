import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import { createExactOnline } from '../../../accounting/exact-online/adapter.ts';
import { credentialFrom } from '../../../accounting/exact-online/tokens.ts';
import { AccountingFailure } from '../../../accounting/failure.ts';
import type { AccountingSession } from '../../../accounting/port.ts';
import type { UnknownReply } from '../../../accounting/unknown-replies.ts';
import { linkCauses } from '../../../domain/causes.ts';
import { gates } from '../../../domain/connections/gates.ts';
import { masterDataKinds, type MasterDataKind } from '../../../domain/master-data.ts';
import { onSqlite } from '../../database.ts';
import { openStore } from '../../store/store.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createHostileServer, type HostileServer } from './hostile-server.ts';

/** Other attacks with another seed, and more of them with FUZZ: for whoever wants to look longer. */
const seed = process.env['SYNCUSER_FUZZ_SEED'] ?? '1';
const replies = Number(process.env['FUZZ'] ?? 2_000);
const atOnce = 24;
const mostPages = 12;

let hostile: HostileServer;
beforeAll(async () => {
  hostile = await createHostileServer(seed);
});
afterAll(() => hostile.close());

const aMoment = z.iso.datetime().nullable();
const rowSchema = z.strictObject({
  externalId: z.guid(),
  code: z.string().min(1).nullable(),
  name: z.string(),
  active: z.boolean(),
  details: z.record(
    z.string(),
    z.union([z.string(), z.boolean(), z.number().refine(Number.isFinite), z.null()]),
  ),
  modifiedAt: aMoment,
});
const pageSchema = z.strictObject({
  rows: z.array(rowSchema),
  deleted: z.array(z.guid()),
  checkpoint: z.string().refine((text) => typeof JSON.parse(text) === 'object'),
  whole: z
    .strictObject({ begins: z.boolean(), ends: z.boolean(), proof: z.string().min(1).nullable() })
    .optional(),
});
const companySchema = z.strictObject({
  externalId: z.string().regex(/^-?\d+$/),
  code: z.string().min(1),
  name: z.string().min(1),
  status: z.enum(['reachable', 'no-access', 'blocked', 'archived']),
});
const companiesSchema = z.array(companySchema);
const identitySchema = z.strictObject({
  userId: z.guid(),
  userName: z.string().min(1),
  environmentId: z.string().min(1),
  environmentName: z.string().min(1),
});
const gate = z.enum(gates).optional();
const meaningSchema = z.discriminatedUnion('about', [
  z.strictObject({ about: z.literal('link'), cause: z.enum(linkCauses) }),
  z.strictObject({
    about: z.literal('delay'),
    reason: z.enum(['outage', 'rate-limit']),
    until: z.date().nullable(),
    within: z.enum(['company', 'endpoint']).optional(),
  }),
  z.strictObject({
    about: z.literal('company'),
    status: z.enum(['no-access', 'blocked', 'licence-expired']),
    gate,
  }),
  z.strictObject({ about: z.literal('right'), gate }),
  z.strictObject({ about: z.literal('reply') }),
  z.strictObject({ about: z.literal('doubt'), of: z.enum(['not-accepted', 'app-refused']) }),
  z.strictObject({ about: z.literal('login'), reason: z.enum(['login-failed', 'login-cancelled']) }),
]);

interface Attack {
  session: AccountingSession;
  kept: UnknownReply[];
  /** `understood` when whatever was asked came back right, else what the failure is about. */
  survive: () => Promise<string>;
}

function attack(name: string): Attack {
  const kept: UnknownReply[] = [];
  const number = Number(name);
  const system = createExactOnline({
    baseUrl: hostile.of(name),
    clientId: 'app',
    clientSecret: 'top-secret',
    unknownReplies: { keep: async (reply) => void kept.push(reply) },
  });
  // Every fourth one begins with a renewal of the grant.
  const age = number % 4 === 0 ? 3_600_000 : 0;
  const grant = { access_token: 'my-access-token', refresh_token: 'my-refresh-token', expires_in: 600 };
  const vault = createMemoryVault(credentialFrom(grant, new Date(Date.now() - age)));
  const session = system.open(vault);
  const ask = [
    async () => void identitySchema.parse(await session.whoAmI()),
    async () => void companiesSchema.parse(await session.companies()),
    ...masterDataKinds.map((kind) => () => readAll(session, kind)),
  ];
  return {
    session,
    kept,
    survive: async () => {
      try {
        await ask[Math.floor(number / 4) % ask.length]?.();
        return 'understood';
      } catch (error) {
        if (!(error instanceof AccountingFailure)) throw new Error(`attack ${name}`, { cause: error });
        meaningSchema.parse(error.meaning);
        expect(`${error.message} ${JSON.stringify(kept)}`).not.toMatch(
          /my-(access|refresh)-token|top-secret/,
        );
        return error.meaning.about;
      }
    },
  };
}

async function readAll(session: AccountingSession, kind: MasterDataKind): Promise<void> {
  const checkpoints = new Set<string>();
  for await (const page of session.read({ company: { externalId: '7' }, kind, checkpoint: null })) {
    pageSchema.parse(page);
    if (/\\u0000|\\ud83d"/.test(JSON.stringify(page))) throw new Error('text that no database keeps');
    checkpoints.add(page.checkpoint);
    if (checkpoints.size === mostPages) return;
  }
}

describe('Exact Online gone mad', () => {
  test(`answers ${replies} times, and each time there are rows that are right or a failure that is classified`, async () => {
    const outcomes: Record<string, number> = {};
    let number = 0;
    const fight = async () => {
      while (hostile.asked() < replies) {
        const outcome = await attack(String(number++)).survive();
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, fight));

    expect(hostile.asked()).toBeGreaterThanOrEqual(replies);
    // All of them happened, or this tests less than it says.
    expect(
      Math.min(...['understood', 'reply', 'delay'].map((about) => outcomes[about] ?? 0)),
    ).toBeGreaterThan(replies / 100);
    expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(['link', 'company', 'right']));
  }, 600_000);

  test('gets no token to go to another host, and nothing changes what objects are', () => {
    expect(hostile.stolen()).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('sends a hundred million bytes, which are cut off', async () => {
    const { session } = attack('endless');
    await expect(session.whoAmI()).rejects.toMatchObject({ meaning: { about: 'reply' } });
    expect(hostile.endlessBytes()).toBeLessThan(60_000_000);
  });
});

describe('What is kept of it', () => {
  const open = onSqlite();

  test('is bounded, and can be written and read', async () => {
    const { unknownReplies } = await openStore(open);
    for (let number = 0; number < 60; number++) {
      const { survive, kept } = attack(String(number));
      await survive();
      for (const reply of kept) await unknownReplies.keep(reply);
    }
    const all = await unknownReplies.all();
    expect(all.length).toBeGreaterThan(5);
    expect(Math.max(...all.map(({ text }) => text.length))).toBeLessThanOrEqual(2_000);
  });
});
