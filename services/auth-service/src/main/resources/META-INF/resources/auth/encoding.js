// Bytes and texts, as docs/zero-knowledge.md has them.

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true });
const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const utf8 = (text) => ENCODER.encode(text);
export const fromUtf8 = (bytes) => DECODER.decode(bytes);

/** base64url without padding (RFC 4648 section 5). */
export function toBase64url(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function fromBase64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Error('not base64url');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}

export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export function fromHex(text) {
  if (text.length % 2 || !/^[0-9a-f]*$/i.test(text)) throw new Error('not hex');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const bytesToNumber = (bytes) => (bytes.length ? BigInt('0x' + toHex(bytes)) : 0n);

/** Big-endian; without a width no leading zero bytes, 0 is no byte at all. */
export function numberToBytes(number, width = 0) {
  let hex = number === 0n ? '' : number.toString(16);
  if (hex.length % 2) hex = '0' + hex;
  return fromHex(hex.padStart(2 * width, '0'));
}

/** Crockford's base 32 in groups of four. */
export function toBase32(number, digits) {
  let text = '';
  for (let i = digits - 1; i >= 0; i--) {
    text += BASE32[Number((number >> BigInt(5 * i)) & 31n)];
    if (i % 4 === 0 && i > 0) text += '-';
  }
  return text;
}

/** The number of a text in whichever case and groups; null if it is none of so many digits. */
export function fromBase32(text, digits) {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  let number = 0n;
  for (const character of plain) {
    const digit = BASE32.indexOf(character);
    if (digit < 0) return null;
    number = (number << 5n) | BigInt(digit);
  }
  return plain.length === digits ? number : null;
}

export function randomBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
}
