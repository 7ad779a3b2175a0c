import { call, onSubmit } from './session.js';

const form = document.getElementById('register');
onSubmit(form, async ({ email, password, name }, say) => {
  await call('/api/auth/register', { method: 'POST', body: { email, password, name } });
  form.reset();
  say('We have sent a mail to this address. Follow the link in it to finish.', 'good');
});
