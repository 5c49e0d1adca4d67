import type { Screens } from '../domain/screens.ts';
import type { NamedRow } from '../domain/bookings/booking-fit.ts';
import type { Company } from '../domain/connections/company.ts';
import type { Day, Decimal, MasterDataKind, MasterDataRow, Moment } from '../domain/master-data.ts';
import type { KindFinding } from '../domain/verification/verification.ts';
import type { CompanyId } from '../domain/ids.ts';

/**
 * What Syncuser asks of an accounting system. An adapter is one folder and one line in the registry;
 * nothing outside it knows which package it talks to.
 *
 * @example
 * const system = registry.get('exact-online');
 * const session = await system.open(vault);
 * const me = await session.whoAmI();
 * for await (const page of session.read({ company, kind: 'vat-code', checkpoint: null })) save(page);
 */
export interface AccountingSystem {
  /** Stable id, used in ids and the store: `exact-online`. */
  readonly id: string;
  /** What people call it: `Exact Online`. */
  readonly name: string;
  /** How a human logs in. */
  readonly signIn: SignIn;
  /** Where in the package people mend things. */
  readonly screens: Screens;
  /** What the package says when it calls us. Missing where it cannot, or where this installation cannot be called. */
  readonly changeCalls?: ChangeCalls;
  /** Opens a session with the grant in the vault. Makes no call yet. */
  open(vault: GrantVault): AccountingSession;
}

/**
 * A package that calls us (`POST /webhooks/<id of the system>`) when something changed. A call only makes a round come
 * sooner: one that is lost costs nothing, so nobody is asked to send it again.
 */
export interface ChangeCalls {
  /** What the body of a call says, as it came over the wire; its signature is verified. Never throws. */
  read(body: string): ChangeCall;
}

export type ChangeCall =
  | { says: 'changed'; call: Changed }
  /** Well signed, and about nothing we keep. */
  | { says: 'nothing' }
  | { says: 'forged' };

/** Something changed in this company and kind. */
export interface Changed {
  /** The same for a call that is sent again. */
  id: string;
  /** External id of the company. */
  company: string;
  kind: MasterDataKind;
  /** When it changed, as the package says; null where it does not. */
  at: Moment | null;
}

export type SignIn = RedirectSignIn | FormSignIn;

/** The package has its own login page (OAuth 2.0 authorisation code, RFC 6749 section 4.1). */
export interface RedirectSignIn {
  readonly kind: 'redirect';
  /**
   * The address of the package's login page.
   * `forceLogin` asks for the login form even when the browser is already logged in as somebody.
   */
  authorisationUrl(request: { state: string; redirectUri: string; forceLogin: boolean }): URL;
  /**
   * Redeems what the package sent back (`callback`: the full callback address with its query).
   * @throws AccountingFailure `login-cancelled`, `login-failed`, or a delay
   */
  redeem(returned: {
    callback: URL;
    state: string;
    redirectUri: string;
    signal?: AbortSignal;
  }): Promise<Credential>;
}

/** The package takes a user name and password; our Connect page asks for them, never Slack. */
export interface FormSignIn {
  readonly kind: 'form';
  readonly fields: readonly FormField[];
  /**
   * Tries the values once.
   * @throws AccountingFailure `credentials-refused`, or a delay
   */
  redeem(returned: { values: Record<string, string>; signal?: AbortSignal }): Promise<Credential>;
}

export interface FormField {
  name: string;
  label: string;
  secret: boolean;
}

/** A grant as the adapter needs it: JSON that only the adapter understands. It is stored sealed. */
export interface Credential {
  /** The adapter's own secret data, e.g. access and refresh token. */
  secret: Record<string, unknown>;
  /** When the grant dies if nobody renews it (ISO 8601), or null if it does not. */
  expiresAt: string | null;
}

/**
 * Where a session keeps its grant. One process at a time renews a grant; the new one is stored before it is used.
 */
export interface GrantVault {
  /** Whose login this is: what a package counts per user is counted under this name (accounting/budget.ts). */
  readonly id: string;
  /** The current grant with its generation. */
  read(): Promise<StoredCredential>;
  /**
   * Renews the grant under a lease that holds across processes. `renew` gets the newest credential and is only called
   * when its generation still is `seen`; if another process renewed meanwhile, its credential is returned instead.
   */
  renew(seen: number, renew: (current: Credential) => Promise<Credential>): Promise<StoredCredential>;
}

export interface StoredCredential {
  credential: Credential;
  generation: number;
}

/** One logged-in session. Every method tries once; retry belongs to the caller. All throw AccountingFailure. */
export interface AccountingSession {
  /** Who is logged in, and where. It asks for nothing but the login, so it is what a doubt is looked at with once more. */
  whoAmI(signal?: AbortSignal): Promise<Identity>;
  /** Every company of the environment that can be seen, with whether this login gets in. */
  companies(signal?: AbortSignal): Promise<Company[]>;
  /** The kinds of master data this environment has (a module may be missing). */
  kinds(signal?: AbortSignal): Promise<readonly MasterDataKind[]>;
  /**
   * Kinds of which the package itself reports what was deleted. Of the others only a listing of everything shows it, so
   * that is read more often. @default none
   */
  readonly tellsDeletions?: readonly MasterDataKind[];
  /** Pages of rows that are new or changed since the checkpoint; everything when it is null. */
  read(request: ReadRequest): AsyncIterable<MasterDataPage>;
  /**
   * What the package itself says of the right to read these kinds in this company, without reading them all; `rights.ts`
   * makes an answer of it. A kind it says nothing about is left out, or `unknown`. Missing where the package has no right check.
   * @throws AccountingFailure what concerns the company as a whole, the login or the package; never `right`
   */
  rights?(request: RightsRequest): Promise<KindFinding[]>;
  /**
   * Asks the package to call us when something changes in this company. May be asked as often as one likes. Missing where
   * `changeCalls` is.
   */
  subscribe?(company: { externalId: string }, signal?: AbortSignal): Promise<void>;
  /**
   * Keeps a login alive that nothing else uses: renews the grant well before its end. The adapter decides whether that
   * is due and makes no call when it is not, so it may be asked as often as one likes. Cannot be aborted, as no renewal
   * can. Missing where a grant does not die of idleness.
   */
  keepAlive?(): Promise<KeptAlive>;
  /** Missing where nothing can be booked in the package. */
  readonly purchaseBookings?: PurchaseBookings;
}

/** The one thing Syncuser writes in a package. */
export interface PurchaseBookings {
  /**
   * Looks for what is booked of this invoice: the entry that carries our mark, and those of others. An empty answer is
   * proof that there is none; where a missing right looks like an empty list, the adapter makes sure.
   */
  find(request: EntryQuery): Promise<PurchaseEntry[]>;
  /**
   * Reads whatever it takes to book it, so that nothing stands between the caller's note and the sending. Writes nothing.
   * @throws AccountingFailure `booking` when the package has no way to say it
   */
  prepare(request: EntryQuery & { entry: NewPurchaseEntry }): Promise<PreparedEntry>;
}

export interface PreparedEntry {
  /**
   * Books it, once. The caller has looked for it before, and reads it back with `find`. `assertDue` is called directly
   * before each request that writes, and what it throws is thrown.
   * @throws AccountingFailure `booking` when the package surely did not take it; after a delay by `outage`, or `reply`,
   *   nobody knows
   */
  enter(assertDue: () => void): Promise<void>;
}

export interface EntryQuery {
  company: { externalId: string };
  /** Our own sign, in a field of the package that can be searched; never given to another booking. */
  mark: string;
  /** External id. */
  supplier: string;
  invoiceNumber: string;
  signal?: AbortSignal | undefined;
}

export interface PurchaseEntry {
  id: string;
  /** What people in the package know it by. */
  number: string;
  /** The day of the invoice, as it was entered; null where a draft has none yet. */
  date: Day | null;
  /** External id of the company it stands in, as the package says. */
  companyId: CompanyId;
  /** It carries our mark. */
  ours: boolean;
}

/** A booking whose names were looked up: packages want some rows by id and some by code. */
export interface NewPurchaseEntry {
  journal: NamedRow;
  invoiceDate: Day;
  dueDate: Day | null;
  currency: string;
  description: string | null;
  /** Entries of this supplier with this invoice number that are another invoice, by their numbers: somebody has looked. */
  besides: readonly string[];
  lines: {
    glAccount: NamedRow;
    description: string | null;
    netAmount: Decimal;
    vatCode: NamedRow | null;
    vatAmount: Decimal;
    costCentre: NamedRow | null;
    costUnit: NamedRow | null;
    project: NamedRow | null;
  }[];
  totals: { net: Decimal; vat: Decimal; gross: Decimal };
}

export interface KeptAlive {
  renewed: boolean;
  /** As in `Credential`. */
  expiresAt: string | null;
}

export interface Identity {
  userId: string;
  userName: string;
  environmentId: string;
  environmentName: string;
}

export interface RightsRequest {
  company: { externalId: string };
  kinds: readonly MasterDataKind[];
  signal?: AbortSignal | undefined;
}

export interface ReadRequest {
  company: { externalId: string };
  kind: MasterDataKind;
  /** What the last stored page of this company and kind said, or null for the first time. */
  checkpoint: string | null;
  signal?: AbortSignal | undefined;
}

/** A page and the checkpoint to go on after it: both are stored in one transaction. */
export interface MasterDataPage {
  rows: MasterDataRow[];
  /** External ids the package itself reports as deleted. Never inferred from absence. */
  deleted: string[];
  /** Opaque to everybody but the adapter. */
  checkpoint: string;
  /** Set on the pages of a listing of everything there is; absent where a page only tells what changed. */
  whole?: PartOfListing;
}

/**
 * A listing of everything shows what is gone, but only when it was seen from the page where it begins to the one where it
 * ends, and when the adapter can say why nothing was left out. A listing that starts over begins anew.
 */
export interface PartOfListing {
  begins: boolean;
  ends: boolean;
  /**
   * On the page that ends it: what proves that this was everything, in words for an operator. Null where the package may
   * have kept rows to itself; then nothing is gone for not being in it.
   */
  proof: string | null;
}
