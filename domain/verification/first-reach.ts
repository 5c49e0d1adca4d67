import type { SetUpReach } from '../announcements/logins.ts';
import { groupBarred, named } from './barred.ts';
import type { Company } from '../connections/company.ts';
import { byCompany, type RightsMatrix } from './verification.ts';

/** What is known about a first login when its companies are chosen. */
export interface KnownReach extends Pick<SetUpReach, 'systemId' | 'login' | 'looked'> {
  matrix: RightsMatrix;
  linked: readonly Company[];
  all: readonly Company[];
}

/**
 * Kinds that a first login may not read, in the companies that are linked; before any is, in all that it reaches. That it
 * does not get into a company at all is what the list of companies says.
 */
export function firstReach({ systemId, login, looked, matrix, linked, all }: KnownReach): SetUpReach {
  const companies = linked.length > 0 ? linked : all.filter(({ status }) => status === 'reachable');
  const closed = matrix.filter(({ answer }) => answer === 'no');
  const groups = named(companies, groupBarred(closed, matrix));
  const rights = byCompany(matrix);
  const isUnknown = ({ externalId }: Company) =>
    rights.get(externalId)?.some(({ answer }) => answer === 'unknown') ?? true;
  return {
    systemId,
    login,
    looked,
    closed: groups.filter((group) => group.companies.length > 0),
    unknown: companies.filter(isUnknown).length,
  };
}
