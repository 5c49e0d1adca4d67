import { html } from 'ghtml';

/** What a page says at a glance; the colour only repeats what the words say. */
export type Tone = 'good' | 'attention' | 'bad' | 'calm';

const signs: Record<Tone, string> = {
  good: '<path d="m8 12.5 2.7 2.7L16 9.5"/>',
  attention: '<path d="M12 7.5v5.5M12 16.4v.1"/>',
  bad: '<path d="m9 9 6 6m0-6-6 6"/>',
  calm: '<path d="M12 11.2v5M12 7.6v.1"/>',
};

export function sign(tone: Tone): string {
  return `<svg class="sign ${tone}" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10.5"/>${signs[tone]}</svg>`;
}

/** The top of a page: what this is about, in one line, and what follows from it. `lead` is HTML. */
export function heading(heading: { eyebrow: string; title: string; lead: string; tone?: Tone }): string {
  return html`<div class="heading">
    !${heading.tone ? sign(heading.tone) : ''}
    <p class="eyebrow">${heading.eyebrow}</p>
    <h1>${heading.title}</h1>
    <p class="lead">!${heading.lead}</p>
  </div>`;
}

/** A remark that must not be overlooked. `body` is HTML. */
export function callout(tone: Tone, title: string, body: string): string {
  return html`<section class="callout ${tone}">
    !${sign(tone)}
    <div>
      <h2>${title}</h2>
      <p>!${body}</p>
    </div>
  </section>`;
}

export function facts(rows: readonly (readonly [label: string, value: string])[]): string {
  return html`<dl class="facts">
    !${rows.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A form with nothing but its button, for a step that changes something. */
export function postButton(action: string, label: string, look: 'primary' | 'plain' = 'primary'): string {
  return html`<form method="post" action="${action}" class="actions">
    <button class="${look}">${label}</button>
  </form>`;
}

/** "a, b and c" */
export function inSeries(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
}
