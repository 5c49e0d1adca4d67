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
  /** A bare listing is refused: "Please add a $select or a $top=1 statement to the query string." */
  wide: boolean;
}

export const kindIds = [
  'gl-account',
  'relation',
  'vat-code',
  'cost-centre',
  'cost-unit',
  'journal',
  'payment-condition',
  'item',
  'project',
] as const;
export type KindId = (typeof kindIds)[number];

/** Entity types: vendor's field description of sync/Deleted. Twins: vendor's list of sync resources. */
export const kinds: readonly Kind[] = [
  {
    id: 'gl-account',
    plain: 'financial/GLAccounts',
    sync: 'sync/Financial/GLAccounts',
    entityType: 7,
    model: 'GLAccount',
    wide: true,
  },
  {
    id: 'relation',
    plain: 'crm/Accounts',
    sync: 'sync/CRM/Accounts',
    entityType: 2,
    model: 'Account',
    wide: true,
  },
  { id: 'vat-code', plain: 'vat/VATCodes', sync: null, entityType: null, model: 'VATCode', wide: false },
  {
    id: 'cost-centre',
    plain: 'hrm/Costcenters',
    sync: null,
    entityType: null,
    model: 'Costcenter',
    wide: false,
  },
  { id: 'cost-unit', plain: 'hrm/Costunits', sync: null, entityType: null, model: 'Costunit', wide: false },
  { id: 'journal', plain: 'financial/Journals', sync: null, entityType: null, model: 'Journal', wide: false },
  {
    id: 'payment-condition',
    plain: 'cashflow/PaymentConditions',
    sync: null,
    entityType: null,
    model: 'PaymentCondition',
    wide: false,
  },
  {
    id: 'item',
    plain: 'logistics/Items',
    sync: 'sync/Logistics/Items',
    entityType: 9,
    model: 'Item',
    wide: true,
  },
  {
    id: 'project',
    plain: 'project/Projects',
    sync: 'sync/Project/Projects',
    entityType: 21,
    model: 'Project',
    wide: true,
  },
];

/** Finds a kind by its id, its resource or its sync resource, whatever the case. */
export function findKind(name: string): Kind | undefined {
  const wanted = name.toLowerCase();
  return kinds.find((kind) =>
    [kind.id, kind.plain, kind.sync].some((candidate) => candidate?.toLowerCase() === wanted),
  );
}
