import type { MasterDataKind } from '../../domain/master-data.ts';
import type { Screens } from '../../domain/screens.ts';

/**
 * Exact Online's screens: "Troubleshooting errors for syncing invoices" of Zapfloor (company access, companies of an app)
 * and "Rechten in Exact Online" of Barcode Scan (rights), two pages for users of apps; second-hand. Under which heading
 * a right stands on the screen Rights is inferred from the heading of the endpoint in the vendor's reference, and that the
 * status of a user stands on the screen of the user as well.
 */
export const exactOnlineScreens: Screens = {
  gates: {
    'company-access':
      'Company name > Master data > Users > Overview, choose the user, then Companies: Access rights',
    'app-companies':
      "User name > My Exact Online > Security Centre > My app's permissions > Permitted companies > Manage companies",
    'user-right': (kinds, listed) =>
      `Company name > Master data > Users > Overview, choose the user, then Rights > ${listed(kinds.map((kind) => exactHeadings[kind]))}`,
    'app-scope': (kinds, listed) =>
      `the app in the Exact Online App Centre, Data scope, at least Read on ${listed(kinds.map((kind) => `"${exactScopes[kind]}"`))}`,
  },
  causes: {
    'consent-withdrawn': "User name > My Exact Online > Security Centre > My app's permissions",
    'consent-expired': "User name > My Exact Online > Security Centre > My app's permissions",
    'user-blocked': 'Company name > Master data > Users > Overview, choose the user, then its status',
    'user-inactive': 'Company name > Master data > Users > Overview, choose the user, then its status',
    'no-company-access':
      'Company name > Master data > Users > Overview, choose the user, then Companies: Access rights',
  },
  // There is no endpoint for it (docs/exact-online.md).
  revoke: 'My Exact Online > Security centre > Permissions > Revoke',
};

const exactHeadings: Record<MasterDataKind, string> = {
  'gl-account': 'Financial (general ledger)',
  relation: 'General (relations)',
  'bank-account': 'General (relations)',
  'vat-code': 'Financial (VAT)',
  'cost-centre': 'Financial (cost centres)',
  'cost-unit': 'Financial (cost units)',
  journal: 'Financial (journals)',
  'payment-condition': 'Financial (payment conditions)',
  item: 'Stock (items)',
  project: 'Projects',
};

/** The scope of each endpoint (DannyvdSluijs/ExactOnlineRestApiReference). */
const exactScopes: Record<MasterDataKind, string> = {
  'gl-account': 'Financial: General ledgers',
  relation: 'CRM: Accounts',
  'bank-account': 'CRM: Accounts',
  'vat-code': 'Financial: Accounting',
  'cost-centre': 'Financial: Cost centers',
  'cost-unit': 'Financial: Cost centers',
  journal: 'Financial: General ledgers',
  'payment-condition': 'Financial: Cash flow',
  item: 'Logistics: Items',
  project: 'Projects: Projects',
};
