import { html } from 'ghtml';
import type { ConnectionWords } from '../connection-words.ts';
import { heading, sign } from './blocks.ts';
import { layout } from './layout.ts';

export interface HomePage {
  officeName: string;
  /** Null when their state is not for everybody who finds this page. */
  connections: readonly ShownConnection[] | null;
  links: readonly { label: string; about: string; url: string }[];
}

export interface ShownConnection {
  name: string;
  systemName: string;
  words: ConnectionWords;
}

/** What Syncuser is, and how every connection is. */
export function homePage(page: HomePage): string {
  const body = html`!${heading({
      eyebrow: 'Overview',
      title: 'Connections to the accounting systems',
      lead: html`Syncuser keeps the synchronisation user of every connection connected and in use. When one
      breaks, the right people hear it in Slack, with one button to mend it.`,
    })}
    !${connectionList(page.connections)}
    <h2>Elsewhere</h2>
    <ul class="links">
      !${page.links.map(
        ({ label, about, url }) =>
          html`<li>
            <a href="${url}">${label}<small>${about}</small></a>
          </li>`,
      )}
    </ul>`;
  return layout({ title: 'Connections', officeName: page.officeName, body, wide: true });
}

function connectionList(connections: HomePage['connections']): string {
  if (connections === null)
    return html`<p>To see how they are, type <strong>/syncuser</strong> in Slack.</p>`;
  if (connections.length === 0)
    return html`<p>
      There is no connection yet. A superuser makes one in Slack with <strong>/syncuser setup</strong>.
    </p>`;
  return html`<ul class="connections">
    !${connections.map(connection)}
  </ul>`;
}

function connection({ name, systemName, words }: ShownConnection): string {
  return html`<li>
    !${sign(words.tone)}
    <div>
      <h3>${name}</h3>
      !${name === systemName ? '' : html`<p class="eyebrow">${systemName}</p>`}
      <p><strong>${words.status}.</strong> ${words.sentence}</p>
    </div>
  </li>`;
}
