// The second factor on the page of the account: switching it on, its recovery codes, switching it off.

import { api, onSubmit } from './session.js';

const PATH = '/api/auth/me/second-factor';
const byId = (id) => document.getElementById(id);

export async function showSecondFactor() {
  const { on, since, recoveryCodesLeft } = await api(PATH);
  byId('second-factor-state').textContent = on
    ? `On since ${new Date(since).toLocaleDateString([], { dateStyle: 'medium' })}: a login takes a code of your app, too. ${recoveryCodesLeft} recovery codes are left.`
    : 'Off: whoever has your password gets in. With it, a login takes a code of an app on your phone, too.';
  byId('second-factor-begin').hidden = on;
  byId('second-factor-change').hidden = !on;
  byId('second-factor-confirm').hidden = true;
  if (on) byId('second-factor-needed').hidden = true; // the next token has the role
}

async function showCodes({ recoveryCodes }) {
  byId('recovery-codes-list').replaceChildren(...recoveryCodes.map((code) => Object.assign(document.createElement('li'), { textContent: code })));
  await showSecondFactor();
  byId('recovery-codes').hidden = false;
  byId('recovery-codes').focus();
}

onSubmit(byId('second-factor-begin'), async (_, tell) => {
  const { secret, uri, svg } = await api(PATH, { method: 'POST' });
  tell('');
  byId('second-factor-qr').src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  byId('second-factor-secret').textContent = secret.replace(/.{4}(?!$)/g, '$& ');
  byId('second-factor-link').href = uri;
  byId('second-factor-begin').hidden = true;
  byId('second-factor-confirm').hidden = false;
  byId('second-factor-first').focus();
});

onSubmit(byId('second-factor-confirm'), async ({ code }, tell) => {
  const codes = await api(`${PATH}/confirm`, { method: 'POST', body: { code } });
  byId('second-factor-confirm').reset();
  byId('second-factor-qr').removeAttribute('src');
  byId('second-factor-secret').textContent = '';
  byId('second-factor-link').removeAttribute('href');
  tell('');
  await showCodes(codes);
});

onSubmit(byId('second-factor-change'), async ({ code }, tell, button) => {
  if (button?.value === 'off') {
    await api(`${PATH}/off`, { method: 'POST', body: { code } });
    byId('recovery-codes').hidden = true;
    await showSecondFactor();
  } else {
    await showCodes(await api(`${PATH}/recovery-codes`, { method: 'POST', body: { code } }));
  }
  byId('second-factor-change').reset();
  tell('');
});
