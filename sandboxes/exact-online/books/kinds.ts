import type { Scope } from '../scopes.ts';

/**
 * What the books hold. `plain` is the REST resource (pages of 60, no deletions to be seen), `sync` its twin with a
 * row version where the vendor has one (pages of 1,000), `entityType` its number in sync/Deleted.
 */
export interface Kind {
  id: KindId;
  plain: string;
  sync: string | null;
  entityType: number | null;
  model: string;
  /** The data scope that an app needs for it (field `scope` of the vendor's reference). */
  scope: Scope;
  /** Its bulk resource (pages of 1,000, `$select` demanded) and the fields that may be filtered there. */
  bulk: { resource: string; filters: readonly string[] } | null;
  /** Fields that the sync twin does not have. */
  notInSync: readonly string[];
  /** What a webhook calls it, where there is one. */
  topic: string | null;
  /** A bare listing is refused: "Please add a $select or a $top=1 statement to the query string." */
  wide: boolean;
}

export const kindIds = [
  'gl-account',
  'relation',
  'bank-account',
  'vat-code',
  'cost-centre',
  'cost-unit',
  'journal',
  'payment-condition',
  'item',
  'project',
] as const;
export type KindId = (typeof kindIds)[number];

const none = { sync: null, entityType: null, bulk: null, notInSync: [], topic: null, wide: false };
/** Second-hand (PI, picqer pull 468): the vendor lists these for bulk GL accounts, and "…" for the other two. */
const bulkFilters = ['ID', 'Code', 'Created', 'Modified', 'SearchCode'];

/**
 * Entity types: vendor's field description of sync/Deleted. Twins and bulk resources: vendor's lists. Scopes: vendor's
 * reference (DannyvdSluijs/ExactOnlineRestApiReference). Topics: picqer, pionect.nl; the one of GL accounts stands
 * only in the text of the reference.
 */
export const kinds: readonly Kind[] = [
  {
    id: 'gl-account',
    plain: 'financial/GLAccounts',
    sync: 'sync/Financial/GLAccounts',
    bulk: { resource: 'bulk/Financial/GLAccounts', filters: [...bulkFilters, 'Type'] },
    entityType: 7,
    model: 'GLAccount',
    scope: 'financial.generalledgers',
    notInSync: [],
    topic: 'GLAccounts',
    wide: true,
  },
  {
    id: 'relation',
    plain: 'crm/Accounts',
    sync: 'sync/CRM/Accounts',
    bulk: { resource: 'bulk/CRM/Accounts', filters: [...bulkFilters, 'Name'] },
    entityType: 2,
    model: 'Account',
    scope: 'crm.accounts',
    notInSync: [],
    topic: 'Accounts',
    wide: true,
  },
  {
    ...none,
    id: 'bank-account',
    plain: 'crm/BankAccounts',
    model: 'BankAccount',
    scope: 'crm.accounts',
    topic: 'BankAccounts',
  },
  { ...none, id: 'vat-code', plain: 'vat/VATCodes', model: 'VATCode', scope: 'financial.accounting' },
  {
    ...none,
    id: 'cost-centre',
    plain: 'hrm/Costcenters',
    model: 'Costcenter',
    scope: 'financial.costcenters',
  },
  { ...none, id: 'cost-unit', plain: 'hrm/Costunits', model: 'Costunit', scope: 'financial.costcenters' },
  {
    ...none,
    id: 'journal',
    plain: 'financial/Journals',
    model: 'Journal',
    scope: 'financial.generalledgers',
  },
  {
    ...none,
    id: 'payment-condition',
    plain: 'cashflow/PaymentConditions',
    model: 'PaymentCondition',
    scope: 'financial.cashflow',
  },
  {
    id: 'item',
    plain: 'logistics/Items',
    sync: 'sync/Logistics/Items',
    bulk: { resource: 'bulk/Logistics/Items', filters: bulkFilters },
    entityType: 9,
    model: 'Item',
    scope: 'logistics.items',
    notInSync: ['StandardSalesPrice'],
    topic: 'Items',
    wide: true,
  },
  {
    id: 'project',
    plain: 'project/Projects',
    sync: 'sync/Project/Projects',
    bulk: null,
    notInSync: [],
    entityType: 21,
    model: 'Project',
    scope: 'projects.projects',
    topic: null,
    wide: true,
  },
];

/** Finds a kind by its id or one of its resources, whatever the case. */
export function findKind(name: string): Kind | undefined {
  const wanted = name.toLowerCase();
  return kinds.find((kind) =>
    [kind.id, kind.plain, kind.sync, kind.bulk?.resource].some(
      (candidate) => candidate?.toLowerCase() === wanted,
    ),
  );
}
