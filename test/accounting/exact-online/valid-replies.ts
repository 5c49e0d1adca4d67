import { guidFrom, type Random } from '@syncuser/exact-online-sandbox';

/** What Exact Online could answer: just the fields that were asked for, of the right types. */
export function validReply(random: Random, url: URL): unknown {
  const path = url.pathname.toLowerCase();
  if (path.endsWith('/oauth2/token')) {
    const [access_token, refresh_token] = ['access', 'refresh'].map((name) => name + random.digits(20));
    return { access_token, token_type: 'bearer', expires_in: '600', refresh_token };
  }
  if (path.endsWith('/userhasrights')) return { d: { UserHasRights: random.chance(0.7) } };
  const fields = (url.searchParams.get('$select') ?? 'ID').split(',');
  const rows = Array.from({ length: random.between(0, 4) + (path.endsWith('/me') ? 1 : 0) }, () =>
    Object.fromEntries(fields.map((field) => [field, valueOf(random, field, path)])),
  );
  return random.chance(0.2) ? { d: rows } : { d: { results: rows } };
}

const guids = ['ID', 'UserID', 'EntityKey', 'Account', 'DivisionCustomer'];
const flags = ['Main', 'IsBlocked', 'Blocked', 'IsSupplier', 'IsSalesItem', 'IsPurchaseItem'];
const dates = ['Modified', 'StartDate', 'EndDate', 'DivisionMoveDate'];
const numbers = [
  'Type',
  'Status',
  'BlockingStatus',
  'PaymentDays',
  'PaymentEndOfMonths',
  'EntityType',
  'Hid',
];
const divisions = ['CurrentDivision', 'AccountingDivision'];

function valueOf(random: Random, field: string, path: string): unknown {
  // A letter there, and a number everywhere else.
  if (field === 'Type' && path.endsWith('/bankaccounts')) return random.pick(['A', 'R', 'X', null]);
  if (guids.includes(field)) return guidFrom(random.digits(12));
  if (flags.includes(field)) return random.chance(0.5);
  if (dates.includes(field))
    return random.chance(0.3) ? null : `/Date(${random.between(0, 1_900_000)}${random.digits(6)})/`;
  if (divisions.includes(field)) return random.between(1, 9);
  if (field === 'Timestamp') return random.chance(0.5) ? random.between(1, 1e9) : random.digits(12);
  if (numbers.includes(field)) return random.between(0, 90);
  if (/Percentage$/.test(field)) return random.between(0, 100) / 100;
  if (field === 'Code') return random.chance(0.5) ? random.between(1, 9) : random.digits(4).padStart(18);
  return random.pick(['Crediteuren', 'Eetcafé', 'B', 'D', 'S', '', '   ', null, 'Ω漢字 🧾']);
}
