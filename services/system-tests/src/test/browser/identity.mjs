// A person's way through the pages of the auth service, by the gateway: from the registration to the erasure.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { until } from './browser.mjs';

const PASSWORD = 'violet orbit lamp seven';
const NEXT_PASSWORD = 'eight purple tables sing';

/** Runs the command line of the platform; `typed` is its standard input. */
function devmentor(typed, ...args) {
  let said = '';
  const done = new Promise((resolve) => {
    const child = execFile(process.env.DEVMENTOR, args, { env: process.env }, (failure) => resolve({ code: failure ? failure.code : 0, said }));
    child.stdout.on('data', (text) => { said += text; });
    child.stderr.on('data', (text) => { said += text; });
    child.stdin.end(typed);
  });
  return { done, said: () => said };
}

/** What an authenticator app shows now (RFC 6238). */
function totp(base32) {
  const bits = [...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function succeeds(typed, ...args) {
  const { code, said } = await devmentor(typed, ...args).done;
  assert.equal(code, 0, `devmentor ${args.join(' ')}: ${said}`);
  return said;
}

export default async function journey({ base, page }) {
  const email = `ada-${randomBytes(6).toString('hex')}@example.org`;
  const link = async (word) => until(`a mail with ${word}`, async () => {
    const { messages } = await (await fetch(`${base}/auth/mailbox/messages?to=${encodeURIComponent(email)}`)).json();
    const found = messages.map(({ text }) => text.match(/https?:\S+/)?.[0]).find((address) => address?.includes(word));
    return found && base + found.replace(/^https?:\/\/[^/]+/, '');
  });

  // Registers, and cannot log in before the address is confirmed.
  await page.open(`${base}/auth/register`);
  await page.type('#name', 'Ada');
  await page.type('#email', email);
  await page.type('#password', PASSWORD);
  await page.type('#again', PASSWORD);
  await page.click('#register button[type=submit]');
  assert.match(await page.see('#sent'), /sent a mail/);
  await page.open(`${base}/auth/login`);
  await page.type('#email', email);
  await page.type('#password', PASSWORD);
  await page.click('#login button[type=submit]');
  assert.match(await page.see('.notice.error'), /Confirm your mail address first/);
  await page.open(await link('/auth/verify#'));
  await page.click('#verify button');
  assert.match(await page.see('.notice.good'), /confirmed/);

  // The command line asks to be let in; the page asks who is there first.
  const login = devmentor('', 'login');
  const address = await until('the address of the code', () => login.said().match(/open\s+(\S+)/)?.[1]);
  await page.open(base + address.replace(/^https?:\/\/[^/]+/, ''));
  await page.arrive('/auth/login');
  await page.type('#email', email);
  await page.type('#password', PASSWORD);
  await page.click('#login button[type=submit]');
  await page.arrive('/auth/device');
  await page.click('#find button');
  assert.equal(await page.see('#who'), email);
  await page.click('#decide button[value=yes]');
  assert.match(await page.see('#decide .notice.good'), /let in/);
  assert.match((await login.done).said, new RegExp(`logged in as ${email}`));

  // A vault that the browser makes, the command line opens, and the other way round.
  await page.open(`${base}/auth/vault`);
  await page.type('#setup-password', `${PASSWORD} vault`);
  await page.type('#setup-again', `${PASSWORD} vault`);
  await page.click('#setup-form button[type=submit]');
  const code = await page.see('#code-text');
  await page.click('#code-kept-form input');
  await page.click('#code-kept-form button');
  await page.click('#add');
  await page.type('#entry-name', 'Router');
  await page.type('#entry-secret', 'from the browser');
  await page.click('#entry-form button[type=submit]');
  await page.see('#entries [aria-label="Open Router"]');
  const passphrase = `${PASSWORD} vault\n`;
  assert.equal(await succeeds(passphrase, 'vault', 'get', 'router', '--field', 'secret', '--passphrase-stdin'), 'from the browser\n');
  await succeeds(`${passphrase}from the terminal\n`, 'vault', 'put', 'Key', '--passphrase-stdin');
  await page.click('#lock');
  await page.type('#unlock-password', `${PASSWORD} vault`);
  await page.click('#unlock-form button[type=submit]');
  await page.click('#entries [aria-label="Open Key"]');
  await page.click('#entry-show');
  assert.equal(await page.run(() => document.getElementById('entry-secret').value), 'from the terminal');

  // Everything about them in a file.
  await page.open(`${base}/auth/account`);
  await page.click('#export button');
  assert.match(await page.see('#export .notice.good'), /Everything is in the file/);
  await until('the file is here', () => page.downloads.length === 1);

  // A second factor: shown once, asked for at the next login, where a recovery code is as good; another switches it off.
  await page.click('#second-factor-begin button');
  const secret = (await page.see('#second-factor-secret')).replaceAll(' ', '');
  assert.ok(await page.run(() => document.getElementById('second-factor-qr').naturalWidth > 0));
  await page.type('#second-factor-first', totp(secret));
  await page.click('#second-factor-confirm button');
  await page.see('#recovery-codes');
  const recovery = await page.run(() => [...document.querySelectorAll('#recovery-codes-list li')].map((item) => item.textContent));
  assert.equal(recovery.length, 10);
  await page.click('#logout button');
  await page.arrive('/auth/login');
  await page.type('#email', email);
  await page.type('#password', PASSWORD);
  await page.click('#login .password button');
  assert.equal(await page.run(() => document.getElementById('password').type), 'text');
  await page.click('#login button[type=submit]');
  await page.see('#code');
  await page.type('#code', '00000');
  await page.click('#login button[type=submit]');
  assert.match(await page.see('.notice.error'), /wrong/);
  await page.type('#code', recovery[0]);
  await page.click('#login button[type=submit]');
  await page.arrive('/auth/account');
  assert.match(await page.see('#second-factor-state'), /9 recovery codes are left/);
  await page.type('#second-factor-code', recovery[1]);
  await page.click('#second-factor-change button[value=off]');
  await until('it is off', async () => /^Off/.test(await page.see('#second-factor-state')));

  // A mail gives the account a password that the server never sees; the vault opens by its code alone, then by that password.
  await page.click('#logout button');
  await page.arrive('/auth/login');
  await page.open(`${base}/auth/reset`);
  await page.type('#email', email);
  await page.click('#ask button');
  await page.open(await link('/auth/reset#'));
  await page.type('#password', NEXT_PASSWORD);
  await page.type('#again', NEXT_PASSWORD);
  await page.click('#zero');
  assert.match(await page.see('[data-zero]'), /lost for good/);
  await page.click('#set button[type=submit]');
  await page.see('#done');
  await page.open(`${base}/auth/login?next=/auth/vault`);
  await page.type('#email', email);
  await page.type('#password', NEXT_PASSWORD);
  await page.click('#zero');
  await page.click('#login button[type=submit]');
  await page.arrive('/auth/vault');
  await page.type('#unlock-password', NEXT_PASSWORD);
  await page.click('#unlock-form button[type=submit]');
  assert.match(await page.see('#unlock-form .notice.error'), /does not open the vault/);
  await succeeds(`${NEXT_PASSWORD}\n`, 'login', '--email', email, '--zero-knowledge', '--password-stdin');
  await succeeds(`${code}\n${NEXT_PASSWORD}\n`, 'vault', 'recover', '--passphrase-stdin');
  await page.type('#unlock-password', NEXT_PASSWORD);
  await page.click('#unlock-form button[type=submit]');
  await page.see('#entries [aria-label="Open Key"]');

  // The portal calls with the login of these pages.
  await page.open(`${base}/portal#keys`);
  await page.click('#token-login');
  await until('the portal has a token', async () => /go out with your token/.test(await page.see('#token-state')));

  // Is forgotten everywhere, and gets in no more.
  await page.open(`${base}/auth/account`);
  await page.type('#confirm', email);
  await page.click('#erase button');
  assert.match(await page.see('#erasing-state.good'), /Every service has deleted/);
  await page.open(`${base}/auth/login`);
  await page.type('#email', email);
  await page.type('#password', NEXT_PASSWORD);
  await page.click('#login button[type=submit]');
  assert.match(await page.see('.notice.error'), /wrong/);
}
