import type { ScreensOf } from '../../../domain/screens.ts';
import type { Button } from '@slack/types';
import type { CompaniesNews } from '../../../domain/announcements/rights.ts';
import { explainBarrier } from '../../../words/connections/gates.ts';
import { actionIds, newCompaniesValue } from '../../ids.ts';
import { button, withButtons, type Message } from '../blocks.ts';
import { companyList, lineAbout } from '../company-list.ts';
import { paragraphs, type List, type ListLine } from '../paragraphs.ts';
import { companyName, connectionTitle, counted, escaped } from '../words.ts';

/** A button that adds companies carries their ids, and Slack takes 2,000 characters; with more of them people choose. */
const mostAddedAtOnce = 50;

/** What happened to companies in the package, and what there is to do about it. */
export function companiesNews(facts: CompaniesNews, screensOf: ScreensOf): Message {
  const { addable, closed, renamed, archived, back } = facts;
  const message = paragraphs(
    `*${connectionTitle({ name: facts.connectionName, systemName: facts.systemName })}*: news about companies`,
    ...(addable.length > 0
      ? [companyList(addable, `:new: ${counted(addable.length, 'company', 'companies')} can be added:`)]
      : []),
    ...listOf(
      closed.map(({ barrier, companies }) =>
        lineAbout(companies, (company) => {
          const { what, mend } = explainBarrier(barrier, {
            system: facts.systemName,
            screens: screensOf(facts.systemId),
            login: escaped(facts.login),
            company,
            many: companies.length > 1,
          });
          return `:lock: New, but not to be had: ${what}. ${mend}`;
        }),
      ),
    ),
    ...listOf(
      renamed.map(
        (company) =>
          `:pencil2: ${escaped(company.was)} is called ${companyName(company)} now. Its data goes on under the new name.`,
      ),
    ),
    ...(archived.length > 0
      ? listOf([
          lineAbout(
            archived,
            (names) =>
              `:file_cabinet: Archived in ${facts.systemName}: ${names}. The master data stays as it is; when a company comes out of the archive, it goes on by itself.`,
          ),
        ])
      : []),
    ...(back.length > 0
      ? listOf([
          lineAbout(
            back,
            (names) => `:arrow_forward: Out of the archive, and kept up to date again: ${names}.`,
          ),
        ])
      : []),
  );
  return addable.length > 0 ? withButtons(message, addButton(facts)) : message;
}

const listOf = (lines: readonly ListLine[]): List[] => (lines.length > 0 ? [{ lines, shown: 10 }] : []);

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
