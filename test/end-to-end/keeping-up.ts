import { expect } from '@jest/globals';
import { masterDataKinds } from '../../domain/master-data.ts';
import { kindNames } from '../../words/kinds.ts';
import { eventually } from '../until.ts';
import { noor, patienceMs, sanne, tom } from './slack-office.ts';
import type { Cast, Story } from './story.ts';

/** Master data comes in, and goes on coming in. */
export function keepingUp({ system, step }: Story): void {
  const { companies, logins } = system;

  step('every row of every kind is there, company by company', async ({ api, books, work }) => {
    const left = (await api.companies()).at(-1)!.code;
    const entries = Object.entries(await work.counts());
    expect(new Set(entries.map(([key]) => key.split('/')[0])).size).toBe(companies);
    const expected = Object.fromEntries(entries.filter(([key]) => !key.startsWith(`${left}/`)));
    expect(await books.counts()).toEqual(expected);
  });

  step('a company can be added later', async ({ api, books, slack, work }) => {
    const { id } = (await api.companies()).at(-1)!;
    expect((await slack.addCompany(sanne, id)).text).toContain(
      `1 company of ${system.name} will be kept up to date`,
    );
    const counts = await work.counts();
    await eventually(async () => expect(await books.counts()).toEqual(counts), patienceMs);
    expect((await api.companies()).every(({ synchronised }) => synchronised)).toBe(true);
  });

  step('the status says all of it in words', async ({ slack, work }) => {
    const rows = rowsByKind(await work.counts());
    const answer = async () => (await slack.ask(sanne, 'status')).text;
    await eventually(async () => expect(await answer()).toContain('(all fine)'), patienceMs);
    const text = await answer();
    expect(text).toContain(`*${system.name}*: Connected`);
    expect(text).toContain(`Synchronisation user: Tom de Vries → ${logins.synchronisation}`);
    expect(text).toContain(`${companies} companies`);
    for (const words of rows) expect(text).toContain(words);
    expect(text).toMatch(/Last synchronisation .+ ago .+ · (next|synchronising now)/);
    expect((await slack.ask(noor, 'status')).text).toContain('is connected. Documents can be booked');
  });

  step('a change in the package comes in', (cast) => changeComesIn(cast));
}

/** Somebody asks for a round, and what changed in the package is there. */
export async function changeComesIn({ books, slack, work }: Cast): Promise<void> {
  const relation = await work.renameARelation();
  expect((await slack.ask(tom, 'sync')).text).toContain('starts now');
  await eventually(async () => expect(await books.hasRelation(relation)).toBe(true), patienceMs);
}

function rowsByKind(counts: Record<string, number>): string[] {
  return masterDataKinds.flatMap((kind) => {
    const of = Object.entries(counts).filter(([key]) => key.endsWith(`/${kind}`));
    const sum = of.reduce((total, [, count]) => total + count, 0);
    return sum > 0 ? [`${sum.toLocaleString('en-GB')} ${kindNames[kind]}`] : [];
  });
}
