import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const documents = ['', 'docs', 'accounting', 'sandboxes', 'deliveries']
  .flatMap((folder) =>
    (readdirSync(folder || '.', { recursive: folder !== '' }) as string[]).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.md'));
const tests = ['test', 'sandboxes'].flatMap((folder) =>
  (readdirSync(folder, { recursive: true }) as string[]).map((name) => `/${folder}/${name}`),
);

test('All documents are looked at', () => {
  expect(documents).toEqual(
    expect.arrayContaining(['README.md', 'sandboxes/slack/README.md', 'docs/voice.md']),
  );
});

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  test('leads only to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, to]) => to!);
    expect(links.filter((to) => !existsSync(join(dirname(document), to)))).toEqual([]);
  });

  test('names only tests that are there', () => {
    const named = [...text.matchAll(/`(?:test\/)?([\w/-]+\.test\.ts)`/g)].map(([, name]) => name!);
    expect(named.filter((name) => !tests.some((file) => file.endsWith(`/${name}`)))).toEqual([]);
  });
});

test('A person whose gender nobody knows is "they", in code, in tests and in documents', () => {
  const oneGender = /\b(?:s?h(?:e)|h(?:is|im|imself|ers?|erself))\b/i; // in pieces, so that it does not find itself
  const inFolders = readdirSync('.', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .flatMap(({ name }) =>
      (readdirSync(name, { recursive: true }) as string[]).map((file) => join(name, file)),
    );
  const files = [...readdirSync('.'), ...inFolders].filter((file) => /\.(?:ts|md|snap)$/.test(file));
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line, index) => `${file}:${index + 1} ${line}`)
      .filter((line) => oneGender.test(line)),
  );
  expect(found).toEqual([]);
});
