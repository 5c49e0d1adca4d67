import type { Company, CompanyStatus } from './company.ts';
import type { Gate } from './gates.ts';
import { masterDataKinds, type MasterDataKind } from '../master-data.ts';
import type { CompanyId } from '../ids.ts';

/** What went wrong last time with a kind of a company, as it is kept with its position. */
export interface KindFailure {
  companyId: CompanyId;
  kind: MasterDataKind;
  error: { code: string; gate?: Gate };
}

/** Why some kinds of some companies do not come in: the same reason and the same kinds in each of them. */
export interface Obstacle {
  why:
    | { about: 'company'; status: Exclude<CompanyStatus, 'reachable'>; gate: Gate | null }
    | { about: 'gate'; gate: Gate }
    | { about: 'limit' }
    | { about: 'reply' }
    | { about: 'other' };
  companies: Company[];
  /** None: the companies as a whole. */
  kinds: MasterDataKind[];
}

/** Everything that is not to be had of these companies, grouped, what concerns most companies first. */
export function findObstacles(companies: readonly Company[], failures: readonly KindFailure[]): Obstacle[] {
  const found = companies.flatMap((company) =>
    obstaclesOf(
      company,
      failures.filter(({ companyId }) => companyId === company.externalId),
    ),
  );
  const groups = new Map<string, Obstacle>();
  for (const one of found) {
    const key = JSON.stringify([one.why, one.kinds]);
    const group = groups.get(key);
    groups.set(key, group ? { ...group, companies: [...group.companies, ...one.companies] } : one);
  }
  return [...groups.values()].toSorted((one, other) => other.companies.length - one.companies.length);
}

function obstaclesOf(company: Company, failures: readonly KindFailure[]): Obstacle[] {
  const companies = [company];
  const asked = failures.find(({ error }) => error.code.startsWith('company: '));
  const status = company.status === 'reachable' ? statusIn(asked) : company.status;
  if (status !== 'reachable') {
    // What the last refusal said of the gate counts as long as it is about the same.
    const gate = asked && statusIn(asked) === status ? (asked.error.gate ?? null) : null;
    return [{ why: { about: 'company', status, gate }, companies, kinds: [] }];
  }
  const kindsOf = new Map<string, Obstacle>();
  for (const { kind, error } of failures) {
    const why = reasonOf(error);
    const key = JSON.stringify(why);
    const kinds = [...(kindsOf.get(key)?.kinds ?? []), kind];
    kindsOf.set(key, { why, companies, kinds: masterDataKinds.filter((one) => kinds.includes(one)) });
  }
  return [...kindsOf.values()];
}

/** The status a refusal of the whole company stands for. */
function statusIn(failure: KindFailure | undefined): CompanyStatus {
  return failure ? (failure.error.code.slice('company: '.length) as CompanyStatus) : 'reachable';
}

function reasonOf({ code, gate }: KindFailure['error']): Obstacle['why'] {
  if (gate) return { about: 'gate', gate };
  if (code.startsWith('right')) return { about: 'gate', gate: 'user-right' };
  if (code.startsWith('delay')) return { about: 'limit' };
  return { about: code === 'reply' ? 'reply' : 'other' };
}
