import type { Fields } from '../books/book-fields.ts';
import type { Books, CompanyBook } from '../books/books.ts';
import { customer } from '../books/names.ts';
import type { Person } from '../login/people.ts';
import { guidFrom } from '../books/random.ts';
import type { CompanyState } from '../state-schema.ts';
import type { StateStore } from '../state.ts';

/** A company as it is at this moment: the generated books with what the switches changed. */
export type Company = CompanyBook & Omit<CompanyState, 'code' | 'name'>;

export interface Divisions {
  /** Every company of the licence that is not deleted. */
  all(): Company[];
  find(division: number): Company | undefined;
  reachedBy(person: Person): Company[];
}

export function createDivisions({
  books,
  store,
}: {
  books: Pick<Books, 'companies'>;
  store: StateStore;
}): Divisions {
  const all = () =>
    books.companies
      .map((book): Company => ({ ...book, ...store.state.companies[String(book.division)] }))
      .filter((company) => !company.deleted);
  return {
    all,
    find: (division) => all().find((company) => company.division === division),
    reachedBy: (person) => all().filter((company) => person.divisions.includes(company.division)),
  };
}

const customerId = guidFrom('customer');

/** Fields of `current/Me`; the current division is the one the person last worked in, so no rule hangs on it. */
export function meFields(person: Person, companies: readonly Company[], now: number): Fields {
  const current = companies.find((company) => person.divisions.includes(company.division)) ?? companies[0];
  const [firstName = '', ...lastName] = person.fullName.split(' ');
  return {
    UserID: person.userId,
    UserName: person.userName,
    FullName: person.fullName,
    FirstName: firstName,
    MiddleName: null,
    LastName: lastName.join(' '),
    Email: person.email,
    CurrentDivision: current?.division ?? null,
    AccountingDivision: current?.division ?? null,
    DossierDivision: null,
    CustomerCode: customer.code,
    DivisionCustomer: customerId,
    DivisionCustomerCode: customer.code.padStart(18),
    DivisionCustomerName: customer.name,
    DivisionCustomerVatNumber: customer.vatNumber,
    Language: 'NL',
    LanguageCode: person.languageCode,
    Legislation: current?.country === 'BE' ? 2 : 1,
    IsClientUser: false,
    IsEmployeeSelfServiceUser: false,
    IsMyFirmLiteUser: false,
    IsMyFirmPortalUser: false,
    IsStarterUser: false,
    ServerTime: new Date(now).toISOString().slice(0, 19),
    ServerUtcOffset: 0,
  };
}

/** Fields of `system/Divisions` and `system/AllDivisions`. `Hid` is the code people see; `Code` never changes. */
export function divisionFields(company: Company, main: boolean): Fields {
  return {
    Code: company.division,
    Hid: company.code,
    Description: company.name,
    Customer: customerId,
    CustomerCode: customer.code.padStart(18),
    CustomerName: customer.name,
    Current: main,
    IsMainDivision: main,
    IsDossierDivision: false,
    IsPracticeDivision: false,
    Status: company.archived ? 2 : 1,
    BlockingStatus: company.blocked ? 1 : 0,
    ArchiveDate: null,
    DivisionMoveDate: company.movedAt === undefined ? null : new Date(company.movedAt),
    StartDate: new Date(Date.UTC(2018, 0, 1)),
    Country: company.country.padEnd(3),
    City: company.city,
    Currency: 'EUR',
    // Edm.String here, Edm.Int64 in `current/Me`.
    Legislation: company.country === 'BE' ? '2' : '1',
    VATNumber: company.vatNumber,
    ChamberOfCommerceNumber: company.chamberOfCommerce,
    Created: new Date(Date.UTC(2018, 0, 1)),
    Modified: new Date(Date.UTC(2025, 0, 15)),
  };
}

/** `hrm/Divisions` has fewer fields and other names for some of them. */
export function hrmDivisionFields(company: Company, main: boolean): Fields {
  return {
    Code: company.division,
    HID: company.code,
    Description: company.name,
    Main: main,
    Status: company.archived ? 0 : 1,
    BlockingStatus: company.blocked ? 1 : 0,
    Country: company.country.padEnd(3),
    Currency: 'EUR',
    VATNumber: company.vatNumber,
  };
}
