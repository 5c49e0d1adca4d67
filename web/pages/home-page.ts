import { html } from 'ghtml';
import { heading } from './blocks.ts';
import { layout } from './layout.ts';

export interface HomePage {
  officeName: string;
  links: readonly { label: string; about: string; url: string }[];
}

/** What Syncuser is, and where to look. Whoever finds this page is not known, so how a connection is stands in Slack only. */
export function homePage(page: HomePage): string {
  const body = html`!${heading({
      eyebrow: 'Overview',
      title: 'Connections to the accounting systems',
      lead: html`Syncuser keeps the synchronisation user of every connection connected and in use. When one
      breaks, the right people hear it in Slack, with one button to mend it.`,
    })}
    <p>
      To see how they are, type <strong>/syncuser</strong> in Slack; a superuser makes the first one with
      <strong>/syncuser setup</strong>.
    </p>
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
