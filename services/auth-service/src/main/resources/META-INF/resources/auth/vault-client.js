// A vault on the server: everything is encrypted before it is sent and opened after it has come.

import { deriveMaster, freshKdf } from './master-key.js';
import { parameters, prove } from './srp.js';
import {
  CryptoFailed, Vault, createKeys, fingerprint, freshRecoveryCode, parseRecoveryCode, withPassword, withRecovery,
} from './vault-crypto.js';

const PATH = '/api/auth/vault';

/** What this browser has seen of a vault: ids and versions, which are no secret. */
export class Memory {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  #all(owner) {
    try {
      return JSON.parse(this.#storage.getItem(`devmentor.vault.${owner}`)) ?? {};
    } catch {
      return {};
    }
  }

  #keep(owner, all) {
    this.#storage.setItem(`devmentor.vault.${owner}`, JSON.stringify(all));
  }

  highest(owner, id) {
    return this.#all(owner)[id] ?? 0;
  }

  ids(owner) {
    return Object.keys(this.#all(owner));
  }

  seen(owner, id, version) {
    const all = this.#all(owner);
    if ((all[id] ?? 0) < version) this.#keep(owner, { ...all, [id]: version });
  }

  forget(owner, id) {
    const { [id]: _, ...rest } = this.#all(owner);
    this.#keep(owner, rest);
  }
}

export class VaultClient {
  #api;
  #memory;

  /** @param api (path, { method, body }) => JSON of the answer, as whoever is logged in */
  constructor(api, memory) {
    this.#api = api;
    this.#memory = memory;
  }

  status() {
    return this.#api(PATH);
  }

  /** Sets the vault up; shows nobody the code but the caller. */
  async setUp(owner, master, kdf) {
    const code = await freshRecoveryCode();
    const keys = await createKeys(owner, master, kdf, code);
    await this.#api(`${PATH}/keys`, { method: 'PUT', body: keys });
    return { vault: await Vault.unlock(owner, keys, { master }), code: code.text };
  }

  /** The way in that somebody has typed: a password, or a recovery code. */
  async way(keys, { password, code }) {
    if (code) return { code: await parseRecoveryCode(code) };
    return { master: await deriveMaster(password, keys.slots.find((slot) => slot.kind === 'password')) };
  }

  async unlock(typed) {
    const { owner, keys } = await this.status();
    return Vault.unlock(owner, keys, await this.way(keys, typed));
  }

  /** All entries; one that cannot be opened has a failure in the place of a text. */
  async list(vault) {
    const opened = [];
    let cursor = '';
    do {
      const page = await this.#api(`${PATH}/entries?limit=200${cursor}`);
      for (const entry of page.entries) opened.push(await this.#open(vault, entry));
      cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : '';
    } while (cursor);
    const there = new Set(opened.map(({ entry }) => entry.id));
    return { opened, missing: this.#memory.ids(vault.owner).filter((id) => !there.has(id)) };
  }

  async #open(vault, entry) {
    try {
      if (entry.version < this.#memory.highest(vault.owner, entry.id)) {
        throw new CryptoFailed('rolled-back', 'the server gave an older version of an entry than this browser has seen');
      }
      const text = await vault.open(entry);
      this.#memory.seen(vault.owner, entry.id, entry.version);
      return { entry, text };
    } catch (failure) {
      if (!(failure instanceof CryptoFailed)) throw failure;
      return { entry, failure };
    }
  }

  async add(vault, text) {
    return this.#store(vault, await vault.seal(text), text);
  }

  async change(vault, old, text) {
    return this.#store(vault, await vault.change(old.entry, text), text);
  }

  async #store(vault, entry, text, more = {}) {
    const { id, ...body } = entry;
    await this.#api(`${PATH}/entries/${id}`, { method: 'PUT', body: { ...body, ...more } });
    this.#memory.seen(vault.owner, id, entry.version);
    return { entry, text };
  }

  async delete(vault, { entry }) {
    await this.#api(`${PATH}/entries/${entry.id}?version=${entry.version}`, { method: 'DELETE' });
    this.#memory.forget(vault.owner, entry.id);
  }

  /** Entries that are gone and are known to be. */
  forget(vault, ids) {
    ids.forEach((id) => this.#memory.forget(vault.owner, id));
  }

  async person(email) {
    const found = await this.#api(`${PATH}/keys/${encodeURIComponent(email)}`);
    return { ...found, fingerprint: await fingerprint(found.publicKey) };
  }

  /** Only for somebody whose fingerprint was compared. */
  async share(vault, { entry }, person) {
    const body = await vault.share(entry, person.account, person.publicKey);
    await this.#api(`${PATH}/entries/${entry.id}/shares/${encodeURIComponent(person.account)}`, { method: 'PUT', body });
  }

  async given({ entry }) {
    return (await this.#api(`${PATH}/entries/${entry.id}/shares`)).shares;
  }

  /** Takes a share back: the entry gets a new data key, which all others get that it is shared with. */
  async revoke(vault, opened, recipient) {
    const rekeyed = await vault.rekey(opened.entry, opened.text);
    const shares = [];
    for (const given of await this.given(opened)) {
      if (given.recipient !== recipient) {
        await vault.mustBeApproved(given.recipient, given.recipientKey, given.approval);
        shares.push(await vault.share(rekeyed, given.recipient, given.recipientKey));
      }
    }
    return this.#store(vault, rekeyed, opened.text, { shares });
  }

  async received() {
    const all = [];
    let cursor = '';
    do {
      const page = await this.#api(`${PATH}/shares?limit=200${cursor}`);
      for (const share of page.shares) all.push({ ...share, fingerprint: await fingerprint(share.ownerKey) });
      cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : '';
    } while (cursor);
    return all;
  }

  async read(vault, share) {
    const shared = await this.#api(`${PATH}/shares/${share.id}`);
    if (shared.owner !== share.owner || shared.ownerKey !== share.ownerKey) {
      throw new CryptoFailed('tampered', 'the server gave another share');
    }
    if (share.accepted) await vault.mustBeApproved(shared.owner, shared.ownerKey, shared.approval);
    if (shared.version < this.#memory.highest(`${vault.owner} from ${shared.owner}`, shared.entryId)) {
      throw new CryptoFailed('rolled-back', 'the server gave an older version of an entry than this browser has seen');
    }
    const text = await vault.openShared(shared);
    this.#memory.seen(`${vault.owner} from ${shared.owner}`, shared.entryId, shared.version);
    return text;
  }

  async accept(vault, share) {
    const approval = await vault.approval(share.owner, share.ownerKey);
    await this.#api(`${PATH}/shares/${share.id}/accept`, { method: 'POST', body: { approval } });
  }

  async leave(share) {
    await this.#api(`${PATH}/shares/${share.id}`, { method: 'DELETE' });
  }

  /** Another password for the vault alone. */
  async changePassword(typed, next) {
    const { owner, keys } = await this.status();
    const kdf = freshKdf();
    const rewrapped = await withPassword(owner, keys, await this.way(keys, typed), await deriveMaster(next, kdf), kdf);
    await this.#api(`${PATH}/keys`, { method: 'PUT', body: rewrapped });
  }

  /** Wraps the vault key for a password that the account has already, with its own salt. */
  async adoptPassword(typed, master, kdf) {
    const { owner, keys } = await this.status();
    await this.#api(`${PATH}/keys`, { method: 'PUT', body: await withPassword(owner, keys, await this.way(keys, typed), master, kdf) });
  }

  /** Another recovery code; the old one opens nothing from then on. */
  async renewCode(typed) {
    const { owner, keys } = await this.status();
    const code = await freshRecoveryCode();
    await this.#api(`${PATH}/keys`, { method: 'PUT', body: await withRecovery(owner, keys, await this.way(keys, typed), code) });
    return code.text;
  }

  async deleteAll(owner) {
    await this.#api(PATH, { method: 'DELETE' });
    this.forget({ owner }, this.#memory.ids(owner));
  }
}

/** Makes the account of who is logged in one whose password the server never sees. */
export async function becomeZeroKnowledge(api, password) {
  const kdf = freshKdf();
  const master = await deriveMaster(password, kdf);
  await api('/api/auth/srp/register', { method: 'POST', body: await parameters(master, kdf) });
  return { master, kdf };
}

/** Changes a zero-knowledge password, and the vault's with it if that is the same one. */
export async function changeZeroKnowledgePassword(api, email, old, next) {
  const { owner, keys } = await api(PATH);
  const kdf = freshKdf();
  const master = await deriveMaster(next, kdf);
  const more = { new: await parameters(master, kdf) };
  const { salt } = await api('/api/auth/srp');
  const slot = keys?.slots.find((one) => one.kind === 'password');
  if (slot && slot.salt === salt) more.keys = await withPassword(owner, keys, { master: await deriveMaster(old, slot) }, master, kdf);
  await prove(email, old, api, '/api/auth/srp/password', more);
}
