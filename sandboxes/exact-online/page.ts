import type { FastifyReply } from 'fastify';
import { html } from 'ghtml';

/** Sends one HTML page in the look of the sandbox. */
export function sendPage(
  reply: FastifyReply,
  page: { title: string; wide?: boolean; body: string },
  status = 200,
): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
    )
    .send(document(page));
}

function document({ title, wide, body }: { title: string; wide?: boolean; body: string }): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          !${style}
        </style>
      </head>
      <body>
        <header>
          <strong>Exact Online</strong> <span class="tag">sandbox</span
          ><span class="aside">made-up data, on this machine only</span>
        </header>
        <main class="${wide ? 'wide' : 'narrow'}">!${body}</main>
      </body>
    </html>`;
}

const style = `
:root { --ink: #1d2433; --soft: #5b6578; --line: #dfe3ea; --paper: #fff; --ground: #f3f5f8; --strong: #b3261e; --blue: #1f5fa8; --good: #1b7a43; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
header { background: var(--ink); color: #fff; padding: 12px 24px; display: flex; gap: 10px; align-items: center; }
header .tag { background: #ffd76b; color: var(--ink); border-radius: 4px; padding: 0 8px; font-size: 13px; font-weight: 600; }
header .aside { margin-left: auto; color: #b8c0cf; font-size: 13px; }
main { margin: 32px auto; padding: 0 20px; }
main.narrow { max-width: 540px; }
main.wide { max-width: 1120px; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 8px; }
h2 { font-size: 16px; margin: 0 0 12px; }
p { margin: 0 0 12px; }
.soft { color: var(--soft); }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 24px; margin-bottom: 20px; overflow-x: auto; }
label { display: block; font-weight: 600; margin: 14px 0 4px; }
input, select { width: 100%; font: inherit; color: inherit; padding: 8px 10px; border: 1px solid #b9c1cd; border-radius: 6px; background: #fff; }
input:focus-visible, select:focus-visible, button:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
label.tick { font-weight: 400; display: flex; gap: 8px; align-items: baseline; margin: 4px 0; }
label.tick input { width: auto; }
.ticks { max-height: 220px; overflow-y: auto; padding-left: 24px; }
button { font: inherit; font-weight: 600; cursor: pointer; border-radius: 6px; padding: 8px 14px; border: 1px solid #b9c1cd; background: #fff; color: var(--ink); }
button:hover { background: #eef1f5; }
button.main { background: var(--blue); border-color: var(--blue); color: #fff; }
button.main:hover { background: #184b86; }
button.small { padding: 3px 10px; font-size: 13px; font-weight: 500; }
.buttons { display: flex; gap: 8px; margin-top: 20px; flex-wrap: wrap; }
.wrong { border-left: 4px solid var(--strong); background: #fdecea; padding: 10px 14px; border-radius: 4px; margin: 12px 0; }
.done { border-left: 4px solid var(--good); background: #e8f5ec; padding: 10px 14px; border-radius: 4px; margin: 0 0 20px; }
ul { margin: 0 0 12px; padding-left: 20px; }
code { background: #eef1f5; border-radius: 4px; padding: 1px 5px; font-size: 13px; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-size: 13px; color: var(--soft); font-weight: 600; }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td form, .row form { display: inline-block; margin: 0 6px 6px 0; }
.bad { color: var(--strong); font-weight: 600; }
.good { color: var(--good); font-weight: 600; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 20px; margin-bottom: 20px; }
.grid .card { margin: 0; }
.fields { display: flex; gap: 10px; flex-wrap: wrap; align-items: end; }
.fields label { margin: 0; font-size: 13px; font-weight: 500; flex: 1 1 140px; }
.row { display: flex; align-items: center; gap: 12px; padding: 8px 0; border-bottom: 1px solid var(--line); }
.row:last-child { border-bottom: 0; }
.row form { margin: 0 0 0 auto; white-space: nowrap; }
@media (max-width: 600px) { header .aside { display: none; } }
table.log td { padding: 4px 12px 4px 0; font-size: 13px; overflow-wrap: anywhere; }
`;
