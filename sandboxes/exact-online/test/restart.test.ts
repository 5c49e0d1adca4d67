import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createVisitor } from './visitor.ts';

describe('the state file of the Exact Online sandbox', () => {
  let folder: string;
  let stateFile: string;
  const started: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exact-online-'));
    stateFile = join(folder, 'state.json');
  });
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  test('keeps grants, switches, the clock and changed rows over a restart', async () => {
    const first = await createVisitor({ stateFile });
    const tokens = await first.connect('CX_Basecone');
    const division = await first.division('101');
    await first.turn('rows', { division, kind: 'relation', add: 2, delete: 1 });
    await first.turn('block-user', { user: 'T.deVries' });
    const path = `${division}/sync/CRM/Accounts?$select=ID,Name,Timestamp`;
    const before = await first.get(tokens.access_token, path);
    await first.sandbox.close();

    const second = await createVisitor({ stateFile });
    const after = await second.get(tokens.access_token, path);
    expect(after.json.d.results.map((row) => row.ID)).toEqual(before.json.d.results.map((row) => row.ID));
    await expect(second.connect('T.deVries')).rejects.toThrow('is blocked');
    await second.turn('clock', { advanceSeconds: 570 });
    await second.sandbox.close();

    const third = await createVisitor({ stateFile });
    expect((await third.refresh(tokens.refresh_token)).status).toBe(200);
    await third.sandbox.close();
  });

  test('holds no token that could be used', async () => {
    const visitor = await createVisitor({ stateFile });
    const tokens = await visitor.connect('CX_Basecone');
    await visitor.sandbox.close();
    const kept = await readFile(stateFile, 'utf8');
    expect(kept).not.toContain(tokens.access_token);
    expect(kept).not.toContain(tokens.refresh_token);
  });

  test('of other books, or of something else, stops the start', async () => {
    await (await createVisitor({ stateFile })).sandbox.close();
    await expect(createVisitor({ stateFile, companies: 5 })).rejects.toThrow('belongs to other books');
    await writeFile(stateFile, '{"something":"else"}');
    await expect(createVisitor({ stateFile })).rejects.toThrow('holds no sandbox state');
  });

  test('survives a killed process, and the command, started from anywhere, ends cleanly on SIGTERM', async () => {
    const bin = fileURLToPath(new URL('../bin.js', import.meta.url));
    const command = [bin, '--state', stateFile, '--companies', '2'];
    const first = await start(command);
    const blocked = await fetch(`${first.url}/control/block-user`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'S.Jansen' }),
    });
    expect(blocked.status).toBe(200);
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');

    const again = await start(command);
    const state = (await (await fetch(`${again.url}/control/state`)).json()) as {
      users: { userName: string; blocked: boolean }[];
    };
    expect(state.users.filter((user) => user.blocked).map((user) => user.userName)).toEqual(['S.Jansen']);
    again.process.kill('SIGTERM');
    expect(await once(again.process, 'exit')).toEqual([0, null]);
  });

  async function start(command: string[]): Promise<{ process: ChildProcess; url: string }> {
    const child = spawn(process.execPath, command, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(child);
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const url = /^Exact Online sandbox on (http:\S+)$/.exec(line)?.[1];
    if (!url) throw new Error(`unexpected first line: ${line}`);
    return { process: child, url };
  }
});
