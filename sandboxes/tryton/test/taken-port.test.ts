import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { firstTimeMs, startOwnTryton } from '../own-tryton.ts';
import { startTryton } from '../server.ts';

test(
  'A port that is somebody else’s is said; the words are those by which another free one is tried',
  async () => {
    const own = await startOwnTryton();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      await expect(startTryton({ ...own, port })).rejects.toThrow('Address already in use');
    } finally {
      other.close();
      await own.stop();
    }
  },
  firstTimeMs,
);
