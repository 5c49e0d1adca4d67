import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { WebDeps } from '../deps.ts';

/** Headers of every answer: no scripts, no frames, no address of ours in a Referer. */
export function securityHeaders({
  publicUrl,
  systems,
}: Pick<WebDeps, 'publicUrl' | 'systems'>): FastifyHelmetOptions {
  const https = publicUrl.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'img-src': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        // Chromium holds form-action against redirects too, and a package may pass the browser on to another login host.
        'form-action': ["'self'", 'https:', ...loginHosts(systems, publicUrl)],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    ...(https ? {} : { strictTransportSecurity: false }),
  };
}

function loginHosts(systems: WebDeps['systems'], publicUrl: string): string[] {
  const probe = { state: 'none', redirectUri: `${publicUrl}/oauth/callback`, forceLogin: false };
  const hosts = systems
    .all()
    .flatMap(({ signIn }) => (signIn.kind === 'redirect' ? [signIn.authorisationUrl(probe).origin] : []));
  return [...new Set(hosts)];
}
