import type { Fields, TrytonDesk } from './administrator.ts';
import { day, decimal } from './administrator.ts';
import * as office from './office.ts';

/** Fills an empty database with the books of the demo office, by the calls a Tryton client makes. */
export async function fillBooks(desk: TrytonDesk): Promise<void> {
  const companies = await createCompanies(desk);
  const groups = await idsByCode(desk, 'account.tax.group', office.taxGroups);
  for (const { code, costCentres, projects } of office.companies) {
    const company = companies.get(code) ?? 0;
    await createChart(desk, company);
    await createTaxes(desk, company, groups);
    await createYears(desk, company);
    await createCostCentres(desk, company, costCentres);
    const works = projects.map((name) => ({ company, name, type: 'project' }));
    await desk.create('project.work', works, { company });
  }
  await createRelations(desk);
  await createShared(desk, companies.get('101') ?? 0);
  await createUsers(desk, companies);
}

async function createCompanies(desk: TrytonDesk): Promise<Map<string, number>> {
  const euro = {
    name: 'Euro',
    code: 'EUR',
    numeric_code: '978',
    symbol: '€',
    digits: 2,
    rounding: decimal('0.01'),
  };
  const [currency] = await desk.create('currency.currency', [euro]);
  const { companies } = office;
  const parties = await desk.create(
    'party.party',
    companies.map(({ code, name }) => ({ code, name })),
  );
  const ids = await desk.create(
    'company.company',
    parties.map((party) => ({ party, currency })),
  );
  const [administrator] = await desk.find('res.user', [['login', '=', office.administrator.login]]);
  const reach = { companies: [['add', ids]], company: ids[0], company_filter: 'all' };
  await desk.write('res.user', [administrator ?? 0], reach);
  return new Map(companies.map(({ code }, index) => [code, ids[index] ?? 0]));
}

/** The wizard "Create Chart of Accounts from Template" with the universal chart that comes with Tryton. */
async function createChart(desk: TrytonDesk, company: number): Promise<void> {
  const context = { company };
  const template = await desk.only('account.account.template', [['parent', '=', null]]);
  const [wizard] = (await desk.call('wizard.account.create_chart.create', [], context)) as [number];
  const account = { company, account_template: template };
  const step = (data: Fields, name: string) =>
    desk.call('wizard.account.create_chart.execute', [wizard, data, name], context);
  await step({ account }, 'create_account');
  const properties = {
    company,
    account_receivable: await accountOf(desk, company, '1.2.1'),
    account_payable: await accountOf(desk, company, '2.1.1'),
  };
  await step({ account, properties }, 'create_properties');
  await desk.call('wizard.account.create_chart.delete', [wizard], context);
}

async function createTaxes(desk: TrytonDesk, company: number, groups: Map<string, number>): Promise<void> {
  const account = await accountOf(desk, company, '2.2.3');
  const records = office.taxes.map(({ name, description, rate, group }) => ({
    company,
    name,
    description,
    group: groups.get(group),
    invoice_account: account,
    credit_note_account: account,
    ...(rate === null ? { type: 'none' } : { type: 'percentage', rate: decimal(rate) }),
  }));
  await desk.create('account.tax', records, { company });
}

/** Years to book in, each with its months and the numbers of its invoices; an invoice without a number cannot be posted. */
async function createYears(desk: TrytonDesk, company: number): Promise<void> {
  const context = { company };
  const sequence = async (name: string, type: string, prefix: string) => {
    const record = {
      name,
      company,
      prefix,
      sequence_type: await idOf(desk, `sequence_type_account_${type}`),
    };
    return (await desk.create('ir.sequence.strict', [record], context))[0];
  };
  for (const year of office.years) {
    const invoices = await sequence(`Facturen ${year}`, 'invoice', `${year}-`);
    const numbers = Object.fromEntries(
      ['in_invoice', 'in_credit_note', 'out_invoice', 'out_credit_note'].map((kind) => [
        `${kind}_sequence`,
        invoices,
      ]),
    );
    const record = {
      company,
      name: String(year),
      start_date: day(year, 1, 1),
      end_date: day(year, 12, 31),
      move_sequence: await sequence(`Boekingen ${year}`, 'move', ''),
      invoice_sequences: [['create', [{ company, ...numbers }]]],
    };
    const made = await desk.create('account.fiscalyear', [record], context);
    await desk.call('model.account.fiscalyear.create_period', [made], context);
  }
}

async function createCostCentres(desk: TrytonDesk, company: number, names: readonly string[]): Promise<void> {
  const model = 'analytic_account.account';
  const [root] = await desk.create(model, [{ company, name: 'Kostenplaatsen', type: 'root' }], { company });
  const records = names.map((name, index) => ({
    company,
    name,
    code: String(10 * (index + 1)).padStart(3, '0'),
    type: 'normal',
    root,
    parent: root,
    state: 'opened',
  }));
  await desk.create(model, records, { company });
}

async function createRelations(desk: TrytonDesk): Promise<void> {
  const [netherlands] = await desk.create('country.country', office.countries);
  const records = office.relations.map(({ code, name, city, vat }) => ({
    code,
    name,
    addresses: [['create', [{ city, country: netherlands }]]],
    contact_mechanisms: [['create', [{ type: 'email', value: `administratie@${code}.example` }]]],
    ...(vat && { identifiers: [['create', [{ type: 'eu_vat', code: vat }]]] }),
  }));
  const parties = await desk.create('party.party', records);
  const accounts = office.relations.map(({ code }, index) => ({
    owners: [['add', [parties[index]]]],
    numbers: [['create', [{ type: 'iban', number: office.bankAccounts[code] }]]],
  }));
  await desk.create('bank.account', accounts);
}

/** What all companies share: journals, payment terms, and products with the prices of one company. */
async function createShared(desk: TrytonDesk, company: number): Promise<void> {
  await desk.create('account.journal', office.journals);
  const terms = office.paymentTerms.map(({ name, days }) => ({
    name,
    lines: [['create', [{ type: 'remainder', relativedeltas: [['create', [{ days }]]] }]]],
  }));
  await desk.create('account.invoice.payment_term', terms);
  const units = new Map<string, number>();
  for (const { unit } of office.products) {
    if (!units.has(unit)) units.set(unit, await desk.only('product.uom', [['symbol', '=', unit]]));
  }
  const templates = office.products.map(({ code, name, unit, type, price }) => ({
    name,
    code,
    type,
    default_uom: units.get(unit),
    list_price: decimal(price),
    products: [['create', [{}]]],
  }));
  await desk.create('product.template', templates, { company });
}

async function createUsers(desk: TrytonDesk, companies: Map<string, number>): Promise<void> {
  const accounting = await desk.only('res.group', [['name', '=', 'Accounting']]);
  const records = office.users.map(({ login, name, password, companies: codes }) => {
    const reach = codes.map((code) => companies.get(code));
    return {
      login,
      name,
      password,
      groups: [['add', [accounting]]],
      companies: [['add', reach]],
      company: reach[0],
      company_filter: 'all',
    };
  });
  await desk.create('res.user', records);
}

function accountOf(desk: TrytonDesk, company: number, code: string): Promise<number> {
  return desk.only('account.account', [
    ['company', '=', company],
    ['code', '=', code],
  ]);
}

/** A record that Tryton brings itself. */
async function idOf(desk: TrytonDesk, name: string): Promise<unknown> {
  const module = name.endsWith('_invoice') ? 'account_invoice' : 'account';
  return desk.call('model.ir.model.data.get_id', [module, name]);
}

async function idsByCode(desk: TrytonDesk, model: string, records: readonly { code: string }[]) {
  const ids = await desk.create(model, [...records]);
  return new Map(records.map(({ code }, index) => [code, ids[index] ?? 0]));
}
