import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { logIn } from '../login/log-in.ts';
import { ensureClients } from './clients/install.ts';
import { createVisitor, redirectUri, type Visitor } from './visitor.ts';

const run = promisify(execFile);

/** Three clients of Exact Online by people who never saw this sandbox, unchanged but for the address. */
describe('An independent client', () => {
  let python: string;
  let folder: string;
  let certificate: { key: string; cert: string };
  beforeAll(async () => {
    python = await ensureClients(join(process.cwd(), '.local', 'exact-online-clients'));
  }, 300_000);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exact-online-tls-'));
    certificate = await makeCertificate(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('exact-online-sdk logs in, reads three kinds, and knows a 401 and a 429', async () => {
    expect(await drive('exact_online_sdk_client.py', await createVisitor(books))).toEqual({
      ...everything,
      pages: { relation: [1000, 210], item: [1000, 210], 'cost-centre': [60, 60, 60, 60, 2] },
      '401': ['UnauthorizedError', 401],
      '429': 'RateLimitError',
    });
  });

  test('exactonline does so over https, with the certificate checked', async () => {
    // It asks no more than fifty pages of one list, and its refresh after the 401 is refused as too early or withdrawn.
    const visitor = await createVisitor({ ...books, https: certificate });
    expect(await drive('exactonline_client.py', visitor)).toEqual({
      ...everything,
      '401': ['HTTPError', 400, 'token'],
      '429': ['HTTPError', 429],
    });
  });

  test('django-exact does so, and finds a relation by its padded code', async () => {
    expect(await drive('django_exact_client.py', await createVisitor(books))).toEqual({
      ...everything,
      one: '1003',
      'raw 401': 401,
      '401': ['ExactAuthException', 400],
      '429': ['ExactException', 429, null],
    });
  });

  const books = { companies: 4, rows: 1210, minuteLimit: 1000 };
  const everything = {
    user: 'CX_Basecone',
    divisions: 4,
    pages: { relation: [1210], item: [1210], 'cost-centre': [242] },
  };

  async function drive(script: string, visitor: Visitor): Promise<unknown> {
    try {
      const back = await logIn(visitor.authorisationUrl(), { userName: 'CX_Basecone' });
      const { stdout } = await run(
        python,
        ['-W', 'ignore', fileURLToPath(new URL(`clients/${script}`, import.meta.url))],
        {
          env: {
            ...process.env,
            SANDBOX: visitor.sandbox.httpsUrl ?? visitor.sandbox.url,
            CODE: back.searchParams.get('code')!,
            REDIRECT_URI: redirectUri,
            DIVISION: String(await visitor.division('101')),
            SSL_CERT_FILE: join(folder, 'cert.pem'),
            PYTHONDONTWRITEBYTECODE: '1',
          },
        },
      );
      return JSON.parse(stdout.trim().split('\n').at(-1)!);
    } finally {
      await visitor.sandbox.close();
    }
  }
});

async function makeCertificate(folder: string): Promise<{ key: string; cert: string }> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await run('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', cert]);
  return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
}
