import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { html } from 'ghtml';

export const stylesheet = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
/** The name changes with the content, so that browsers may keep it for ever. */
export const stylesheetPath = `/style-${createHash('sha256').update(stylesheet).digest('hex').slice(0, 12)}.css`;

export interface Page {
  title: string;
  officeName: string;
  /** HTML, already escaped. */
  body: string;
  /** Load the page again, at this address: how pages wait without JavaScript. */
  renew?: { url: string; seconds: number };
  wide?: boolean;
}

/** The frame of every page. */
export function layout(page: Page): string {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        !${page.renew ? html`<meta http-equiv="refresh" content="${page.renew.seconds};url=${page.renew.url}" />` : ''}
        <title>${page.title} · Syncuser</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${stylesheetPath}" />
      </head>
      <body>
        <header class="top">
          <span class="brand"><img src="/icon.svg" alt="" width="24" height="24" />Syncuser</span>
          <span class="office">${page.officeName}</span>
        </header>
        <main class="${page.wide ? 'wide' : 'narrow'}">!${page.body}</main>
      </body>
    </html>`;
}

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#0f6b5c"/><path d="M7 10a5.2 5.2 0 0 1 9.3-1.8M17 14a5.2 5.2 0 0 1-9.3 1.8" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/><path d="M17 5v3.6h-3.6M7 19v-3.6h3.6" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
