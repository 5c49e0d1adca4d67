import { chromium, type Page } from 'playwright-core';
import { until } from '../until.ts';
import { pagePatienceMs, type Browser, type Visitor } from './visitor.ts';

/** A real browser. @throws Error when the program does not start */
export async function openChromium(program: string): Promise<Browser> {
  // Chromium refuses its sandbox to root (which is what a container runs as), and finds little shared memory there.
  const browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  return {
    name: `Chromium ${browser.version()} (${program})`,
    async newVisitor() {
      const context = await browser.newContext();
      context.setDefaultTimeout(pagePatienceMs);
      return visitorOf(await context.newPage());
    },
    close: () => browser.close(),
  };
}

function visitorOf(page: Page): Visitor {
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  const boxes = (state = '') => page.locator(`input[type=checkbox]${state}`);
  return {
    async open(url) {
      await until(`${url} to open`, () => goTo(page, url), pagePatienceMs);
    },
    async sees(words) {
      let text = '';
      await until(
        `a page with “${words}”`,
        async () => {
          text = await readOn(page);
          if (text.includes(words)) return true;
          // As whoever sent a form does who reads that; the browser sends it again.
          if (text.includes('Please try again in half a minute'))
            await page.reload({ waitUntil: 'commit' }).catch(() => undefined);
          return undefined;
        },
        pagePatienceMs,
      ).catch((error: Error) => {
        throw new Error(`${error.message}; ${page.url()} says: ${text}`, { cause: error });
      });
      return text;
    },
    fill: (field, value) => page.locator(`[name="${field}"]`).fill(value),
    async ticked() {
      const inputs = await boxes(':checked').all();
      return Promise.all(inputs.map(async (input) => (await input.getAttribute('value')) ?? ''));
    },
    untick: (value) => boxes(`[value="${value}"]`).uncheck(),
    press: (button) => page.getByRole('button', { name: button, exact: true }).click(),
    addresses: () => addresses,
  };
}

/** Undefined when the page that was open renewed itself in this very moment: that takes the way of the new one. */
async function goTo(page: Page, url: string): Promise<true | undefined> {
  try {
    await page.goto(url);
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('interrupted by another navigation'))
      return undefined;
    throw error;
  }
}

/** Nothing, while the page is being replaced by the next one. */
async function readOn(page: Page): Promise<string> {
  const text = await page.evaluate('document.body.textContent').catch(() => '');
  return String(text).replace(/\s+/g, ' ');
}
