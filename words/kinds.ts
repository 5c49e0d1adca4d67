import type { MasterDataKind } from '../domain/master-data.ts';

/** How a person calls each kind, plural. */
export const kindNames: Record<MasterDataKind, string> = {
  'gl-account': 'GL accounts',
  relation: 'relations',
  'bank-account': 'bank accounts',
  'vat-code': 'VAT codes',
  'cost-centre': 'cost centres',
  'cost-unit': 'cost units',
  journal: 'journals',
  'payment-condition': 'payment conditions',
  item: 'items',
  project: 'projects',
};
