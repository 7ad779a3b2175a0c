import { call, onSubmit } from './session.js';

const token = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', location.pathname);
document.getElementById('ask').hidden = Boolean(token);
document.getElementById('set').hidden = !token;
onSubmit(document.getElementById('ask'), async ({ email }, say) => {
  await call('/api/auth/reset-password', { method: 'POST', body: { email } });
  say('If there is an account of this address, a mail is on its way.', 'good');
});
onSubmit(document.getElementById('set'), async ({ password, zero }, say) => {
  const secret = zero ? { srp: await (await import('./srp.js')).newParameters(password) } : { password };
  await call('/api/auth/reset-password/confirm', { method: 'POST', body: { token, ...secret } });
  document.getElementById('set').reset();
  say('The password is set. You can log in now.', 'good');
});
