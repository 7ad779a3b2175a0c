// The page's modules against the vectors that another program has made, and that the Java client is held to as well.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromHex, toHex } from './auth/encoding.js';
import { deriveMaster, srpSecret, vaultWrappingKey } from './auth/master-key.js';
import { SrpClient, verifier } from './auth/srp.js';
import {
  CryptoFailed, Vault, createKeys, fingerprint, freshRecoveryCode, parseRecoveryCode, withPassword, withRecovery,
} from './auth/vault-crypto.js';

const vectors = JSON.parse(readFileSync(process.env.VECTORS, 'utf8'));
const vault = vectors.vault;
const kdf = { salt: 'AAECAwQFBgcICQoLDA0ODw', iterations: 600_000 };
const master = (fill) => new Uint8Array(32).fill(fill);
const failsWith = (why) => (failure) => failure instanceof CryptoFailed && failure.why === why;

test('derives the keys of the document', async () => {
  for (const vector of vectors.kdf) {
    const key = await deriveMaster(vector.password, vector);
    assert.equal(toHex(key), vector.master);
    assert.equal(await srpSecret(key), vector.srpSecret);
    assert.equal(toHex(await vaultWrappingKey(key)), vector.vaultKek);
  }
});

test('refuses fewer iterations than are safe', async () => {
  await assert.rejects(deriveMaster('password', { ...kdf, iterations: 1000 }));
  await assert.rejects(deriveMaster('', kdf));
});

test('computes the numbers of SRP', async () => {
  for (const vector of vectors.srp) {
    const key = fromHex(vector.master);
    const client = new SrpClient(BigInt('0x' + vector.a));
    assert.equal(await verifier(key, vector), vector.v, vector.note);
    assert.equal(client.publicValue, vector.A, vector.note);
    assert.equal(await client.prove(key, vector, vector.B), vector.M1, vector.note);
    await client.verifyServer(vector.M2);
  }
});

test('refuses a server that does not know the verifier, and public values of no use', async () => {
  const client = new SrpClient();
  await assert.rejects(client.verifyServer('0'));
  await assert.rejects(client.prove(master(1), kdf, '0'));
  await assert.rejects(client.prove(master(1), kdf, 'f'.repeat(768)));
  await client.prove(master(1), kdf, '5');
  await assert.rejects(client.verifyServer('5'));
});

test('opens what another program has made', async () => {
  const byPassword = await Vault.unlock(vault.owner, vault.keys, { master: fromHex(vault.master) });
  const byCode = await Vault.unlock(vault.owner, vault.keys, { code: await parseRecoveryCode(vault.recoveryCode) });
  const recipient = await Vault.unlock(vault.recipient, vault.recipientKeys, { master: fromHex(vault.recipientMaster) });
  assert.deepEqual(await byPassword.open(vault.entry), vault.text);
  assert.deepEqual(await byCode.open(vault.entry), vault.text);
  assert.deepEqual(await recipient.openShared(vault.shared), vault.text);
  await byPassword.mustBeApproved(recipient.owner, recipient.publicKey, vault.approval);
  await assert.rejects(byPassword.mustBeApproved(recipient.owner, byCode.publicKey, vault.approval), failsWith('tampered'));
});

test('prints and reads recovery codes and fingerprints', async () => {
  for (const vector of vectors.recovery) {
    assert.equal((await freshRecoveryCode(fromHex(vector.secret))).text, vector.code);
    const read = await parseRecoveryCode(` ${vector.code.toLowerCase().replaceAll('-', ' ')} `);
    assert.equal(toHex(read.secret), vector.secret);
  }
  await assert.rejects(parseRecoveryCode(vectors.recovery[0].code.replace(/^./, (c) => (c === '7' ? '8' : '7'))), failsWith('wrong-secret'));
  assert.equal(await fingerprint(vectors.fingerprint.publicKey), vectors.fingerprint.fingerprint);
});

test('notices exchanged, old and changed entries', async () => {
  const code = await freshRecoveryCode();
  const keys = await createKeys('ada', master(1), kdf, code);
  const ada = await Vault.unlock('ada', keys, { master: master(1) });
  const one = await ada.seal({ title: 'one', tags: [] });
  const two = await ada.seal({ title: 'two', tags: [] });
  const next = await ada.change(one, { title: 'next', tags: [] });
  assert.equal((await ada.open(next)).title, 'next');
  await assert.rejects(ada.open({ ...one, dataKey: two.dataKey, ciphertext: two.ciphertext }), failsWith('tampered'));
  await assert.rejects(ada.open({ ...next, ciphertext: one.ciphertext }), failsWith('tampered'));
  await assert.rejects(ada.open({ ...one, ciphertext: one.ciphertext.slice(0, -2) + 'AA' }), failsWith('tampered'));
  await assert.rejects(Vault.unlock('ada', keys, { master: master(2) }), failsWith('wrong-secret'));
  await assert.rejects(Vault.unlock('eve', keys, { master: master(1) }), failsWith('wrong-secret'));
});

test('a new password and a new code take the place of the old', async () => {
  const code = await freshRecoveryCode();
  const keys = await createKeys('ada', master(1), kdf, code);
  const entry = await (await Vault.unlock('ada', keys, { code })).seal({ title: 'kept', tags: [] });
  const other = await freshRecoveryCode();
  const changed = await withRecovery('ada', await withPassword('ada', keys, { code }, master(2), kdf), { master: master(2) }, other);
  assert.equal(changed.version, 3);
  assert.equal((await (await Vault.unlock('ada', changed, { master: master(2) })).open(entry)).title, 'kept');
  assert.equal((await (await Vault.unlock('ada', changed, { code: other })).open(entry)).title, 'kept');
  await assert.rejects(Vault.unlock('ada', changed, { master: master(1) }), failsWith('wrong-secret'));
  await assert.rejects(Vault.unlock('ada', changed, { code }), failsWith('wrong-secret'));
});

test('only the recipient opens a share, and a new key closes it', async () => {
  const code = await freshRecoveryCode();
  const make = async (owner, fill) => Vault.unlock(owner, await createKeys(owner, master(fill), kdf, code), { code });
  const [ada, bob, eve] = [await make('ada', 1), await make('bob', 2), await make('eve', 3)];
  const entry = await ada.seal({ title: 'shared', tags: [] });
  const share = await ada.share(entry, 'bob', bob.publicKey);
  const seen = (of) => ({ ...share, ...of, approval: null, entryId: of.id, owner: 'ada', ownerKey: ada.publicKey, keyVersion: share.keyVersion });
  assert.equal((await bob.openShared(seen(entry))).title, 'shared');
  assert.equal((await bob.openShared(seen(await ada.change(entry, { title: 'newer' })))).title, 'newer');
  await assert.rejects(eve.openShared(seen(entry)), failsWith('tampered'));
  await assert.rejects(bob.openShared({ ...seen(entry), ownerKey: eve.publicKey }), failsWith('tampered'));
  await assert.rejects(bob.openShared(seen(await ada.rekey(entry, { title: 'closed' }))), failsWith('tampered'));
});
