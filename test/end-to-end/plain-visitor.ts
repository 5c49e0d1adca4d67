import { openBrowser, type SeenPage } from '../web/plain-browser.ts';
import { until } from '../until.ts';
import { pagePatienceMs, type Browser, type Visitor } from './visitor.ts';

interface Box {
  name: string;
  value: string;
  ticked: boolean;
}

interface Form {
  action: string;
  fields: Map<string, string>;
  boxes: Box[];
  buttons: { label: string; name: string | undefined; value: string }[];
}

/** The same pages without a browser: follows redirects and renewals, fills in forms, keeps cookies. */
export const plainBrowser: Browser = {
  name: 'plain HTTP, as there is no Chromium here',
  newVisitor: async () => createPlainVisitor(),
  close: async () => undefined,
};

function createPlainVisitor(): Visitor {
  const http = openBrowser();
  const addresses: string[] = [];
  let address = '';
  let page: SeenPage;
  let forms: Form[] = [];

  async function arrive(url: string, answer: Promise<SeenPage>): Promise<void> {
    addresses.push(url);
    address = url;
    page = await answer;
    if (page.location) return goTo(page.location);
    forms = [...page.html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', body = '']) =>
      readForm(head, body),
    );
  }
  const goTo = (url: string): Promise<void> => {
    const target = new URL(url, address || undefined).href;
    return arrive(target, http.get(target));
  };
  const formWith = (what: string, fits: (form: Form) => boolean): Form => {
    const form = forms.find(fits);
    if (!form) throw new Error(`${address} has no ${what}; it says: ${page.text}`);
    return form;
  };

  return {
    open: goTo,
    async sees(words) {
      await until(
        `a page with “${words}”`,
        async () => {
          if (page.text.includes(words)) return true;
          const renewal = /http-equiv="refresh" content="[^;]*;url=([^"]*)"/.exec(page.html)?.[1];
          if (!renewal) throw new Error(`${address} does not say “${words}”, but: ${page.text}`);
          await goTo(decoded(renewal));
          return undefined;
        },
        pagePatienceMs,
      );
      return page.text;
    },
    async fill(field, value) {
      formWith(`field ${field}`, ({ fields }) => fields.has(field)).fields.set(field, value);
    },
    ticked: async () =>
      forms.flatMap(({ boxes }) => boxes.filter(({ ticked }) => ticked).map(({ value }) => value)),
    async untick(value) {
      const form = formWith(`box ${value}`, ({ boxes }) => boxes.some((box) => box.value === value));
      for (const box of form.boxes) if (box.value === value) box.ticked = false;
    },
    async press(label) {
      const form = formWith(`button ${label}`, ({ buttons }) => buttons.some((one) => one.label === label));
      const button = form.buttons.find((one) => one.label === label)!;
      const target = new URL(form.action, address).href;
      const values: [string, string][] = [
        ...form.fields,
        ...form.boxes
          .filter(({ ticked }) => ticked)
          .map(({ name, value }): [string, string] => [name, value]),
        ...(button.name ? [[button.name, button.value] satisfies [string, string]] : []),
      ];
      await arrive(target, http.post(target, values));
    },
    addresses: () => addresses,
  };
}

function readForm(head: string, body: string): Form {
  const inputs = [...body.matchAll(/<input\b([^>]*)>/gs)].map(([, text = '']) => attributesOf(text));
  const isChosen = ({ type, checked }: Record<string, string>) => type !== 'radio' || checked !== undefined;
  const named = inputs
    .filter(({ name, disabled }) => name !== undefined && disabled === undefined)
    .filter(isChosen);
  const isBox = ({ type }: Record<string, string>) => type === 'checkbox';
  return {
    action: attributesOf(head)['action'] ?? '',
    fields: new Map(named.filter((input) => !isBox(input)).map(({ name = '', value = '' }) => [name, value])),
    boxes: named
      .filter(isBox)
      .map(({ name = '', value = '', checked }) => ({ name, value, ticked: checked !== undefined })),
    buttons: [...body.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gs)].map(([, text = '', label = '']) => {
      const { name, value = '' } = attributesOf(text);
      return { label: decoded(label.replace(/\s+/g, ' ').trim()), name, value };
    }),
  };
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w-]+)(?:\s*=\s*"([^"]*)")?/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decoded(value)]));
}

function decoded(html: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (entity, name: string) => named[name] ?? entity);
}
