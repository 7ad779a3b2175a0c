import { chosenSecret, explainChoice, finished } from './choice.js';
import { call, onSubmit } from './session.js';

const form = document.getElementById('register');
explainChoice(form);
onSubmit(form, async (values) => {
  const { email, name } = values;
  await call('/api/auth/register', { method: 'POST', body: { email, name, ...(await chosenSecret(values)) } });
  finished(form, document.getElementById('sent'), `We have sent a mail to ${email}. Follow the link in it to finish.`);
});
