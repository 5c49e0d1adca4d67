import type { CompanyStatus } from '../connections/company.ts';
import type { Gate } from '../connections/gates.ts';
import type { MasterDataKind, Moment } from '../master-data.ts';
import type { CompanyId } from '../ids.ts';

/**
 * May a login read one kind of master data in one company? `unknown`: nobody could tell. An empty list is never a yes:
 * packages show a missing right as one.
 */
export type Answer = 'yes' | 'no' | 'unknown';

/**
 * What an answer rests on: `right-check` the package's own, `row` a row was read, `refusal` it was asked for and refused,
 * `company-list` the package lists the company as not to be had, `kind-list` it has no such kind (any more), `empty`
 * nothing came and nothing says why, `record-rule` a rule of the package may hide some rows, `no-answer` it could not be
 * asked.
 */
export const evidences = [
  'right-check',
  'row',
  'refusal',
  'company-list',
  'kind-list',
  'empty',
  'record-rule',
  'no-answer',
] as const;
export type Evidence = (typeof evidences)[number];

/** What stands between the login and the data: a closed gate, or the state of the company itself. */
export type Barrier = Gate | Exclude<CompanyStatus, 'reachable' | 'no-access' | 'unverified'>;

/** What was found of one kind in one company. `barrier` only with a no, and only when it is known. */
export interface KindFinding {
  kind: MasterDataKind;
  answer: Answer;
  evidence: Evidence;
  barrier: Barrier | null;
}

/** One cell of a matrix. */
export interface Right extends KindFinding {
  companyId: CompanyId;
  /** The last answer that was one; an `unknown` leaves it, so that what is lost behind it is seen as lost. */
  known: 'yes' | 'no' | null;
  checkedAt: Moment;
}

/** Everything that is known of one login: every company it was looked for in, times every kind. */
export type RightsMatrix = readonly Right[];

export interface Comparison {
  /** Could be read before, and not now. */
  lost: Right[];
  /** Could not be read before, or was not there, and can now. */
  gained: Right[];
  /** Could be read before, and nobody can tell for now. */
  uncertain: Right[];
}

/** What one matrix has and another lacks, of two logins or of one login at two times; cells are those of `after`. */
export function compare(before: RightsMatrix, after: RightsMatrix): Comparison {
  const now = cellsOf(after);
  const then = cellsOf(before);
  const hadIt = before.filter(({ known }) => known === 'yes');
  const lost = hadIt.flatMap((right) => withAnswer('no', now.get(cellOf(right))));
  const uncertain = hadIt.flatMap((right) => {
    const found = now.get(cellOf(right));
    if (!found) return { ...right, answer: 'unknown', evidence: 'no-answer', barrier: null } as const;
    return withAnswer('unknown', found);
  });
  const gained = after.filter((right) => {
    const former = then.get(cellOf(right));
    return right.answer === 'yes' && (former === undefined || former.known === 'no');
  });
  return { lost, gained, uncertain };
}

export interface Candidacy extends Comparison {
  /** `loses`: of the linked companies something that can be read now cannot be read then. */
  verdict: 'fits' | 'loses' | 'uncertain';
}

/** A candidate against the login in use. Losses count only where they hurt: in linked companies. */
export function judgeCandidate(
  inUse: RightsMatrix,
  candidate: RightsMatrix,
  linked: ReadonlySet<string>,
): Candidacy {
  const { lost, gained, uncertain } = compare(inUse, candidate);
  const hurting = { lost: lost.filter(isIn(linked)), uncertain: uncertain.filter(isIn(linked)) };
  const verdict = hurting.lost.length > 0 ? 'loses' : hurting.uncertain.length > 0 ? 'uncertain' : 'fits';
  return { ...hurting, gained, verdict };
}

const isIn =
  (companies: ReadonlySet<string>) =>
  ({ companyId }: Right) =>
    companies.has(companyId);

/** What a new finding does to what was known; null when it changes nothing, or when it is the first. */
export function changeBy(
  former: Pick<Right, 'known'> | undefined,
  { answer }: KindFinding,
): 'lost' | 'gained' | null {
  if (former?.known === 'yes' && answer === 'no') return 'lost';
  if (former?.known === 'no' && answer === 'yes') return 'gained';
  return null;
}

/**
 * Whether a cell has to be asked for again. A yes is believed for a while, unless a read was refused since; a no may have
 * been mended, and an unknown may be known now, so both are asked again each time. What was asked since this
 * verification began is not asked twice: that is how it goes on after a kill.
 */
export function mustAsk(
  right: Right | undefined,
  verification: { startedAt: Moment; believedSince: Moment },
  refusedAt: Moment | null = null,
): boolean {
  if (!right) return true;
  if (right.checkedAt >= verification.startedAt) return false;
  if (refusedAt !== null && refusedAt > right.checkedAt) return true;
  return right.answer !== 'yes' || right.checkedAt < verification.believedSince;
}

/** How many companies are how, of a matrix. `fine`: every kind can be read. */
export interface ReachCounts {
  companies: number;
  fine: number;
  /** Nothing can be read. */
  unreachable: number;
  /** Something can be read and something not. */
  partly: number;
  /** The rest: nothing is refused, but not everything is known. */
  unknown: number;
}

/** What a verification tells: the matrix itself is in the store, under the login. */
export interface VerificationCounts extends ReachCounts {
  /** Cells. */
  lost: number;
  gained: number;
}

export function countReach(matrix: RightsMatrix): ReachCounts {
  const counts: ReachCounts = { companies: 0, fine: 0, unreachable: 0, partly: 0, unknown: 0 };
  for (const rights of byCompany(matrix).values()) {
    counts.companies += 1;
    counts[howReached(rights)] += 1;
  }
  return counts;
}

function howReached(rights: RightsMatrix): Exclude<keyof ReachCounts, 'companies'> {
  if (rights.every(({ answer }) => answer === 'yes')) return 'fine';
  if (rights.every(({ answer }) => answer === 'no')) return 'unreachable';
  return rights.some(({ answer }) => answer === 'no') ? 'partly' : 'unknown';
}

export function byCompany<R extends { companyId: CompanyId }>(rights: readonly R[]): Map<string, R[]> {
  const companies = new Map<string, R[]>();
  for (const right of rights)
    companies.set(right.companyId, [...(companies.get(right.companyId) ?? []), right]);
  return companies;
}

const cellOf = ({ companyId, kind }: { companyId: CompanyId; kind: MasterDataKind }) =>
  `${companyId}/${kind}`;
const cellsOf = (matrix: RightsMatrix) => new Map(matrix.map((right) => [cellOf(right), right]));

function withAnswer(answer: Answer, right: Right | undefined): Right[] {
  return right?.answer === answer ? [right] : [];
}

/** Why a login is verified: on its schedule, because a round was refused something, or because somebody needs to know. */
export const verificationReasons = ['set-up', 'change', 'schedule', 'refusal', 'asked', 'stand-in'] as const;
export type VerificationReason = (typeof verificationReasons)[number];

const hour = 60 * 60_000;

/**
 * How old a yes may be to be believed (`mustAsk`). Once a day everything is asked for, a few calls per company; whoever
 * waits for an answer, or decides by it, gets one of the last minutes, and what a round was refused is asked for anyway.
 */
export const believedMs: Record<VerificationReason, number> = {
  schedule: 12 * hour,
  refusal: 24 * hour,
  'set-up': hour / 6,
  change: hour / 6,
  asked: hour / 6,
  'stand-in': 12 * hour,
};
