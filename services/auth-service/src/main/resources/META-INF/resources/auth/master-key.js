// What a password becomes before anything leaves this page (docs/zero-knowledge.md, "Keys from a password").

import { fromBase64url, randomBytes, toBase64url, toHex, utf8 } from './encoding.js';

export const ITERATIONS = 600_000;
const MOST_ITERATIONS = 10_000_000;

/** Parameters for a new password. */
export const freshKdf = () => ({ salt: toBase64url(randomBytes(16)), iterations: ITERATIONS });

/** HKDF-SHA256, 32 bytes. */
export async function hkdf(inputKey, salt, info) {
  const key = await crypto.subtle.importKey('raw', inputKey, 'HKDF', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8(info) }, key, 256));
}

/** PBKDF2-HMAC-SHA256 of the password in NFKC; the 32 bytes lead to the two keys below and back to nothing. */
export async function deriveMaster(password, kdf) {
  const salt = fromBase64url(kdf.salt);
  if (salt.length !== 16) throw new Error('a salt has 16 bytes');
  if (!(kdf.iterations >= ITERATIONS && kdf.iterations <= MOST_ITERATIONS)) {
    // A server that names fewer wants a cheap guess at the password.
    throw new Error('the server names a number of iterations that is not safe');
  }
  const normal = password.normalize('NFKC');
  if (!normal) throw new Error('an empty password protects nothing');
  const key = await crypto.subtle.importKey('raw', utf8(normal), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: kdf.iterations }, key, 256);
  return new Uint8Array(bits);
}

/** What SRP takes for the password: 64 hex digits. */
export const srpSecret = async (master) => toHex(await hkdf(master, new Uint8Array(), 'devmentor/v1/srp'));

/** The key that wraps the vault key. */
export const vaultWrappingKey = (master) => hkdf(master, new Uint8Array(), 'devmentor/v1/vault-kek');
