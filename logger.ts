import { createRequire } from 'node:module';
import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type { Logger } from 'pino';
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Names under which a secret could reach a log line, in our own objects and in those of HTTP and OAuth libraries. */
const secretNames = [
  'token',
  'botToken',
  'appToken',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'id_token',
  'apiKey',
  'password',
  'secret',
  'clientSecret',
  'client_secret',
  'secretKeys',
  'credential',
  'code_verifier',
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
];

/** Pino's paths are exact, so each name is listed at the depths at which our log lines have it. */
const redactedPaths = secretNames.flatMap((name) =>
  ['', '*', '*.*', '*.*.*'].map((depth) => `${depth}["${name}"]`),
);

/**
 * A logger that says which part is speaking. JSON lines, or coloured text for a person at a terminal.
 * `destination` is for whoever wants the lines somewhere else than on stdout.
 */
export function createLogger(
  name: string,
  level: LogLevel = 'info',
  destination?: DestinationStream,
): Logger {
  const options = { name, level, redact: { paths: redactedPaths, censor: '[secret]' } };
  if (destination) return pino(options, destination);
  if (!process.stdout.isTTY || !isInstalled('pino-pretty')) return pino(options);
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' } },
  });
}

/** pino-pretty is a tool for developers; an installation without development packages does without it. */
function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
