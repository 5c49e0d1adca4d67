import type { LinkCause } from '../causes.ts';

/**
 * Where in a package a broken login is mended, as its users find it. Exact Online: the paths to a user and to the app's
 * permissions are those of gates.ts; that the status of a user stands on the same screen is inferred. Tryton 8.0, as its
 * client names them. A cause that only a new login mends has no screen.
 */
const screens: Record<string, Partial<Record<LinkCause, string>> | undefined> = {
  'exact-online': {
    'consent-withdrawn': "User name > My Exact Online > Security Centre > My app's permissions",
    'consent-expired': "User name > My Exact Online > Security Centre > My app's permissions",
    'user-blocked': 'Company name > Master data > Users > Overview, choose the user, then its status',
    'user-inactive': 'Company name > Master data > Users > Overview, choose the user, then its status',
    'no-company-access':
      'Company name > Master data > Users > Overview, choose the user, then Companies: Access rights',
  },
  tryton: {
    'user-inactive': 'Administration > Users > Users, the field Active of the user',
    'credentials-refused': 'Administration > Users > Users, the password of the user',
    'no-company-access': 'Administration > Users > Users, the field Companies of the user',
  },
};

/** The screen on which this cause is mended or can be seen, or null when there is none to open. */
export function screenOfCause(cause: LinkCause, systemId: string): string | null {
  return screens[systemId]?.[cause] ?? null;
}
