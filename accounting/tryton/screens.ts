import type { MasterDataKind } from '../../domain/master-data.ts';
import type { Screens } from '../../domain/screens.ts';

/** Tryton 8.0, as its client names them. */
export const trytonScreens: Screens = {
  gates: {
    'company-access': 'Administration > Users > Users, the field Companies, and Company Filter on "All"',
    'user-right': (kinds, listed) =>
      `Administration > Models > Models Access, ${listed(kinds.flatMap((kind) => trytonModels[kind]))}, and the groups of the user`,
    module: 'Administration > Modules',
  },
  causes: {
    'user-inactive': 'Administration > Users > Users, the field Active of the user',
    'credentials-refused': 'Administration > Users > Users, the password of the user',
    'no-company-access': 'Administration > Users > Users, the field Companies of the user',
  },
};

/** A list needs more models than its own: those that its records lead to. */
const trytonModels: Record<MasterDataKind, readonly string[]> = {
  'gl-account': ['account.account', 'account.account.type', 'account.tax'],
  relation: [
    'party.party',
    'party.address',
    'party.identifier',
    'party.contact_mechanism',
    'country.country',
  ],
  'bank-account': ['bank.account', 'bank.account.number', 'party.party'],
  'vat-code': ['account.tax', 'account.tax.group'],
  'cost-centre': ['analytic_account.account'],
  'cost-unit': [],
  journal: ['account.journal'],
  'payment-condition': [
    'account.invoice.payment_term',
    'account.invoice.payment_term.line',
    'account.invoice.payment_term.line.delta',
  ],
  item: ['product.product', 'product.template', 'product.uom'],
  project: ['project.work', 'project.work.status'],
};
