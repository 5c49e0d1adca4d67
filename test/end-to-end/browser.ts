import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { openChromium } from './chromium.ts';
import { plainBrowser } from './plain-visitor.ts';
import type { Browser } from './visitor.ts';

const programs = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Chromium where there is one, else plain HTTP over the same pages; which one it is, is said on stderr.
 * CHROMIUM_PATH names a program to take, or `none`.
 */
export async function openBrowser(): Promise<Browser> {
  const program = findChromium();
  const browser = program ? await openChromium(program) : plainBrowser;
  process.stderr.write(`The pages are walked with ${browser.name}.\n`);
  return browser;
}

function findChromium(): string | undefined {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return given === 'none' ? undefined : given;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return programs
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}
