import type { RequestDone } from '../../../domain/announcements/syncing.ts';
import { kindNames } from '../../../words/kinds.ts';
import { capital } from '../../../words/sentence.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { companyName, connectionTitle, counted, listed } from '../words.ts';

const shownCompanies = 3;

/** Told to whoever asked for a sync of some companies or kinds: what came in. */
export function requestDone(facts: RequestDone): Message {
  const { connectionName: name, systemName, asked, rowsChanged, failures } = facts;
  const what = `*${requestedThings(facts)}* of ${connectionTitle({ name, systemName })}`;
  if (asked === 0)
    return paragraphs(
      `${what} could not be synchronised: the synchronisation user does not reach ${facts.companies?.length === 1 ? 'this company' : 'these companies'} at the moment.`,
    );
  const came =
    rowsChanged === 0
      ? 'nothing had changed'
      : `${counted(rowsChanged, 'row', 'rows')} new, changed or deleted`;
  const refused =
    failures === 0
      ? ''
      : ` ${counted(failures, 'part', 'parts')} of it could not be had; \`/syncuser status\` tells more.`;
  return paragraphs(`${what}: up to date, ${came}.${refused}`);
}

/** "VAT codes of 101 Bakkerij Jansen B.V.", "All master data of 12 companies". */
function requestedThings({ companies, kinds }: RequestDone): string {
  const which = kinds ? listed(kinds.map((kind) => kindNames[kind])) : 'all master data';
  const whose =
    companies === null
      ? 'all companies'
      : companies.length > shownCompanies
        ? counted(companies.length, 'company', 'companies')
        : listed(companies.map(companyName));
  const words = `${which} of ${whose}`;
  return capital(words);
}
