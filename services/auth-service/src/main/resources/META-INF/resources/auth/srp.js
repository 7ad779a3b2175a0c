// The client's part of SRP-6a (docs/zero-knowledge.md, "Login"): RFC 5054's group of 3072 bits, SHA-256.

import { bytesToNumber, fromBase64url, numberToBytes, randomBytes, sha256, utf8 } from './encoding.js';
import { deriveMaster, freshKdf, srpSecret } from './master-key.js';

export const GROUP = 'rfc5054-3072-sha256';

const N = BigInt('0x' +
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B' +
  '302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6' +
  '49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D' +
  '670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718' +
  '3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D' +
  'B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C' +
  'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF');
const G = 5n;
const WIDTH = 384;

function power(base, exponent) {
  let result = 1n;
  let factor = ((base % N) + N) % N;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % N;
    factor = (factor * factor) % N;
  }
  return result;
}

const hash = async (...parts) => bytesToNumber(await sha256(...parts));
const padded = (number) => numberToBytes(number, WIDTH);

/** x = H(s | H(P)); the salt without leading zero bytes. */
async function privateKey(master, kdf) {
  const inner = await sha256(utf8(await srpSecret(master)));
  return hash(numberToBytes(bytesToNumber(fromBase64url(kdf.salt))), inner);
}

function number(hex) {
  if (typeof hex !== 'string' || !/^[0-9a-f]{1,768}$/i.test(hex)) throw new Error('not a number of the group');
  return BigInt('0x' + hex);
}

/** What the server stores in the place of a password. */
export async function verifier(master, kdf) {
  return power(G, await privateKey(master, kdf)).toString(16);
}

/** One login. */
export class SrpClient {
  #a;
  #A;
  #S = 0n;
  #M1 = 0n;

  /** @param a only for test vectors; 256 random bits otherwise */
  constructor(a = bytesToNumber(randomBytes(32)) | (1n << 255n)) {
    this.#a = a;
    this.#A = power(G, a);
  }

  get publicValue() {
    return this.#A.toString(16);
  }

  /** The proof M1 in hex. */
  async prove(master, kdf, publicB) {
    const B = number(publicB);
    if (B === 0n || B >= N) throw new Error("the server's B is none of the group");
    const u = await hash(padded(this.#A), padded(B));
    if (u === 0n) throw new Error("the server's B is chosen so that u is 0");
    const k = await hash(padded(N), padded(G));
    const x = await privateKey(master, kdf);
    this.#S = power(B - k * power(G, x), this.#a + u * x);
    this.#M1 = await hash(numberToBytes(this.#A), numberToBytes(B), numberToBytes(this.#S));
    return this.#M1.toString(16);
  }

  /** Throws unless the other end knows the verifier. */
  async verifyServer(proof) {
    const expected = await hash(numberToBytes(this.#A), numberToBytes(this.#M1), numberToBytes(this.#S));
    if (this.#S === 0n || number(proof) !== expected) {
      throw new Error('the server could not prove that it knows this account');
    }
  }
}

/** What a registration sends in the place of a password. */
export const parameters = async (master, kdf) => ({ salt: kdf.salt, iterations: kdf.iterations, verifier: await verifier(master, kdf) });

/** The same for a password of which nothing is kept here. */
export async function newParameters(password) {
  const kdf = freshKdf();
  return parameters(await deriveMaster(password, kdf), kdf);
}

/**
 * Proves a password for an address and sends the proof to a path. Throws if the server cannot prove itself: then its answer is not used.
 *
 * @param call (path, { method, body }) => JSON of the answer
 */
export async function prove(email, password, call, path, more = {}) {
  const challenge = await call('/api/auth/srp/challenge', { method: 'POST', body: { email } });
  if (challenge.group !== GROUP) throw new Error('the server uses a group that this page does not know');
  const kdf = { salt: challenge.salt, iterations: challenge.iterations };
  const master = await deriveMaster(password, kdf);
  const client = new SrpClient();
  const M1 = await client.prove(master, kdf, challenge.B);
  const answer = await call(path, { method: 'POST', body: { id: challenge.id, A: client.publicValue, M1, ...more } });
  await client.verifyServer(answer.M2);
  return { answer, master, kdf };
}

/**
 * Logs in; the answer has the access token, a cookie the refresh token.
 *
 * @param more { code } of the second factor, for who has one
 */
export const login = async (email, password, call, more = {}) => (await prove(email, password, call, '/api/auth/srp/proof', { cookie: true, ...more })).answer;
