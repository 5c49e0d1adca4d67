import type { BarredCompanies } from '../announcements/rights.ts';
import { byCode } from '../connections/company.ts';
import { masterDataKinds, type MasterDataKind } from '../master-data.ts';
import { byCompany, type Barrier, type Right, type RightsMatrix } from './verification.ts';
import type { CompanyId } from '../ids.ts';

/** Companies that the same thing keeps closed: `kind` null is everything in them. */
export interface BarredGroup {
  barrier: Barrier;
  kind: MasterDataKind | null;
  companyIds: CompanyId[];
}

/**
 * Cells that cannot be read, as people mend them: one screen, one sentence. A company of which nothing can be read is one
 * thing, not nine.
 */
export function groupBarred(
  cells: readonly Pick<Right, 'companyId' | 'kind' | 'barrier'>[],
  matrix: RightsMatrix,
): BarredGroup[] {
  const kindsIn = byCompany(matrix);
  const groups = new Map<string, BarredGroup>();
  const add = (companyId: CompanyId, kind: MasterDataKind | null, barrier: Barrier | null) => {
    const known = barrier ?? 'user-right';
    const key = `${known}/${kind ?? 'everything'}`;
    const group = groups.get(key) ?? { barrier: known, kind, companyIds: [] };
    groups.set(key, { ...group, companyIds: [...group.companyIds, companyId] });
  };
  for (const [companyId, closed] of byCompany(cells)) {
    const [first] = closed;
    const isAll = closed.length === kindsIn.get(companyId)?.length && closed.length > 1;
    if (first && isAll && closed.every(({ barrier }) => barrier === first.barrier))
      add(companyId, null, first.barrier);
    else for (const { kind, barrier } of closed) add(companyId, kind, barrier);
  }
  return [...groups.values()];
}

const none = { code: null };

/** The same by what people call the companies; of those that are given. */
export function named(
  companies: readonly { externalId: string; code: string; name: string }[],
  groups: readonly BarredGroup[],
): BarredCompanies[] {
  const order = (kind: BarredCompanies['kind']) => (kind === null ? -1 : masterDataKinds.indexOf(kind));
  return groups
    .map(({ barrier, kind, companyIds }) => ({
      barrier,
      kind,
      companies: companies
        .filter(({ externalId }) => companyIds.includes(externalId))
        .map(({ code, name }) => ({ code, name })),
    }))
    .toSorted(
      (a, b) => order(a.kind) - order(b.kind) || byCode(a.companies[0] ?? none, b.companies[0] ?? none),
    );
}
