import { expect } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowIds } from '../../workflows/contract.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { accounting } from '../slack-driver.ts';
import { eventually } from '../until.ts';
import { summariesOf, textsIn } from './history-texts.ts';
import { patienceMs, sanne } from './slack-office.ts';
import type { Story } from './story.ts';

/**
 * What the story leaves behind for an operator: words, and no secret anywhere. `isDisturbed`: something died meanwhile, so
 * that what could not be said at once was said by a workflow.
 */
export function lookingBack({ system, step }: Story, { isDisturbed }: { isDisturbed: boolean }): void {
  step('after a pause no round is left running', async ({ api, slack, operator }) => {
    await slack.type(sanne.slack, 'pause');
    await slack.message(accounting, 'Sanne Jansen paused the synchronisation');
    const { id } = await api.connection();
    await eventually(async () => {
      const running = (await operator.workflows()).filter(({ status }) => status.name === 'RUNNING');
      expect(running.map(({ workflowId }) => workflowId)).toEqual([workflowIds.connection(id)]);
    }, patienceMs);
  });

  step('every workflow has the id of its kind', async ({ api, operator }) => {
    const { id } = await api.connection();
    const [company] = await api.companies();
    // One that begins a fresh history keeps its id.
    const found = [...new Set((await operator.workflows()).map(({ workflowId }) => workflowId))];
    const [rounds, verifications] = ['sync', 'verify'].map((kind) =>
      found.filter((workflowId) => workflowId.startsWith(`${kind}/${id}/`)),
    );
    // What somebody asked for while a round ran takes a number of its own, so that rounds are not numbered one by one.
    for (const round of rounds ?? []) expect(round).toMatch(/\/\d+$/);
    for (const one of verifications ?? []) expect(one).toMatch(/\/(\d+|change-\d+-(in-use|candidate))$/);
    // The audit belongs to the office, and runs whenever a worker starts.
    const isOfOffice = (one: string) =>
      one.startsWith('audit/') || (isDisturbed && one.startsWith('deliver/'));
    // A line of bookings ends when nothing is left, and begins again with the next booking.
    const line = workflowIds.bookings(id, company!.id);
    expect(found).toContain(line);
    const others = found.filter(
      (one) => !rounds?.includes(one) && !verifications?.includes(one) && !isOfOffice(one) && one !== line,
    );
    expect(others.toSorted()).toEqual(
      [
        workflowIds.connection(id),
        workflowIds.setUp(id),
        workflowIds.reconnect(id, 1),
        workflowIds.change(id, 1),
        workflowIds.change(id, 2),
      ].toSorted(),
    );
    expect([rounds?.length, verifications?.length].every((count) => count && count > 1)).toBe(true);
  });

  step('every workflow and activity has a summary in words', async ({ operator }) => {
    for (const workflow of await operator.workflows()) {
      const summaries = summariesOf(await operator.history(workflow));
      expect(summaries.length).toBeGreaterThan(1);
      for (const summary of summaries) expect(summary).toMatch(/^\S+ \S+/);
    }
  });

  step('a connection is found by office, name, accounting system and status', async ({ operator }) => {
    const found = (await operator.workflows()).find(
      ({ workflowId, status }) => workflowId.startsWith('connection/') && status.name === 'RUNNING',
    )!;
    const { office, connection, accountingSystem, status } = searchAttributes;
    const attributes = found.typedSearchAttributes;
    expect(attributes.get(office)).toBe('demo');
    expect(attributes.get(connection)).toBe(system.name);
    expect(attributes.get(accountingSystem)).toBe(system.name);
    expect(attributes.get(status)).toBe('Connected');
  });

  step('no secret and no row of master data is in any history', async ({ books, operator, secrets }) => {
    const [known, words] = [await secrets(), await books.wordsOfRows()];
    expect(known).toEqual(expect.arrayContaining(await books.credentials()));
    expect(words.length).toBeGreaterThan(50);
    const hidden = [...known, ...words];
    let seen = '';
    for (const workflow of await operator.workflows()) {
      const text = textsIn(await operator.history(workflow)).join('\n');
      expect({ workflow: workflow.workflowId, leaks: leaksIn(text, hidden) }).toMatchObject({ leaks: [] });
      seen += text;
    }
    // The search would find them: what may be there is.
    expect(leaksIn(seen, [system.logins.synchronisation, 'consider this absent'])).toHaveLength(1);
  });

  step('no secret is in any log, and none went through Slack', async (cast) => {
    const { slack, syncuser } = cast;
    const secrets = await cast.secrets();
    const folder = join(syncuser.data, 'logs');
    const logs = readdirSync(folder).map((name) => ({
      name,
      text: readFileSync(join(folder, name), 'utf8'),
    }));
    expect(logs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['worker.log', 'server.log', 'temporal.log']),
    );
    for (const { name, text } of [...logs, { name: 'terminal', text: syncuser.said() }])
      expect({ name, leaks: leaksIn(text, secrets) }).toEqual({ name, leaks: [] });
    const inSlack = JSON.stringify(await slack.log()).replace(/\/connect\/[\w-]+/g, ''); // the personal links
    expect(leaksIn(inSlack, secrets)).toEqual([]);
  });
}

function leaksIn(text: string, hidden: readonly string[]): string[] {
  return hidden.filter((word) => text.includes(word));
}
