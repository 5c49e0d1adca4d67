import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** The web addresses among the settings, and how far what is sent to them travels. */
export const webAddress = z.url({
  protocol: /^https?$/,
  message: 'must be an address like https://syncuser.example.com',
});

/** Without a slash at the end. */
export const address = webAddress.transform((value) => value.replace(/\/$/, ''));

/** As {@link address}, and nobody on the way reads what is sent: https, or a network that is somebody's own. */
export const sealedAddress = (what: string) =>
  address.refine((url) => url.startsWith('https:') || !leavesOwnNetwork(url), {
    message: `must be an https address: ${what}`,
  });

/** Where pages are: at the root of a host, and nothing else in the address. */
export const pagesAddress = sealedAddress('links to log in lead there')
  .refine((url) => new URL(url).pathname === '/', { message: 'must have no path: pages are at the root' })
  .refine((url) => new URL(url).username === '' && new URL(url).password === '', {
    message: 'must hold no user name and no password: everybody sees it',
  })
  .refine((url) => !/[?#]/.test(url), { message: 'must end after the host: no ? and no #' });

/** Whether anybody but this machine is there. */
export function isPublic(url: unknown): boolean {
  const host = typeof url === 'string' && URL.canParse(url) ? new URL(url).hostname : 'localhost';
  return !['localhost', '127.0.0.1', '[::1]'].includes(host);
}

/** RFC 1918, 3927, 4193, 4291, 6598: addresses that no router of the internet passes on. */
const own = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  own.addSubnet(network, prefix, 'ipv4');
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6');
own.addSubnet('fe80::', 10, 'ipv6');

/** A host without a point (`tryton` in a compose file), or of a domain that is nobody's on the internet, is near. */
function leavesOwnNetwork(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const kind = isIP(host);
  if (kind !== 0) return !own.check(host, kind === 6 ? 'ipv6' : 'ipv4');
  return host.includes('.') && !/\.(?:localhost|local|internal|lan|home\.arpa)$/.test(host);
}
