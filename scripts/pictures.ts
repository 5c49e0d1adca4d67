import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';

/**
 * Makes the pictures of the README from the running product: walks its story in Chromium on what `npm start -- --data DIR`
 * just began in an empty folder. The addresses are those it prints when no port is taken.
 */
const { values } = parseArgs({
  options: {
    slack: { type: 'string', default: 'http://localhost:3100' },
    sandbox: { type: 'string', default: 'http://localhost:3200' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    into: { type: 'string', default: 'docs/pictures' },
  },
});
const browser = await chromium.launch({ executablePath: values.chromium, args: ['--no-sandbox'] });
try {
  await takePictures();
} finally {
  await browser.close();
}

async function takePictures(): Promise<void> {
  const slack = await opened(values.slack, { width: 1100, height: 720 });
  await actAs(slack, 'Sanne Jansen');
  await slack.getByRole('button', { name: '# accounting' }).click();
  await type(slack, '/syncuser setup');
  const choose = async (nth: number, label: string) => {
    const select = slack.locator('.modal-overlay select').nth(nth);
    const options = await select.locator('option').allInnerTexts();
    await select.selectOption({ label: options.find((option) => option.startsWith(label)) ?? label });
  };
  await choose(0, 'Exact Online');
  await choose(1, 'Tom de Vries');
  await slack.getByRole('button', { name: 'Ask to connect' }).click();

  await actAs(slack, 'Tom de Vries');
  await slack.getByRole('button', { name: 'Tom de Vries' }).click();
  const connect = await followedLink(slack, 'Connect');
  await logIn(connect);
  await connect.getByRole('button', { name: 'Start the first sync' }).click();
  await slack.getByRole('button', { name: '# accounting' }).click();
  await slack.getByText('Finished: 12 companies').waitFor({ timeout: 60_000 });

  const sandbox = await opened(values.sandbox, { width: 1100, height: 720 });
  await sandbox
    .getByRole('button', { name: /Withdraw consent/ })
    .first()
    .click();
  await slack.getByRole('button', { name: 'Reconnect' }).waitFor({ timeout: 60_000 });
  await picture(slack, 'alert');
  const reconnect = await followedLink(slack, 'Reconnect');
  await picture(reconnect, 'reconnect');
  await logIn(reconnect);
  await slack.getByText('3 replies').click({ timeout: 60_000 });
  await slack.getByText('Caught up').last().waitFor();
  await picture(slack, 'mended');
}

async function opened(url: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await browser.newPage({ viewport });
  await page.goto(url);
  return page;
}

async function actAs(slack: Page, name: string): Promise<void> {
  await slack.locator('select').first().selectOption({ label: name });
}

async function type(slack: Page, text: string): Promise<void> {
  await slack.locator('textarea').first().fill(text);
  await slack.keyboard.press('Enter');
}

/** Clicks the button, and opens the link that comes for it. */
async function followedLink(slack: Page, button: string): Promise<Page> {
  await slack.getByRole('button', { name: button, exact: true }).last().click();
  const link = slack.getByRole('link', { name: 'Open the Connect page' }).last();
  return opened((await link.getAttribute('href')) ?? '', { width: 760, height: 800 });
}

async function logIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue to Exact Online' }).click();
  await page.locator('[name=userName]').fill('CX_Basecone');
  await page.locator('[name=password]').fill('sandbox');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByText('reaches 12 of 12 companies').waitFor({ timeout: 60_000 });
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${values.into}/${name}.png` });
}
