// The vault's format (docs/zero-knowledge.md, "Vault"), the same as in the command line.

import {
  bytesToNumber, concat, fromBase32, fromBase64url, fromUtf8, numberToBytes, randomBytes, sha256, toBase32, toBase64url, utf8,
} from './encoding.js';
import { hkdf, vaultWrappingKey } from './master-key.js';

export const FORMAT = 1;
const LARGEST = 65_536 - 28;
const PREFIX = 'devmentor/v1/';

/** Why something cannot be opened: wrong-secret, tampered, rolled-back, unreadable. */
export class CryptoFailed extends Error {
  constructor(why, message) {
    super(message);
    this.why = why;
  }
}

// AES-256-GCM: nonce, ciphertext, tag

function bound(kind, parts) {
  const texts = parts.map(String);
  if (texts.some((part) => part.includes('\n'))) throw new Error('an id has no line break');
  return utf8([PREFIX + kind, ...texts].join('\n'));
}

const asKey = async (key) =>
  key instanceof Uint8Array ? crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']) : key;

async function seal(key, plain, kind, ...parts) {
  const iv = randomBytes(12);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(kind, parts) }, await asKey(key), plain);
  return toBase64url(concat(iv, new Uint8Array(sealed)));
}

async function open(key, text, why, what, kind, ...parts) {
  let sealed;
  try {
    sealed = fromBase64url(text);
  } catch {
    throw new CryptoFailed('unreadable', `${what} is not base64url`);
  }
  if (sealed.length < 28) throw new CryptoFailed('unreadable', `${what} is too short`);
  const options = { name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData: bound(kind, parts) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(options, await asKey(key), sealed.slice(12)));
  } catch {
    throw new CryptoFailed(why, `${what} cannot be opened`);
  }
}

// Padding

function pad(text) {
  if (text.length + 4 > LARGEST) throw new Error(`an entry has at most ${LARGEST - 4} bytes`);
  let size = 256;
  while (size < text.length + 4) size *= 2;
  const padded = new Uint8Array(Math.min(size, LARGEST));
  new DataView(padded.buffer).setUint32(0, text.length);
  padded.set(text, 4);
  return padded;
}

function unpad(padded) {
  const length = padded.length < 4 ? -1 : new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length < 0 || length > padded.length - 4) throw new CryptoFailed('unreadable', 'the length of an entry is not one');
  return padded.slice(4, 4 + length);
}

// P-256

const CURVE = { name: 'ECDH', namedCurve: 'P-256' };

async function importPublic(text) {
  try {
    return await crypto.subtle.importKey('raw', fromBase64url(text), CURVE, false, []);
  } catch {
    throw new CryptoFailed('tampered', 'a public key is no point of P-256');
  }
}

async function agree(privateKey, publicKey) {
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: await importPublic(publicKey) }, privateKey, 256));
}

async function generatePair() {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveBits']);
  const publicKey = toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const { d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { publicKey, privateKey: pair.privateKey, d: fromBase64url(d) };
}

async function importPrivate(d, publicKey) {
  const point = fromBase64url(publicKey);
  const jwk = {
    kty: 'EC', crv: 'P-256', d: toBase64url(d), x: toBase64url(point.slice(1, 33)), y: toBase64url(point.slice(33)),
  };
  return crypto.subtle.importKey('jwk', jwk, CURVE, false, ['deriveBits']);
}

async function shareKey(fromEphemeral, fromOwner, ephemeral, ownerKey, recipientKey) {
  const salt = concat(fromBase64url(ephemeral), fromBase64url(ownerKey), fromBase64url(recipientKey));
  return hkdf(concat(fromEphemeral, fromOwner), salt, PREFIX + 'share');
}

/** What two people read to each other over another way. */
export async function fingerprint(publicKey) {
  const hash = await sha256(utf8(PREFIX + 'fingerprint'), fromBase64url(publicKey));
  return toBase32(bytesToNumber(hash.slice(0, 15)), 24);
}

// Recovery code

async function recoveryCheck(secret) {
  const hash = await sha256(utf8(PREFIX + 'recovery-check'), secret);
  return (BigInt(hash[0]) << 4n) | BigInt(hash[1] >> 4);
}

/** A new code: the text to print, and its 16 bytes. */
export async function freshRecoveryCode(secret = randomBytes(16)) {
  return { secret, text: toBase32((bytesToNumber(secret) << 12n) | (await recoveryCheck(secret)), 28) };
}

/** The code of a text; throws if it is misread. */
export async function parseRecoveryCode(text) {
  const number = fromBase32(text, 28);
  if (number !== null) {
    const secret = numberToBytes(number >> 12n, 16);
    if ((number & 0xfffn) === (await recoveryCheck(secret))) return { secret, text };
  }
  throw new CryptoFailed('wrong-secret', 'this is not a recovery code; look for a misread letter');
}

const recoveryWrappingKey = (code) => hkdf(code.secret, new Uint8Array(), PREFIX + 'recovery-kek');

// Slots

const passwordSlot = async (owner, master, kdf, vaultKey) => ({
  kind: 'password',
  salt: kdf.salt,
  iterations: kdf.iterations,
  wrapped: await seal(await vaultWrappingKey(master), vaultKey, 'slot', 'password', owner),
});

const recoverySlot = async (owner, code, vaultKey) => ({
  kind: 'recovery',
  wrapped: await seal(await recoveryWrappingKey(code), vaultKey, 'slot', 'recovery', owner),
});

/** One way in: { master } or { code }. */
async function vaultKeyOf(owner, keys, way) {
  if (keys.format !== FORMAT) throw new CryptoFailed('unreadable', 'the vault has a format that this page does not know');
  const kind = way.master ? 'password' : 'recovery';
  const slot = keys.slots.find((one) => one.kind === kind);
  if (!slot) throw new CryptoFailed('unreadable', `the vault has no slot of the kind ${kind}`);
  const key = way.master ? await vaultWrappingKey(way.master) : await recoveryWrappingKey(way.code);
  return open(key, slot.wrapped, 'wrong-secret', 'the vault', 'slot', kind, owner);
}

/** The keys with another slot in the place of that of its kind; `way` opens them now. */
export async function withSlot(owner, keys, way, make) {
  const vaultKey = await vaultKeyOf(owner, keys, way);
  const slot = await make(vaultKey);
  vaultKey.fill(0);
  return { ...keys, version: keys.version + 1, slots: [...keys.slots.filter((one) => one.kind !== slot.kind), slot] };
}

export const withPassword = (owner, keys, way, master, kdf) =>
  withSlot(owner, keys, way, (vaultKey) => passwordSlot(owner, master, kdf, vaultKey));

export const withRecovery = (owner, keys, way, code) => withSlot(owner, keys, way, (vaultKey) => recoverySlot(owner, code, vaultKey));

/** The keys of a new vault. */
export async function createKeys(owner, master, kdf, code) {
  const vaultKey = randomBytes(32);
  const pair = await generatePair();
  const keys = {
    format: FORMAT,
    version: 1,
    publicKey: pair.publicKey,
    privateKey: await seal(vaultKey, pair.d, 'private-key', pair.publicKey, owner),
    slots: [await passwordSlot(owner, master, kdf, vaultKey), await recoverySlot(owner, code, vaultKey)],
  };
  pair.d.fill(0);
  vaultKey.fill(0);
  return keys;
}

async function approvalKey(vaultKey) {
  const key = await hkdf(vaultKey, new Uint8Array(), PREFIX + 'approval');
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

const approved = (person, publicKey) => {
  if (person.includes('\n')) throw new Error('an id has no line break');
  return utf8(`${person}\n${publicKey}`);
};

/** An open vault. Its keys are held by the browser and cannot be read by a script; they are gone with the page. */
export class Vault {
  #vaultKey;
  #privateKey;
  #approvalKey;

  constructor(owner, publicKey, vaultKey, privateKey, approvals) {
    this.owner = owner;
    this.publicKey = publicKey;
    this.#vaultKey = vaultKey;
    this.#privateKey = privateKey;
    this.#approvalKey = approvals;
  }

  static async unlock(owner, keys, way) {
    const raw = await vaultKeyOf(owner, keys, way);
    const vaultKey = await asKey(raw);
    const approvals = await approvalKey(raw);
    raw.fill(0);
    const d = await open(vaultKey, keys.privateKey, 'tampered', 'the private key', 'private-key', keys.publicKey, owner);
    const privateKey = await importPrivate(d, keys.publicKey);
    d.fill(0);
    return new Vault(owner, keys.publicKey, vaultKey, privateKey, approvals);
  }

  /** A new entry. */
  seal(text) {
    return this.#seal(crypto.randomUUID(), 1, 1, randomBytes(32), text);
  }

  /** The next version; whoever it is shared with goes on reading it. */
  async change(old, text) {
    return this.#seal(old.id, old.version + 1, old.keyVersion, await this.#dataKey(old), text);
  }

  /** The next version under a new data key; whoever it was shared with cannot read it. */
  rekey(old, text) {
    return this.#seal(old.id, old.version + 1, old.keyVersion + 1, randomBytes(32), text);
  }

  async #seal(id, version, keyVersion, dataKey, text) {
    return {
      id,
      version,
      keyVersion,
      dataKey: await seal(this.#vaultKey, dataKey, 'data-key', id, keyVersion, this.owner),
      ciphertext: await seal(dataKey, pad(utf8(JSON.stringify(text))), 'entry', id, version, this.owner),
    };
  }

  #dataKey(entry) {
    return open(this.#vaultKey, entry.dataKey, 'tampered', 'the key of an entry', 'data-key', entry.id, entry.keyVersion, this.owner);
  }

  async open(entry) {
    return read(await this.#dataKey(entry), this.owner, entry.id, entry.version, entry.ciphertext);
  }

  /** The data key of an entry for somebody else whose fingerprint was compared. */
  async share(entry, recipient, recipientKey) {
    const ephemeral = await generatePair();
    ephemeral.d.fill(0);
    const key = await shareKey(
      await agree(ephemeral.privateKey, recipientKey), await agree(this.#privateKey, recipientKey),
      ephemeral.publicKey, this.publicKey, recipientKey);
    return {
      recipient,
      recipientKey,
      keyVersion: entry.keyVersion,
      ephemeral: ephemeral.publicKey,
      wrapped: await seal(key, await this.#dataKey(entry), 'share', entry.id, entry.keyVersion, recipient, this.owner),
      approval: await this.approval(recipient, recipientKey),
    };
  }

  /** A note to myself that this is somebody's key: the server keeps it and cannot make one. */
  async approval(person, publicKey) {
    return toBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', this.#approvalKey, approved(person, publicKey))));
  }

  /** Throws if a key is not the one that was compared. */
  async mustBeApproved(person, publicKey, approval) {
    const same = approval && await crypto.subtle.verify('HMAC', this.#approvalKey, fromBase64url(approval), approved(person, publicKey));
    if (!same) throw new CryptoFailed('tampered', `the server gave another key of ${person} than the one that was compared`);
  }

  /** What somebody else shares with me. */
  async openShared(shared) {
    if (shared.approval) await this.mustBeApproved(shared.owner, shared.ownerKey, shared.approval);
    const key = await shareKey(
      await agree(this.#privateKey, shared.ephemeral), await agree(this.#privateKey, shared.ownerKey),
      shared.ephemeral, shared.ownerKey, this.publicKey);
    const dataKey = await open(
      key, shared.wrapped, 'tampered', 'the key of a shared entry',
      'share', shared.entryId, shared.keyVersion, this.owner, shared.owner);
    return read(dataKey, shared.owner, shared.entryId, shared.version, shared.ciphertext);
  }
}

async function read(dataKey, owner, id, version, ciphertext) {
  const text = fromUtf8(unpad(await open(dataKey, ciphertext, 'tampered', 'an entry', 'entry', id, version, owner)));
  return JSON.parse(text);
}
