import { call, onSubmit } from './session.js';

const form = document.getElementById('register');
onSubmit(form, async ({ email, password, name, zero }, say) => {
  const secret = zero ? { srp: await (await import('./srp.js')).newParameters(password) } : { password };
  await call('/api/auth/register', { method: 'POST', body: { email, name, ...secret } });
  form.reset();
  say('We have sent a mail to this address. Follow the link in it to finish.', 'good');
});
