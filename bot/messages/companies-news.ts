import type { Button } from '@slack/types';
import type { CompaniesNews } from '../../domain/announcements/rights.ts';
import { explainBarrier } from '../../domain/gates.ts';
import { actionIds, newCompaniesValue } from '../ids.ts';
import { button, buttons, section, type Message } from './blocks.ts';
import { companyLines, companyName, connectionTitle, counted, escaped, listed } from './words.ts';

/** A button that adds companies carries their ids, and Slack takes 2,000 characters; with more of them people choose. */
const mostAddedAtOnce = 50;
const shownNames = 10;

/** What happened to companies in the package, and what there is to do about it. */
export function companiesNews(facts: CompaniesNews): Message {
  const { addable, closed, renamed, archived, back } = facts;
  const words = [
    `*${connectionTitle({ name: facts.connectionName, systemName: facts.systemName })}*: news about companies`,
    ...(addable.length > 0
      ? [`:new: ${counted(addable.length, 'company', 'companies')} can be added:\n${companyLines(addable)}`]
      : []),
    ...closed.map(({ barrier, companies }) => {
      const { what, mend } = explainBarrier(barrier, {
        systemId: facts.systemId,
        system: facts.systemName,
        login: escaped(facts.login),
        company: names(companies),
        many: companies.length > 1,
      });
      return `:lock: New, but not to be had: ${what}. ${mend}`;
    }),
    ...(renamed.length > 0
      ? [
          `:pencil2: ${listed(renamed.slice(0, shownNames).map((company) => `${escaped(company.was)} is called ${companyName(company)} now`))}${rest(renamed)}. Its data goes on under the new name.`,
        ]
      : []),
    ...(archived.length > 0
      ? [
          `:file_cabinet: Archived in ${facts.systemName}: ${names(archived)}. The master data stays as it is; when a company comes out of the archive, it goes on by itself.`,
        ]
      : []),
    ...(back.length > 0
      ? [`:arrow_forward: Out of the archive, and kept up to date again: ${names(back)}.`]
      : []),
  ];
  return {
    text: words.join('\n'),
    blocks: [...words.map(section), ...(addable.length > 0 ? [buttons(addButton(facts))] : [])],
  };
}

function addButton({ connectionId, addable }: CompaniesNews): Button {
  if (addable.length > mostAddedAtOnce)
    return button(actionIds.chooseCompanies, 'Choose which to add…', { value: connectionId });
  const value = newCompaniesValue(
    connectionId,
    addable.map(({ externalId }) => externalId),
  );
  return button(actionIds.addCompanies, addable.length === 1 ? 'Add' : `Add all ${addable.length}`, {
    style: 'primary',
    value,
  });
}

function names(companies: readonly { code: string; name: string }[]): string {
  return `${listed(companies.slice(0, shownNames).map(companyName))}${rest(companies)}`;
}

function rest(all: readonly unknown[]): string {
  return all.length > shownNames ? ` (and ${all.length - shownNames} more)` : '';
}
