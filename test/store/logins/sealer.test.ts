import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createSealer, SealError } from '../../../store/logins/sealer.ts';

const key = () => randomBytes(32).toString('base64');
const ring = { current: 'b', keys: { a: key(), b: key() } };

describe('a sealed value', () => {
  const sealer = createSealer(ring);

  test('opens again in its own context', () => {
    expect(sealer.open(sealer.seal('geheim €', 'grant of 1'), 'grant of 1')).toBe('geheim €');
  });

  test('shows nothing of the text and is another one every time', () => {
    const [one, two] = [sealer.seal('geheim', 'x'), sealer.seal('geheim', 'x')];
    expect(one).toMatch(/^v1\.b(\.[\w-]+){3}$/);
    expect(one).not.toBe(two);
  });

  test('does not open where it does not belong', () => {
    expect(() => sealer.open(sealer.seal('geheim', 'grant of 1'), 'grant of 2')).toThrow(
      "the value sealed with key 'b' was changed or does not belong to grant of 2",
    );
  });

  test('does not open with one character changed, wherever it is', () => {
    const sealed = sealer.seal('geheim', 'x');
    const start = sealed.indexOf('.', 3) + 1;
    for (let at = start; at < sealed.length; at++) {
      // Another one in its highest bits: the last character of a group carries only those.
      const other = sealed[at] === '.' ? '' : sealed[at]! < 'a' ? 'z' : 'A';
      expect(() => sealer.open(sealed.slice(0, at) + other + sealed.slice(at + 1), 'x')).toThrow(SealError);
    }
  });

  test('does not open with a shortened tag', () => {
    const [version, id, iv, tag, text] = sealer.seal('geheim', 'x').split('.');
    expect(() => sealer.open([version, id, iv, tag!.slice(0, 6), text].join('.'), 'x')).toThrow(SealError);
  });

  test('of an older key opens while that key is in the ring', () => {
    const before = createSealer({ ...ring, current: 'a' }).seal('geheim', 'x');
    expect(sealer.open(before, 'x')).toBe('geheim');
  });

  test('of an unknown key says which key is missing and which are there', () => {
    const other = createSealer({ current: 'old', keys: { old: key() } }).seal('geheim', 'x');
    expect(() => sealer.open(other, 'x')).toThrow("key 'old' is not in the key ring (it holds: a, b)");
  });
});

describe('a key ring', () => {
  test('needs its current key', () => {
    expect(() => createSealer({ current: 'c', keys: ring.keys })).toThrow("key 'c' is not in the key ring");
  });

  test('takes keys of 32 bytes only, and does not show them', () => {
    const short = randomBytes(16).toString('base64');
    expect(() => createSealer({ current: 'a', keys: { a: short } })).toThrow(
      "key 'a' has 16 bytes instead of 32",
    );
  });
});
