import { call, loggedIn, next, onSubmit } from './session.js';

const form = document.getElementById('login');
onSubmit(form, async ({ email, password, zero }, say) => {
  try {
    if (zero) {
      const { login } = await import('./srp.js');
      loggedIn(await login(email, password, call));
    } else {
      loggedIn(await call('/api/auth/login', { method: 'POST', body: { email, password, cookie: true } }));
    }
  } catch (problem) {
    if (problem.type === 'email-not-verified') {
      say('Confirm your mail address first: we have sent you a link.', 'error');
      return;
    }
    throw problem;
  }
  form.reset();
  location.assign(next());
});
fetch('/api/auth/github/status').then((answer) => { document.getElementById('github').hidden = !answer.ok; }, () => {});
