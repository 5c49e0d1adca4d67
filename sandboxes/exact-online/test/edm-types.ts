/**
 * What the vendor's reference says of every field that the sandbox serves (Pi-Systems/exact-online, generated from it in
 * 2025; SyncTimestamp: picqer/exact-php-client), and what each type is in OData 2 JSON.
 */

/** OData 2, "JSON format", section 4: numbers that fit a double without loss are JSON numbers, an Edm.Int64 is text. */
const jsonOf = {
  'Edm.Boolean': (value: unknown) => typeof value === 'boolean',
  'Edm.Byte': isWhole,
  'Edm.Int16': isWhole,
  'Edm.Int32': isWhole,
  'Edm.Int64': (value: unknown) => typeof value === 'string' && /^-?\d+$/.test(value),
  'Edm.Double': (value: unknown) => typeof value === 'number',
  'Edm.String': (value: unknown) => typeof value === 'string',
  'Edm.Guid': (value: unknown) =>
    typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  'Edm.DateTime': (value: unknown) => typeof value === 'string' && /^\/Date\(-?\d+\)\/$/.test(value),
};
export type EdmType = keyof typeof jsonOf;

function isWhole(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value);
}

/** Whether a value is written as its type is; null is of every type. */
export function isWritten(type: EdmType, value: unknown): boolean {
  return value === null || jsonOf[type](value);
}

type Fields = Partial<Record<EdmType, string>>;

const written: Fields = {
  'Edm.Guid': 'ID Creator Modifier',
  'Edm.DateTime': 'Created Modified',
  'Edm.Int32': 'Division',
};
const version: Fields = { 'Edm.Int64': 'Timestamp' };
const account: Fields = {
  'Edm.String':
    'Code Name SearchCode Status Type VATNumber ChamberOfCommerce Email Phone AddressLine1 Postcode City Country ' +
    'Language PaymentConditionPurchase PaymentConditionSales PurchaseVATCode',
  'Edm.Boolean': 'IsSales IsSupplier Blocked',
  'Edm.DateTime': 'StartDate EndDate',
};
const glAccount: Fields = {
  'Edm.String':
    'Code Description SearchCode TypeDescription BalanceSide BalanceType Costcenter Costunit VATCode ReportingCode',
  'Edm.Int32': 'Type',
  'Edm.Boolean': 'IsBlocked Compress Matching',
  'Edm.Byte': 'UseCostcenter UseCostunit',
};
const item: Fields = {
  'Edm.Guid': 'ItemGroup',
  'Edm.String': 'Code Description Unit SalesVatCode Barcode',
  'Edm.Boolean': 'IsSalesItem IsPurchaseItem IsStockItem',
  'Edm.DateTime': 'StartDate EndDate',
};
/** Not in the sync twin. */
const price: Fields = { 'Edm.Double': 'StandardSalesPrice' };
const project: Fields = {
  'Edm.Guid': 'Account Manager',
  'Edm.String': 'Code Description TypeDescription',
  'Edm.Int32': 'Type',
  'Edm.DateTime': 'StartDate EndDate',
};
const numbered: Fields = { 'Edm.String': 'Code Description', 'Edm.DateTime': 'EndDate' };
const division: Fields = {
  'Edm.Int32': 'Code Status BlockingStatus',
  'Edm.Int64': 'Hid',
  'Edm.String':
    'Description CustomerCode CustomerName Country City Currency Legislation VATNumber ChamberOfCommerceNumber',
  'Edm.Guid': 'Customer',
  'Edm.Boolean': 'Current IsMainDivision IsDossierDivision IsPracticeDivision',
  'Edm.DateTime': 'ArchiveDate DivisionMoveDate StartDate Created Modified',
};

/** The type of each field, by resource. */
export const edmTypes: Record<string, Record<string, EdmType>> = {
  'current/Me': typed({
    'Edm.Guid': 'UserID DivisionCustomer',
    'Edm.String':
      'UserName FullName FirstName MiddleName LastName Email CustomerCode DivisionCustomerCode DivisionCustomerName ' +
      'DivisionCustomerVatNumber Language LanguageCode ServerTime',
    'Edm.Int32': 'CurrentDivision AccountingDivision DossierDivision',
    'Edm.Int64': 'Legislation',
    'Edm.Boolean': 'IsClientUser IsEmployeeSelfServiceUser IsMyFirmLiteUser IsMyFirmPortalUser IsStarterUser',
    'Edm.Double': 'ServerUtcOffset',
  }),
  'system/Divisions': typed(division),
  'system/AllDivisions': typed(division),
  'hrm/Divisions': typed({
    'Edm.Int32': 'Code BlockingStatus',
    'Edm.Int16': 'Status',
    'Edm.Int64': 'HID',
    'Edm.String': 'Description Country Currency VATNumber',
    'Edm.Boolean': 'Main',
  }),
  'financial/GLAccounts': typed(written, glAccount),
  'sync/Financial/GLAccounts': typed(written, glAccount, version),
  'bulk/Financial/GLAccounts': typed(written, glAccount),
  'crm/Accounts': typed(written, account),
  'sync/CRM/Accounts': typed(written, account, version),
  'bulk/CRM/Accounts': typed(written, account),
  'crm/BankAccounts': typed(written, {
    'Edm.Guid': 'Account Bank',
    'Edm.String':
      'AccountName BankAccount BankAccountHolderName BankDescription BankName BICCode Description Format IBAN Type TypeDescription',
    'Edm.Boolean': 'Blocked Main',
    'Edm.Int32': 'PaymentServiceAccount',
  }),
  'logistics/Items': typed(written, item, price),
  'sync/Logistics/Items': typed(written, item, version),
  'bulk/Logistics/Items': typed(written, item, price),
  'project/Projects': typed(written, project),
  'sync/Project/Projects': typed(written, project, version),
  'vat/VATCodes': typed(written, {
    'Edm.Guid': 'GLToPay GLToClaim',
    'Edm.String': 'Code Description Type VATTransactionType Country',
    'Edm.Double': 'Percentage',
    'Edm.Boolean': 'Charged IsBlocked',
  }),
  'hrm/Costcenters': typed(written, numbered, { 'Edm.Boolean': 'Active' }),
  'hrm/Costunits': typed(written, numbered),
  'financial/Journals': typed(written, {
    'Edm.Guid': 'GLAccount',
    'Edm.String': 'Code Description Currency BankAccountIBAN',
    'Edm.Int32': 'Type',
    'Edm.Boolean': 'IsBlocked AllowVAT',
  }),
  'cashflow/PaymentConditions': typed(written, {
    'Edm.String': 'Code Description PaymentMethod VATCalculation',
    'Edm.Int32': 'PaymentDays PaymentEndOfMonths DiscountPaymentDays',
    'Edm.Double': 'DiscountPercentage Percentage',
  }),
  'sync/Deleted': typed(version, {
    'Edm.Guid': 'ID EntityKey DeletedBy',
    'Edm.Int32': 'EntityType Division',
    'Edm.DateTime': 'DeletedDate',
  }),
  'read/sync/Sync/SyncTimestamp': typed({
    'Edm.DateTime': 'Modified',
    'Edm.String': 'API',
    'Edm.Int64': 'TimeStampAsBigInt',
  }),
  'purchaseentry/PurchaseEntries': typed({
    'Edm.Guid': 'EntryID Supplier Creator',
    'Edm.String': 'Journal YourRef Description Currency StatusDescription',
    'Edm.Int16': 'Status',
    'Edm.Int32': 'EntryNumber Division Type',
    'Edm.Double': 'AmountFC VATAmountFC',
    'Edm.DateTime': 'EntryDate DueDate Created',
  }),
  'webhooks/WebhookSubscriptions': typed({
    'Edm.Guid': 'ID',
    // ClientID is an Edm.Guid there; the app of the sandbox has a name in its place.
    'Edm.String': 'CallbackURL ClientID Topic',
    'Edm.Int32': 'Division',
    'Edm.DateTime': 'Created',
  }),
};

function typed(...parts: Fields[]): Record<string, EdmType> {
  return Object.fromEntries(
    parts.flatMap((part) =>
      Object.entries(part).flatMap(([type, names]) =>
        names.split(' ').map((name) => [name, type as EdmType]),
      ),
    ),
  );
}
