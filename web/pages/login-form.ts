import { html } from 'ghtml';
import type { FormField } from '../../accounting/port.ts';
import { callout } from './blocks.ts';

/** What is asked of somebody who logs in on a page of ours, because the package has no login page. */
export interface LoginForm {
  fields: readonly FormField[];
  /** What they entered before, by field; never what is secret. */
  typed: Readonly<Record<string, string>>;
  action: string;
  button: string;
  /** Set when what was entered cannot be used. */
  problem?: string;
}

export function loginForm({ fields, typed, action, button, problem }: LoginForm): string {
  return html`!${problem ? callout('bad', 'Please look at what you entered', html`${problem}`) : ''}
    <form method="post" action="${action}">
      !${fields.map((field) => input(field, typed[field.name] ?? ''))}
      <div class="actions"><button class="primary">${button}</button></div>
    </form>`;
}

/** Browsers neither correct a login name nor begin it with a capital: packages may mind. */
function input({ name, label, secret }: FormField, value: string): string {
  return secret
    ? html`<label class="field"
        >${label}<input name="${name}" type="password" required autocomplete="current-password"
      /></label>`
    : html`<label class="field"
        >${label}<input
          name="${name}"
          type="text"
          value="${value}"
          required
          autocapitalize="none"
          autocorrect="off"
          spellcheck="false"
          autocomplete="off"
      /></label>`;
}
