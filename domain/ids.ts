/**
 * What an id stands for, so that two sorts of them cannot be swapped: the compiler refuses the id of a company where that of a
 * connection belongs. Text from outside fits any of them; what it stands for is said where it comes in.
 */
type Id<Of extends string> = string & { readonly idOf?: Of };

export type ConnectionId = Id<'connection'>;
/** Of the package, and stable; a company's code may change. */
export type CompanyId = Id<'company'>;
/** Of somebody of the office; never their name. */
export type PersonId = Id<'person'>;
/** Under which a login of an accounting-system user is kept: `<connection>/<accounting-system user>`. */
export type GrantId = Id<'grant'>;
export type SignInId = Id<'sign-in'>;
