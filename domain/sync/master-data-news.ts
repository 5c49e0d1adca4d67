import { byCode } from '../connections/company.ts';
import type { MasterDataKind, Moment } from '../master-data.ts';
import type { CompanyId } from '../ids.ts';

/** What whoever books wants to hear of when it is new, closed or changed. */
const newsSubjects = [
  'vat-code',
  'gl-account',
  'supplier',
  'account-of-supplier',
  'account-of-relation',
  'bank-account',
] as const;
export type NewsSubject = (typeof newsSubjects)[number];

/**
 * The kinds they stand in: suppliers are relations, and the bank accounts of a company itself are its journals with an IBAN.
 * Where a package does not say who is a supplier, an account is one of a relation.
 */
export const newsKinds: readonly MasterDataKind[] = [
  'gl-account',
  'relation',
  'bank-account',
  'vat-code',
  'journal',
];

/** What a row says. */
export interface RowContent {
  code: string | null;
  name: string;
  active: boolean;
  details: Readonly<Record<string, unknown>>;
}

export interface ChangedRow extends RowContent {
  kind: MasterDataKind;
  firstSeenAt: Moment;
  /** When the package last changed it; null where it does not say. */
  modifiedAt: Moment | null;
  deletedAt: Moment | null;
  /** What it said before it last changed, and until when, as far as that is kept; null when it never did. */
  previous: (RowContent & { deletedAt: Moment | null; until: Moment | null }) | null;
  /** The relation whose bank account it is, as it is now; null where that is not known, absent for all other kinds. */
  owner?: Owner | null;
}

export interface Owner {
  code: string | null;
  name: string;
  /** Null where the package does not say. */
  isSupplier: boolean | null;
}

export interface RowNews {
  subject: NewsSubject;
  /** `closed`: deleted, or not to be used any more. */
  what: 'new' | 'closed' | 'changed';
  /** Of the row; of a bank account that of its owner. */
  code: string | null;
  name: string;
  /** What says something else than before, where it is `changed`. */
  differences: Difference[];
}

/** `private`: that it changed may be said, and the values not, so they are null. */
interface Difference {
  fact: string;
  from: string | null;
  to: string | null;
  private: boolean;
}

type Fact = { words: string; of: (row: RowContent) => unknown; private?: true };
const detail = (name: string, words = name): Fact => ({ words, of: ({ details }) => details[name] });

const ofEvery: readonly Fact[] = [
  { words: 'code', of: ({ code }) => code },
  { words: 'name', of: ({ name }) => name },
];
/** That of a supplier is what somebody changes who wants to be paid in its place. */
const ofAccounts: readonly Fact[] = [
  { ...detail('fingerprint', 'number'), private: true },
  { ...detail('relationId', 'owner'), private: true },
  { words: 'main account', of: ({ details }) => (details['main'] === true ? 'yes' : 'no') },
];

/** What matters about each; other facts change without anybody having to know. */
const facts: Record<NewsSubject, readonly Fact[]> = {
  'vat-code': [detail('percentage'), detail('direction'), ...ofEvery],
  'gl-account': [
    detail('type'),
    detail('balanceSide', 'balance side'),
    detail('statement'),
    detail('vatCode', 'VAT code'),
    ...ofEvery,
  ],
  supplier: [
    { ...detail('vatNumber', 'VAT number'), private: true },
    { ...detail('chamberOfCommerce', 'chamber of commerce number'), private: true },
    detail('country'),
    ...ofEvery,
  ],
  'account-of-supplier': ofAccounts,
  'account-of-relation': ofAccounts,
  'bank-account': [{ ...detail('iban', 'IBAN'), private: true }, detail('currency'), ...ofEvery],
};

/** What people want to hear of a row that changed since a moment; null when that is nothing. */
export function newsOf(row: ChangedRow, since: Moment): RowNews | null {
  const { deletedAt } = row;
  const { code, name } = row.owner ?? row;
  // What changed earlier is no news, although the row was touched since.
  const previous = row.previous?.until && row.previous.until < since ? null : row.previous;
  const subject = subjectOf(row, row) ?? (previous && subjectOf(row, previous));
  if (!subject) return null;
  const inUse = isInUse(row, row) && deletedAt === null;
  const wasInUse = previous !== null && isInUse(row, previous) && previous.deletedAt === null;
  const tell = (what: RowNews['what'], differences: Difference[] = []): RowNews => ({
    ...{ subject, what, code, name, differences },
  });
  if (row.firstSeenAt >= since) return inUse ? tell('new') : null;
  if (deletedAt !== null) {
    // When its content last changed we do not keep; the package may say it.
    const isOld = row.modifiedAt !== null && row.modifiedAt < since;
    const wasClosed = !isInUse(row, row) && (!wasInUse || isOld);
    return wasClosed ? null : tell('closed');
  }
  if (!previous) return null;
  // A customer that is bought from as well is a new supplier.
  if (!subjectOf(row, previous)) return inUse ? tell('new') : null;
  if (wasInUse && !inUse) return tell('closed');
  if (!inUse) return null;
  const differences = differencesOf(subject, previous, row);
  const opened = { fact: 'status', from: 'closed', to: 'in use', private: false };
  if (!wasInUse) return tell('changed', [opened, ...differences]);
  return differences.length > 0 ? tell('changed', differences) : null;
}

/** What a row is to whoever books, by what it says or said. */
function subjectOf({ kind, owner }: ChangedRow, { details }: RowContent): NewsSubject | null {
  if (kind === 'vat-code' || kind === 'gl-account') return kind;
  if (kind === 'relation') return details['isSupplier'] === true ? 'supplier' : null;
  if (kind === 'bank-account') {
    if (owner?.isSupplier === false) return null;
    return owner?.isSupplier ? 'account-of-supplier' : 'account-of-relation';
  }
  if (kind !== 'journal') return null;
  return details['type'] === 'bank' || typeof details['iban'] === 'string' ? 'bank-account' : null;
}

/** A relation that is no supplier any more is none to whoever books a purchase. */
const isInUse = (row: ChangedRow, content: RowContent) => content.active && subjectOf(row, content) !== null;

function differencesOf(subject: NewsSubject, before: RowContent, now: RowContent): Difference[] {
  return facts[subject].flatMap(({ words: fact, of, private: isPrivate = false }) => {
    const [from, to] = [asText(of(before)), asText(of(now))];
    if (from === to) return [];
    return isPrivate ? { fact, from: null, to: null, private: true } : { fact, from, to, private: false };
  });
}

const asText = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;

/** What is told of a connection, or of one company of it. */
export interface MasterDataNews {
  ofCompanies: NewsOfCompany[];
  /** Rows that were brought in for the first time, with everything else of their kind and company: no news to anybody. */
  broughtIn: number;
}

/** What happened in one company: how many of each, and the first few of them by their codes. */
export interface NewsOfCompany {
  companyId: CompanyId;
  subjects: SubjectNews[];
}

export interface SubjectNews {
  subject: NewsSubject;
  new: number;
  closed: number;
  changed: number;
  first: RowNews[];
}

interface RowKey {
  companyId: CompanyId;
  kind: MasterDataKind;
  externalId: string;
}

/** Counts news as they come, those of a row once, and keeps the first few of each subject of a company by their codes. */
export function createNewsCount(mostOfEach: number) {
  const companies = new Map<string, Map<NewsSubject, SubjectNews>>();
  const counted = new Set<string>();
  return {
    add({ companyId, kind, externalId }: RowKey, news: RowNews): void {
      const key = JSON.stringify([companyId, kind, externalId]);
      if (counted.has(key)) return;
      counted.add(key);
      const subjects = companies.get(companyId) ?? new Map<NewsSubject, SubjectNews>();
      companies.set(companyId, subjects);
      const { subject, what } = news;
      const count = subjects.get(subject) ?? { subject, new: 0, closed: 0, changed: 0, first: [] };
      subjects.set(subject, count);
      count[what] += 1;
      const last = count.first.at(-1);
      if (last && count.first.length >= mostOfEach && byCode(last, news) <= 0) return;
      count.first = [...count.first, news].sort(byCode).slice(0, mostOfEach);
    },
    /** The subjects in their order. */
    result: (): NewsOfCompany[] =>
      [...companies].map(([companyId, subjects]) => ({
        companyId,
        subjects: newsSubjects.flatMap((subject) => subjects.get(subject) ?? []),
      })),
  };
}

/** The same with the name of the company. */
export interface NamedNews {
  company: { code: string; name: string };
  subjects: SubjectNews[];
}

/** By code; what is not linked (any more) is nobody's news. */
export function namedNews(
  news: readonly NewsOfCompany[],
  linked: readonly { externalId: string; code: string; name: string }[],
): NamedNews[] {
  return linked.toSorted(byCode).flatMap(({ externalId, code, name }) => {
    const found = news.find(({ companyId }) => companyId === externalId);
    return found ? { company: { code, name }, subjects: found.subjects } : [];
  });
}
