import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Keys by id, each 32 bytes in base64 or base64url. New values are sealed with `current`; older keys still open theirs. */
export interface KeyRing {
  current: string;
  keys: Record<string, string>;
}

/** Secrets at rest: AES-256-GCM, `v1.<key id>.<iv>.<tag>.<ciphertext>` in base64url. */
export interface Sealer {
  /** `context` says what the value belongs to; it only opens with the same context again. */
  seal(text: string, context: string): string;
  /** @throws SealError when the key is unknown, the value was changed, or it belongs to something else */
  open(sealed: string, context: string): string;
}

/** A sealed value cannot be opened, or the key ring is of no use. The message holds key ids, never a key or a value. */
export class SealError extends Error {
  override name = 'SealError';
}

const algorithm = 'aes-256-gcm';

/** @throws SealError when a key is not 32 bytes or the current one is missing */
export function createSealer(keyRing: KeyRing): Sealer {
  const keys = new Map(Object.entries(keyRing.keys).map(([id, text]) => [id, readKey(id, text)]));
  const keyFor = (id: string): Buffer => {
    const key = keys.get(id);
    if (key === undefined) {
      throw new SealError(
        `key '${id}' is not in the key ring (it holds: ${[...keys.keys()].join(', ') || 'none'})`,
      );
    }
    return key;
  };
  const currentKey = keyFor(keyRing.current);

  return {
    seal(text, context) {
      // 96 random bits: fine for 2^32 values under one key (NIST SP 800-38D, section 8.3).
      const iv = randomBytes(12);
      const head = `v1.${keyRing.current}`;
      const cipher = createCipheriv(algorithm, currentKey, iv).setAAD(associatedData(head, context));
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [head, ...[iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'))].join(
        '.',
      );
    },

    open(sealed, context) {
      const [version, keyId, iv, tag, ciphertext, ...rest] = sealed.split('.');
      if (version !== 'v1' || keyId === undefined || iv === undefined || tag === undefined) {
        throw new SealError('this is not a sealed value of version 1');
      }
      if (ciphertext === undefined || rest.length > 0)
        throw new SealError('the sealed value is cut off or too long');
      const key = keyFor(keyId);
      try {
        const decipher = createDecipheriv(algorithm, key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
          .setAAD(associatedData(`${version}.${keyId}`, context))
          .setAuthTag(Buffer.from(tag, 'base64url'));
        return decipher.update(ciphertext, 'base64url', 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new SealError(
          `the value sealed with key '${keyId}' was changed or does not belong to ${context}`,
          { cause },
        );
      }
    },
  };
}

function associatedData(head: string, context: string): Buffer {
  return Buffer.from(`${head}.${context}`, 'utf8');
}

function readKey(id: string, text: string): Buffer {
  if (!/^[\w-]+$/.test(id)) throw new SealError(`'${id}' cannot be a key id: use letters, digits, - and _`);
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new SealError(`key '${id}' has ${key.length} bytes instead of 32 (in base64)`);
  return key;
}
