import {
  judgeCandidate,
  type Candidacy,
  type Right,
  type RightsMatrix,
} from '../verification/verification.ts';
import type { PersonId } from '../ids.ts';

/** What is known of a change of synchronisation user when both logins were looked at. */
export interface Weighed {
  verdict: Candidacy['verdict'];
  lost: number;
  gained: number;
  uncertain: number;
  /** Linked companies in which either reads anything. */
  reachBefore: number;
  reachAfter: number;
  /** How many people could agree to a loss. */
  superusers: number;
}

/** Who wanted the change in spite of what it loses, and why; all null when nothing had to be decided. */
export interface Approval {
  confirmedBy: PersonId | null;
  reason: string | null;
  agreedBy: PersonId | null;
}

/**
 * A candidate against the login in use. A linked company nobody ever looked at with the login in use counts as one it
 * reads: what cannot be compared must not be lost unseen.
 */
export function weigh(
  inUse: RightsMatrix,
  candidate: RightsMatrix,
  linked: ReadonlySet<string>,
): Candidacy & Pick<Weighed, 'reachBefore' | 'reachAfter'> {
  const looked = new Set(inUse.map(({ companyId }) => companyId));
  const presumed = candidate
    .filter(
      ({ companyId, evidence }) =>
        linked.has(companyId) && !looked.has(companyId) && evidence !== 'kind-list',
    )
    .map((right): Right => ({ ...right, answer: 'yes', known: 'yes', evidence: 'no-answer', barrier: null }));
  const before = [...inUse, ...presumed];
  return {
    ...judgeCandidate(before, candidate, linked),
    reachBefore: reached(before, linked),
    reachAfter: reached(candidate, linked),
  };
}

function reached(matrix: RightsMatrix, linked: ReadonlySet<string>): number {
  const companies = matrix.filter(({ answer, companyId }) => answer === 'yes' && linked.has(companyId));
  return new Set(companies.map(({ companyId }) => companyId)).size;
}
