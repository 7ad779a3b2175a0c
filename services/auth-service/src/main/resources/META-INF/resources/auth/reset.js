import { chosenSecret, explainChoice, finished } from './choice.js';
import { call, onSubmit } from './session.js';

const token = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', location.pathname);
// The link of a mail, followed in the window that this page is open in.
window.addEventListener('hashchange', () => location.reload());
const ask = document.getElementById('ask');
const set = document.getElementById('set');
const done = document.getElementById('done');
ask.hidden = Boolean(token);
set.hidden = !token;
explainChoice(set);
onSubmit(ask, async ({ email }) => {
  await call('/api/auth/reset-password', { method: 'POST', body: { email } });
  finished(ask, done, `If there is an account of ${email}, a mail is on its way.`);
});
onSubmit(set, async (values) => {
  await call('/api/auth/reset-password/confirm', { method: 'POST', body: { token, ...(await chosenSecret(values)) } });
  finished(set, done, values.zero ? 'The password is set. Log in with it, and tick “Zero-knowledge”.' : 'The password is set. You can log in now.');
});
