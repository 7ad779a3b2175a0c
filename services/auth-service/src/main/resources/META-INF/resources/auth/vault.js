// The vault's page: shows what vault-client.js has opened. Keys and texts are in this page's memory alone, and gone when it is locked or closed.

import { api, call, loggedIn, onSubmit, say, toLogin } from './session.js';
import { prove } from './srp.js';
import { Memory, VaultClient, becomeZeroKnowledge, changeZeroKnowledgePassword } from './vault-client.js';
import { CryptoFailed, fingerprint } from './vault-crypto.js';

const IDLE_MILLIS = 10 * 60 * 1000;

const byId = (id) => document.getElementById(id);
const notice = byId('notice');
const client = new VaultClient(api, new Memory(localStorage));
let me;
let zeroKnowledge;
let vault = null;
let opened = [];
let current = null;
let idle;

function element(name, text = '', properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, properties);
}

function button(text, label, action, kind = 'secondary') {
  const made = element('button', text, { type: 'button', className: kind });
  made.setAttribute('aria-label', label);
  made.addEventListener('click', () => guarded(action));
  return made;
}

const WORDS = {
  'wrong-secret': 'This does not open the vault. Nothing was sent to the server.',
  tampered: 'The server gave something else than what was stored. Don\'t use it, and tell an operator.',
  'rolled-back': 'The server gave an older state than this browser has seen. Don\'t use it, and tell an operator.',
  unreadable: 'This page cannot read it.',
};

function explained(failure) {
  if (failure instanceof CryptoFailed) {
    const words = failure.message.includes('recovery code') ? 'This is not a recovery code. Look for a misread letter.' : WORDS[failure.why];
    return Object.assign(new Error(words), { why: failure.why });
  }
  if (failure.type === 'version-conflict') return new Error('It was changed on another device meanwhile. Load it again, then make your change.');
  if (failure.type === 'login-not-recent') return new Error('This needs a fresh login: log out, log in, and do it within ten minutes.');
  return failure;
}

/** A form whose failures are told in a person's words. */
function form(id, action) {
  onSubmit(byId(id), async (values, tell, submitter) => {
    try {
      await action(values, tell, submitter);
    } catch (failure) {
      throw explained(failure);
    }
  });
}

async function guarded(action) {
  try {
    say(notice, '');
    await action();
  } catch (failure) {
    say(notice, explained(failure).message, 'error');
    notice.scrollIntoView({ block: 'nearest' });
  }
}

function same(next, again) {
  if (next !== again) throw new Error('The two are not the same.');
}

// What is shown

function show(section) {
  for (const id of ['setup', 'locked', 'open']) byId(id).hidden = id !== section;
  byId(section).querySelector('input, button')?.focus();
}

function describe() {
  const word = zeroKnowledge ? 'password' : 'passphrase';
  document.querySelectorAll('[data-password]').forEach((place) => { place.textContent = word; });
  document.querySelectorAll('[data-not-zk]').forEach((part) => { part.hidden = zeroKnowledge; });
  document.querySelector('[data-zk-label]').textContent = zeroKnowledge
    ? 'Your password, which opens the vault as well' : 'A passphrase for the vault, another one than your password';
  document.querySelector('[data-recover-label]').textContent = zeroKnowledge ? 'Your present password' : 'New passphrase';
}

async function begin() {
  me = await api('/api/auth/me');
  zeroKnowledge = (await api('/api/auth/srp')).enabled;
  describe();
  const { keys } = await client.status();
  show(keys ? 'locked' : 'setup');
}

async function enter(unlocked) {
  vault = unlocked;
  byId('my-fingerprint').textContent = await fingerprint(vault.publicKey);
  await load();
  show('open');
  stayAwake();
}

function lock(message = '') {
  vault = null;
  opened = [];
  current = null;
  document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
  document.querySelectorAll('form').forEach((one) => one.reset());
  byId('entries').replaceChildren();
  byId('received').replaceChildren();
  byId('shared-text').replaceChildren();
  byId('code-text').textContent = '';
  clearTimeout(idle);
  show('locked');
  say(notice, message);
}

function stayAwake() {
  clearTimeout(idle);
  if (vault) idle = setTimeout(() => lock('Locked after ten minutes without use.'), IDLE_MILLIS);
}

async function load() {
  const list = await client.list(vault);
  opened = list.opened;
  const missing = byId('missing');
  missing.replaceChildren();
  missing.hidden = list.missing.length === 0;
  if (list.missing.length) {
    missing.append(`${list.missing.length} of the entries that this browser has seen are not there any more. If you have deleted them on another device, all is well; if not, tell an operator. `);
    missing.append(button('I have deleted them', 'I have deleted the missing entries', () => {
      client.forget(vault, list.missing);
      missing.hidden = true;
    }));
  }
  showEntries();
  await showReceived();
}

function showEntries() {
  const wanted = byId('search').value.trim().toLowerCase();
  const matches = ({ text }) => !text || !wanted
    || [text.title, text.user, text.address, text.note, ...(text.tags ?? [])].some((part) => String(part ?? '').toLowerCase().includes(wanted));
  const shown = opened.filter(matches).sort((a, b) => (a.text?.title ?? '').localeCompare(b.text?.title ?? ''));
  byId('entries').replaceChildren(...shown.map(row));
  byId('none').hidden = shown.length > 0;
}

function row(one) {
  const item = element('li');
  const line = element('div', '', { className: 'row' });
  const words = element('div', '', { className: 'grow' });
  if (one.failure) {
    words.append(element('p', explained(one.failure).message, { className: 'notice error' }));
    line.append(words);
    item.append(line);
    return item;
  }
  const { title, user, tags } = one.text;
  words.append(element('h3', title));
  if (user) words.append(element('p', user, { className: 'hint' }));
  for (const tag of tags ?? []) words.append(element('span', tag, { className: 'tag' }));
  const actions = element('div');
  actions.append(
    button('Copy', `Copy the secret of ${title}`, async () => {
      await navigator.clipboard.writeText(one.text.secret ?? '');
      say(notice, 'Copied. Other programs can read the clipboard: paste it soon, then copy something else.', 'good');
    }),
    button('Open', `Open ${title}`, () => edit(one)),
    button('Share', `Share ${title}`, () => openShare(one)));
  line.append(words, actions);
  item.append(line);
  return item;
}

async function showReceived() {
  const shares = await client.received();
  byId('received-none').hidden = shares.length > 0;
  byId('received').replaceChildren(...shares.map(receivedRow));
}

function receivedRow(share) {
  const item = element('li');
  const who = share.name ? `${share.name} (${share.email})` : share.email;
  item.append(element('h3', share.accepted ? `From ${who}` : `${who} wants to share an entry with you`));
  if (share.accepted) {
    item.append(button('Read', `Read what ${who} shares`, async () => showShared(await client.read(vault, share), who), ''));
  } else {
    item.append(
      element('p', 'Their fingerprint. Accept only if it is the one that they tell you by another way:'),
      element('p', share.fingerprint, { className: 'code' }),
      button('It is theirs: accept', `Accept what ${who} shares`, async () => {
        await client.accept(vault, share);
        await showReceived();
      }, ''));
  }
  item.append(button(share.accepted ? 'Drop' : 'Decline', `Drop what ${who} shares`, async () => {
    await client.leave(share);
    await showReceived();
  }));
  return item;
}

function showShared(text, who) {
  const list = byId('shared-text');
  list.replaceChildren();
  const lines = [['From', who], ['Title', text.title], ['User name', text.user], ['Secret', text.secret], ['Address', text.address],
    ['Tags', (text.tags ?? []).join(', ')], ['Note', text.note]];
  for (const [term, words] of lines) if (words) list.append(element('dt', term), element('dd', words));
  byId('shared').showModal();
}

/** Shows a code until the person says that it is on paper. */
function showCode(text) {
  byId('code-text').textContent = text;
  byId('code-kept-form').reset();
  byId('code').showModal();
  return new Promise((resolve) => {
    byId('code').addEventListener('close', () => {
      byId('code-text').textContent = '';
      resolve();
    }, { once: true });
  });
}

// Entries

const FIELDS = ['title', 'user', 'secret', 'address', 'note'];

/** What a field shows of a text. */
const oneLine = (text = '') => text.replace(/[\r\n]/g, '');

function edit(one) {
  current = one;
  const entry = byId('entry-form');
  entry.reset();
  byId('entry-secret').type = 'password';
  if (one) {
    for (const field of FIELDS) entry.elements[field].value = one.text[field] ?? '';
    // A field of one line takes the line breaks out of a key that the command line has put here.
    entry.elements.secret.title = /\n/.test(one.text.secret ?? '') ? 'It has several lines: copy it, or change it at the command line.' : '';
    entry.elements.tags.value = (one.text.tags ?? []).join(', ');
  }
  byId('entry-delete').hidden = !one;
  byId('entry-title').textContent = one ? one.text.title : 'New entry';
  byId('entry').showModal();
}

form('entry-form', async (values, tell) => {
  const text = { ...(current?.text ?? {}) };
  for (const field of FIELDS) {
    // What nobody has changed stays as it is, with its line breaks.
    if (field === 'note' || oneLine(text[field]) !== values[field]) text[field] = values[field];
  }
  text.tags = values.tags.split(',').map((tag) => tag.trim()).filter(Boolean);
  const saved = current ? await client.change(vault, current, text) : await client.add(vault, text);
  opened = [...opened.filter(({ entry }) => entry.id !== saved.entry.id), saved];
  current = saved;
  showEntries();
  tell('');
  byId('entry').close();
});

byId('entry-show').addEventListener('change', (event) => { byId('entry-secret').type = event.target.checked ? 'text' : 'password'; });
byId('entry-delete').addEventListener('click', () => guarded(async () => {
  byId('entry').close();
  if (!window.confirm(`Delete “${current.text.title}”? It cannot be undone.`)) return;
  await client.delete(vault, current);
  opened = opened.filter(({ entry }) => entry.id !== current.entry.id);
  showEntries();
}));

// Sharing

let found = null;

async function openShare(one) {
  current = one;
  byId('share-title').textContent = `Share “${one.text.title}”`;
  byId('share-form').hidden = true;
  byId('find-form').reset();
  await showGiven();
  byId('share').showModal();
}

async function showGiven() {
  const given = await client.given(current);
  byId('given').replaceChildren(...given.map((share) => {
    const item = element('li');
    const line = element('div', '', { className: 'row' });
    line.append(element('span', `${share.email}${share.accepted ? '' : ' (not accepted yet)'}`, { className: 'grow' }), button(
      'Take back', `Take the share of ${share.email} back`, async () => {
        const rekeyed = await client.revoke(vault, current, share.recipient);
        opened = [...opened.filter(({ entry }) => entry.id !== rekeyed.entry.id), rekeyed];
        current = rekeyed;
        showEntries();
        await showGiven();
      }));
    item.append(line);
    return item;
  }));
}

form('find-form', async ({ email }, tell) => {
  found = await client.person(email);
  byId('share-who').textContent = email;
  byId('share-fingerprint').textContent = found.fingerprint;
  byId('share-form').reset();
  byId('share-form').hidden = false;
  tell('');
});

form('share-form', async (_, tell) => {
  await client.share(vault, current, found);
  byId('share-form').hidden = true;
  await showGiven();
  tell('');
});

// Keys

/** Proves the account's password, which is a fresh login as well. */
async function proven(password) {
  const { answer, master, kdf } = await prove(me.email, password, call, '/api/auth/srp/proof', { cookie: true });
  loggedIn(answer);
  return { master, kdf };
}

form('setup-form', async ({ password, again }, tell) => {
  const { owner } = await client.status();
  let made;
  if (zeroKnowledge) {
    const { master, kdf } = await proven(password);
    made = await client.setUp(owner, master, kdf);
  } else {
    same(password, again);
    const { deriveMaster, freshKdf } = await import('./master-key.js');
    const kdf = freshKdf();
    made = await client.setUp(owner, await deriveMaster(password, kdf), kdf);
  }
  byId('setup-form').reset();
  tell('');
  await showCode(made.code);
  await enter(made.vault);
});

form('unlock-form', async ({ password }, tell) => {
  const unlocked = await client.unlock({ password });
  byId('unlock-form').reset();
  tell('');
  await enter(unlocked);
});

form('recover-form', async ({ code, password }, tell) => {
  if (zeroKnowledge) {
    const { master, kdf } = await proven(password);
    await client.adoptPassword({ code }, master, kdf);
  } else {
    await client.changePassword({ code }, password);
  }
  const unlocked = await client.unlock({ password });
  byId('recover-form').reset();
  tell('');
  await enter(unlocked);
  say(notice, 'The vault is open. Your recovery code is still good; make a new one if somebody may have seen it.', 'good');
});

form('code-form', async ({ password }, tell) => {
  if (zeroKnowledge) await proven(password);
  const text = await client.renewCode({ password });
  byId('code-form').reset();
  tell('');
  await showCode(text);
});

form('change-form', async ({ old, next, again }, tell) => {
  same(next, again);
  if (zeroKnowledge) await changeZeroKnowledgePassword(api, me.email, old, next);
  else await client.changePassword({ password: old }, next);
  byId('change-form').reset();
  tell('Changed.', 'good');
});

form('zero-form', async ({ old, next, again }, tell) => {
  same(next, again);
  await client.unlock({ password: old });
  const { master, kdf } = await becomeZeroKnowledge(api, next);
  await client.adoptPassword({ password: old }, master, kdf);
  zeroKnowledge = true;
  describe();
  byId('zero-form').reset();
  tell('');
  say(notice, 'From now on the server never sees your password. Tick “zero-knowledge” when you log in.', 'good');
});

for (const id of ['delete-form', 'delete-locked-form']) {
  form(id, async (_, tell) => {
    const { owner } = await client.status();
    await client.deleteAll(owner);
    vault = null;
    tell('');
    byId(id).reset();
    show('setup');
    say(notice, 'The vault is deleted.');
  });
}

// The rest

byId('add').addEventListener('click', () => edit(null));
byId('lock').addEventListener('click', () => lock());
byId('search').addEventListener('input', showEntries);
byId('code').addEventListener('cancel', (event) => event.preventDefault());
byId('code-print').addEventListener('click', () => window.print());
document.querySelectorAll('[data-close]').forEach((close) => close.addEventListener('click', () => close.closest('dialog').close()));
for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, stayAwake, { passive: true });
window.addEventListener('pagehide', () => { if (vault) lock(); });

begin().catch((failure) => (failure.status === 401 ? toLogin() : say(notice, failure.message, 'error')));
