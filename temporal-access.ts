import type { TLSConfig } from '@temporalio/client';
import { ConfigError, readNamedFile } from './named-files.ts';
import { Secret } from './secret.ts';
import type { Settings } from './settings.ts';

/** Where Temporal is, and what it wants to see before it talks to us. */
export interface TemporalAccess {
  address: string;
  namespace: string;
  apiKey: Secret | null;
  /** Null: in plain text. What is not given is left to the system: its certificates, the name in the address. */
  tls: {
    ca: string | null;
    serverName: string | null;
    client: { certificate: string; key: Secret } | null;
  } | null;
}

/**
 * TLS by the names of Temporal's own tools: docs.temporal.io/references/client-environment-configuration.
 * It is used when it is switched on, when anything of it is given, or with an API key, unless it is switched off.
 * @throws ConfigError when a file cannot be read, or half of a pair is missing
 */
export function readTls(settings: Settings, readFile: (path: string) => string): TemporalAccess['tls'] {
  const pem = (name: PemName): string | null => {
    const [path, data] = [settings[`${name}_PATH`], settings[`${name}_DATA`]];
    if (path && data)
      throw new ConfigError([`${name}_PATH and ${name}_DATA are both set: only one can hold`]);
    return path ? readNamedFile(`${name}_PATH`, path, readFile) : (data?.reveal() ?? null);
  };
  const ca = pem('TEMPORAL_TLS_SERVER_CA_CERT');
  const certificate = pem('TEMPORAL_TLS_CLIENT_CERT');
  const key = pem('TEMPORAL_TLS_CLIENT_KEY');
  const serverName = settings.TEMPORAL_TLS_SERVER_NAME ?? null;
  if ((certificate === null) !== (key === null))
    throw new ConfigError([
      'TEMPORAL_TLS_CLIENT_CERT and TEMPORAL_TLS_CLIENT_KEY belong together, and one of them is not set',
    ]);
  const isGiven = [ca, certificate, serverName, settings.TEMPORAL_API_KEY ?? null].some(
    (one) => one !== null,
  );
  if (!(settings.TEMPORAL_TLS ?? isGiven)) return null;
  return { ca, serverName, client: certificate && key ? { certificate, key: new Secret(key) } : null };
}

type PemName = 'TEMPORAL_TLS_SERVER_CA_CERT' | 'TEMPORAL_TLS_CLIENT_CERT' | 'TEMPORAL_TLS_CLIENT_KEY';

/** The same as Temporal's client and worker want it. */
export function connectionOptions({ address, apiKey, tls }: TemporalAccess): {
  address: string;
  apiKey?: string;
  tls: TLSConfig | false;
} {
  return { address, ...(apiKey && { apiKey: apiKey.reveal() }), tls: tls ? tlsOptions(tls) : false };
}

function tlsOptions({ ca, serverName, client }: NonNullable<TemporalAccess['tls']>): TLSConfig {
  return {
    ...(serverName && { serverNameOverride: serverName }),
    ...(ca && { serverRootCACertificate: Buffer.from(ca) }),
    ...(client && {
      clientCertPair: { crt: Buffer.from(client.certificate), key: Buffer.from(client.key.reveal()) },
    }),
  };
}
