import type { Barrier, KindFinding } from '../domain/verification/verification.ts';
import type { MasterDataKind } from '../domain/master-data.ts';
import { AccountingFailure } from './failure.ts';
import type { AccountingSession, RightsRequest } from './port.ts';

/**
 * May this login read these kinds in this company, and what says so? The package's own right check where it has one; where
 * it has none, or leaves a kind open, the first page is read: a row is a yes, a refusal a no, and an empty page neither.
 *
 * `doubted`: kinds that were refused although the right check says yes (a module that the licence lacks); there a yes has
 * to be a row that was read.
 *
 * @throws AccountingFailure what concerns the company as a whole, the login or the package; never `right`
 */
export async function findRights(
  session: AccountingSession,
  request: RightsRequest & { doubted?: readonly MasterDataKind[] },
): Promise<KindFinding[]> {
  const { kinds, doubted = [] } = request;
  const told = new Map((await session.rights?.(request))?.map((finding) => [finding.kind, finding]));
  const findings: KindFinding[] = [];
  for (const kind of kinds) {
    const finding = told.get(kind);
    const mustProbe = finding === undefined || (finding.evidence === 'right-check' && doubted.includes(kind));
    const seen = mustProbe && finding?.answer !== 'no' ? await probe(session, request, kind) : null;
    // A right that the package confirms is not doubted because there is nothing to read.
    findings.push(seen && (seen.answer !== 'unknown' || !finding) ? seen : (finding ?? unheard(kind)));
  }
  return findings;
}

async function probe(
  session: AccountingSession,
  { company, signal }: RightsRequest,
  kind: MasterDataKind,
): Promise<KindFinding> {
  try {
    for await (const { rows } of session.read({ company, kind, checkpoint: null, signal }))
      return rows.length > 0
        ? { kind, answer: 'yes', evidence: 'row', barrier: null }
        : { kind, answer: 'unknown', evidence: 'empty', barrier: null };
    return { kind, answer: 'unknown', evidence: 'empty', barrier: null };
  } catch (error) {
    return findingOf(kind, error);
  }
}

/**
 * What a failed question says of one kind.
 * @throws whatever says nothing of it
 */
export function findingOf(kind: MasterDataKind, error: unknown): KindFinding {
  if (!(error instanceof AccountingFailure)) throw error;
  const { meaning } = error;
  if (meaning.about === 'right')
    return { kind, answer: 'no', evidence: 'refusal', barrier: meaning.gate ?? 'user-right' };
  if (meaning.about === 'reply' || (meaning.about === 'delay' && meaning.within === 'endpoint'))
    return unheard(kind);
  throw error;
}

/** What stands before a company that the package refuses as a whole; null when the failure is about something else. */
export function barrierOf(error: unknown): Barrier | null {
  if (!(error instanceof AccountingFailure) || error.meaning.about !== 'company') return null;
  const { status, gate } = error.meaning;
  return gate ?? (status === 'no-access' ? 'company-access' : status);
}

export function unheard(kind: MasterDataKind): KindFinding {
  return { kind, answer: 'unknown', evidence: 'no-answer', barrier: null };
}
