import { readdirSync, readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { hostileTexts } from './hostile-texts.ts';

/** Tests, benches and sandboxes run where nobody is a stranger. */
const notLooked = /^(node_modules|\.|test\/|bench\/|sandbox(es)?\/)/;

/**
 * A linear pattern is through with all of its texts in a moment; one that is not would stand still for minutes with the
 * first, so this ends it. How long anything takes is not judged.
 */
const endedAfterMs = 20_000;

interface Found {
  where: string;
  pattern: RegExp;
}

/** Every pattern that is written in the product, and what is put together at run time: nobody can look at that here. */
function patternsIn(file: string): { patterns: Found[]; built: string[] } {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const patterns: Found[] = [];
  const built: string[] = [];
  const visit = (node: ts.Node): void => {
    const where = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      patterns.push({ where, pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp')
      built.push(where);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { patterns, built };
}

/** The first text that stops this pattern, or null. */
function stoppedBy({ source, flags }: RegExp, timeout = endedAfterMs): string | null {
  const everywhere = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  const context = createContext({ pattern: everywhere, texts: hostileTexts(everywhere), last: '' });
  try {
    new Script('for (const text of texts) { last = text; text.replace(pattern, ""); }').runInContext(
      context,
      {
        timeout,
      },
    );
    return null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return (context['last'] as string).slice(0, 60);
  }
}

describe('a pattern of the product', () => {
  const files = readdirSync('.', { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(ts|mjs)$/.test(file) && !notLooked.test(file),
  );
  const found = files.map(patternsIn);
  const all = found.flatMap(({ patterns }) => patterns);

  test('is written where it can be looked at', () => {
    expect(all.length).toBeGreaterThan(80);
    expect(found.flatMap(({ built }) => built)).toEqual([]);
  });

  test.each([...new Map(all.map(({ where, pattern }) => [String(pattern), { where, pattern }])).values()])(
    'gets through 100 kB of hostile text: $where $pattern',
    ({ pattern }) => {
      expect(stoppedBy(pattern)).toBeNull();
    },
  );
});

describe('this test', () => {
  test.each([/^(a+)+$/, /\s+$/, /x*y/, /^(.*?)\s*end$/, /<[^>]*>/])(
    'sees that %s is not linear',
    (pattern) => {
      expect(stoppedBy(pattern, 500)).not.toBeNull();
    },
  );
});
