import TestSequencer from '@jest/test-sequencer';

/** What takes minutes; begun last, one worker would go on with it while the others have nothing left to do. */
const long = ['/end-to-end/', '/accounting/tryton/', '/outside-clients.', '/fuzz.', '/workflows/'];

/** Where jest has not seen yet how long each file takes, as on a fresh clone, it goes by the size of the files. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => (long.findIndex((part) => path.includes(part)) + 1 || long.length + 1) - 1;
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
}
