import { html } from 'ghtml';
import { demoPeople, password } from '../books/names.ts';

/** The pages a person meets between "log in" and "back to the app". Each returns the body of one page. */

export function logInPage(page: {
  app: string;
  action: string;
  userName: string;
  wrong: string | null;
}): string {
  const names = demoPeople.map((person) => person.userName);
  return html`<div class="card">
      <h1>Log in to Exact Online</h1>
      <p class="soft">
        <strong>${page.app}</strong> asks for access to your administrations. You decide after you have logged
        in.
      </p>
      !${page.wrong ? html`<p class="wrong" role="alert">${page.wrong}</p>` : ''}
      <form method="post" action="${page.action}">
        <label for="userName">User name</label>
        <input
          id="userName"
          name="userName"
          list="people"
          value="${page.userName}"
          autocomplete="off"
          spellcheck="false"
          ${page.userName ? '' : 'autofocus'}
          required
        />
        <datalist id="people">!${names.map((name) => html`<option value="${name}"></option>`)}</datalist>
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="off"
          ${page.userName ? 'autofocus' : ''}
        />
        <div class="buttons">
          <button class="main" name="step" value="log-in">Log in</button>
          <button name="step" value="cancel" formnovalidate>Cancel</button>
        </div>
      </form>
    </div>
    <div class="card">
      <h2>Who can log in here</h2>
      <p>
        You may log in as !${sentence(names.map((name) => html`<code>${name}</code>`))}. The password of each
        is <code>${password}</code>.
      </p>
      <p class="soft">
        <code>CX_Basecone</code> is the usual synchronisation user: it reaches every company.
        <code>P.Peeters</code> does not.
      </p>
    </div>`;
}

export function loggedInPage(page: {
  app: string;
  action: string;
  userName: string;
  fullName: string;
}): string {
  return html`<div class="card">
    <h1>You are logged in as ${page.userName}</h1>
    <p class="soft">
      This browser is already logged in to Exact Online as ${page.fullName}. <strong>${page.app}</strong> asks
      for access as this user.
    </p>
    <p>Is this not the user you want to connect? Then log out first.</p>
    <form method="post" action="${page.action}">
      <div class="buttons">
        <button class="main" name="step" value="continue">Continue as ${page.userName}</button>
        <button name="step" value="log-out">Log out</button>
        <button name="step" value="cancel">Cancel</button>
      </div>
    </form>
  </div>`;
}

export function consentPage(page: {
  app: string;
  action: string;
  userName: string;
  companies: readonly { division: number; code: string; name: string }[];
}): string {
  return html`<div class="card">
    <h1>Give ${page.app} access?</h1>
    <p>
      <strong>${page.app}</strong> wants to read master data as <strong>${page.userName}</strong>: general
      ledger, relations and their bank accounts, VAT codes, cost centres and units, journals, payment
      conditions, items and projects.
    </p>
    <p>${page.userName} reaches ${page.companies.length} companies. Which of them may it read?</p>
    <form method="post" action="${page.action}">
      !${choice('all', 'All companies, also those that come later', true)}
      !${choice('current', 'All companies of today')} !${choice('chosen', 'Only the ones ticked here:')}
      <div class="ticks">!${page.companies.map(tick)}</div>
      <p class="soft">You can withdraw this consent later in Exact Online, under apps.</p>
      <div class="buttons">
        <button class="main" name="step" value="allow">Allow</button>
        <button name="step" value="cancel">Cancel</button>
      </div>
    </form>
  </div>`;
}

function choice(value: string, words: string, chosen = false): string {
  return html`<label class="tick"
    ><input type="radio" name="companies" value="${value}" ${chosen ? 'checked' : ''} />${words}</label
  >`;
}

function tick({ division, code, name }: { division: number; code: string; name: string }): string {
  return html`<label class="tick"
    ><input type="checkbox" name="division" value="${division}" />${code} ${name}</label
  >`;
}

export function refusedPage(words: string): string {
  return html`<div class="card">
    <h1>This link does not work</h1>
    <p class="wrong">${words}</p>
    <p class="soft">The app that sent you here is not set up well. Tell its maker what you read here.</p>
  </div>`;
}

function sentence(parts: readonly string[]): string {
  return `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}`;
}
