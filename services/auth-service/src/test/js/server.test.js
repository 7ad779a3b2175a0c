// The page's modules against the running service, on a vault that the Java client has made; Java looks at it afterwards.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { login } from './auth/srp.js';
import { Memory, VaultClient, becomeZeroKnowledge, changeZeroKnowledgePassword } from './auth/vault-client.js';

const { BASE, EMAIL, PASSWORD, NEXT_PASSWORD, OTHER_EMAIL, OTHER_FINGERPRINT, ORDINARY_TOKEN, ORDINARY_EMAIL } = process.env;

let token = null;
async function call(path, { method = 'GET', body } = {}, bearer = token) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  const answer = await fetch(BASE + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : null;
  if (!answer.ok) throw Object.assign(new Error(json?.detail), { status: answer.status, type: json?.type?.split('/').pop() });
  return json;
}

function memory() {
  const kept = new Map();
  return new Memory({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) });
}

const client = new VaultClient(call, memory());
const titled = (list, title) => list.opened.find(({ text }) => text?.title === title);

test('a wrong password is refused', async () => {
  await assert.rejects(login(EMAIL, 'another password', call), (failure) => failure.status === 401 && failure.type === 'login-failed');
});

test('logs in, and opens what the command line has made', async () => {
  token = (await login(EMAIL, PASSWORD, call)).access_token;
  const vault = await client.unlock({ password: PASSWORD });
  const list = await client.list(vault);
  assert.deepEqual(titled(list, 'Made by Java').text, {
    title: 'Made by Java', tags: ['größe'], user: 'ada', secret: 's3cr€t', address: 'https://example.org', note: 'two\nlines',
  });
  await client.change(vault, titled(list, 'Made by Java'), { ...titled(list, 'Made by Java').text, note: 'changed by JavaScript' });
  await client.add(vault, { title: 'Made by JavaScript', tags: [], user: '', secret: 'π', address: '', note: '' });
});

test('notices an entry in the place of another, and one that is gone', async () => {
  const vault = await client.unlock({ password: PASSWORD });
  const exchanging = new VaultClient(async (path, options) => {
    const answer = await call(path, options);
    if (path.startsWith('/api/auth/vault/entries?')) {
      const [one, two] = answer.entries;
      answer.entries = [{ ...one, ciphertext: two.ciphertext }];
    }
    return answer;
  }, memory());
  const [broken] = (await exchanging.list(vault)).opened;
  assert.equal(broken.failure.why, 'tampered');

  const remembered = memory();
  await new VaultClient(call, remembered).list(vault);
  const hiding = new VaultClient(async (path, options) => ({ ...(await call(path, options)), entries: [] }), remembered);
  assert.equal((await hiding.list(vault)).missing.length, 2);
});

test('notices that an entry is older than it was', async () => {
  const vault = await client.unlock({ password: PASSWORD });
  const remembered = memory();
  const forgetful = new VaultClient(call, remembered);
  const { opened } = await forgetful.list(vault);
  opened.forEach(({ entry }) => remembered.seen(vault.owner, entry.id, entry.version + 1));
  assert.deepEqual((await forgetful.list(vault)).opened.map(({ failure }) => failure.why), ['rolled-back', 'rolled-back']);
});

test('reads what somebody shares from the command line, and shares in return', async () => {
  const vault = await client.unlock({ password: PASSWORD });
  const [offer] = await client.received();
  assert.equal(offer.email, OTHER_EMAIL);
  assert.equal(offer.fingerprint, OTHER_FINGERPRINT);
  await client.accept(vault, offer);
  const [accepted] = await client.received();
  assert.equal((await client.read(vault, accepted)).secret, 'from Java');
  await assert.rejects(client.read(vault, { ...accepted, ownerKey: vault.publicKey }), (failure) => failure.why === 'tampered');

  const entry = titled(await client.list(vault), 'Made by JavaScript');
  const person = await client.person(OTHER_EMAIL);
  assert.equal(person.fingerprint, OTHER_FINGERPRINT);
  await client.share(vault, entry, person);
  assert.equal((await client.given(entry)).length, 1);
});

test('changes the password together with the vault, and the code', async () => {
  await changeZeroKnowledgePassword(call, EMAIL, PASSWORD, NEXT_PASSWORD);
  await assert.rejects(login(EMAIL, PASSWORD, call), (failure) => failure.status === 401);
  await assert.rejects(client.unlock({ password: PASSWORD }), (failure) => failure.why === 'wrong-secret');
  token = (await login(EMAIL, NEXT_PASSWORD, call)).access_token;
  const code = await client.renewCode({ password: NEXT_PASSWORD });
  assert.equal((await client.list(await client.unlock({ code }))).opened.length, 2);
});

test('an ordinary account has a vault of its own passphrase, and becomes zero-knowledge', async () => {
  const api = (path, options) => call(path, options, ORDINARY_TOKEN);
  const ordinary = new VaultClient(api, memory());
  const { deriveMaster, freshKdf } = await import('./auth/master-key.js');
  const kdf = freshKdf();
  const { owner } = await ordinary.status();
  const { vault, code } = await ordinary.setUp(owner, await deriveMaster('a passphrase', kdf), kdf);
  const kept = await ordinary.add(vault, { title: 'Kept', tags: [] });

  const next = await becomeZeroKnowledge(api, NEXT_PASSWORD);
  await ordinary.adoptPassword({ password: 'a passphrase' }, next.master, next.kdf);
  assert.ok((await login(ORDINARY_EMAIL, NEXT_PASSWORD, call)).access_token);
  assert.equal((await ordinary.list(await ordinary.unlock({ password: NEXT_PASSWORD }))).opened[0].text.title, 'Kept');

  await ordinary.changePassword({ code }, 'another passphrase');
  const again = await ordinary.unlock({ password: 'another passphrase' });
  await ordinary.delete(again, kept);
  assert.equal((await ordinary.list(again)).opened.length, 0);
  await ordinary.deleteAll(owner);
  assert.equal((await ordinary.status()).keys, null);
});
