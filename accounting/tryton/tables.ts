import type { MasterDataKind } from '../../domain/master-data.ts';
import type { Table } from './table.ts';
import { bankAccount } from './tables/bank-account.ts';
import { costCentre } from './tables/cost-centre.ts';
import { glAccount } from './tables/gl-account.ts';
import { item } from './tables/item.ts';
import { journal } from './tables/journal.ts';
import { paymentCondition } from './tables/payment-condition.ts';
import { project } from './tables/project.ts';
import { relation } from './tables/relation.ts';
import { vatCode } from './tables/vat-code.ts';

/** Where Tryton keeps each kind. A cost unit has no counterpart in Tryton. */
export const tables: readonly Table[] = [
  glAccount,
  relation,
  bankAccount,
  vatCode,
  costCentre,
  journal,
  paymentCondition,
  item,
  project,
];

export function tableOf(kind: MasterDataKind): Table | undefined {
  return tables.find((table) => table.kind === kind);
}
