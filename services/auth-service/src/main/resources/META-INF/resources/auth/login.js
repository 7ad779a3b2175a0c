import { call, loggedIn, next, onSubmit, say } from './session.js';
import { login } from './srp.js';

// Whether the last login of this browser was one without showing the password: who forgets the tick would show it.
const REMEMBERED = 'devmentor.zero-knowledge';

const form = document.getElementById('login');
form.elements.zero.checked = localStorage.getItem(REMEMBERED) === 'yes';

const asked = new URLSearchParams(location.search);
// Back from GitHub: a cookie says who it is, the code is still to be shown.
const first = asked.get('second-factor') !== 'github';

async function tokens({ email, password, zero, code }) {
  const more = code ? { code } : {};
  try {
    if (!first) return await call('/api/auth/github/second-factor', { method: 'POST', body: more });
    if (zero) return await login(email, password, call, more);
    return await call('/api/auth/login', { method: 'POST', body: { email, password, cookie: true, ...more } });
  } catch (problem) {
    // Never tried the other way: that would send the server the password that it must not see.
    if (problem.type !== 'login-failed' || !first) throw problem;
    const otherwise = zero ? 'the account has an ordinary password: then take the tick away' : 'the account is zero-knowledge: then tick that';
    throw Object.assign(new Error(`Mail address or password is wrong, or ${otherwise}.`), { retryAfter: problem.retryAfter });
  }
}

function askForCode() {
  const second = document.getElementById('second');
  second.hidden = false;
  second.disabled = false;
  form.elements.code.focus();
}

onSubmit(form, async (values, tell) => {
  try {
    loggedIn(await tokens(values));
  } catch (problem) {
    if (problem.type === 'second-factor-required') {
      askForCode();
      tell('Now the code of your app.');
      return;
    }
    if (problem.type === 'wrong-second-factor') form.elements.code.select();
    if (problem.type !== 'email-not-verified') throw problem;
    tell('Confirm your mail address first: we have sent you a link.', 'error');
    return;
  }
  if (first) {
    localStorage.setItem(REMEMBERED, values.zero ? 'yes' : 'no');
  }
  form.reset();
  location.assign(next());
});

const GITHUB = {
  'github-state': 'The login with GitHub took too long, or began in another window. Try it again.',
  'github-denied': 'GitHub says that you have not agreed.',
  'github-refused': 'GitHub did not accept the login. Try it again.',
  'github-unavailable': 'GitHub cannot be reached. Try it later, or log in with your password.',
  'github-email': 'Your GitHub account has no confirmed mail address, or there is an account of that address here already. Log in to that one, and link GitHub there.',
  'github-linked-elsewhere': 'This GitHub account is linked with another account here.',
  'github-account': 'The account of this GitHub account is out of use.',
};
const failed = GITHUB[asked.get('error')];
if (failed) say(form.querySelector('[role=status]'), failed, 'error');
fetch('/api/auth/github/status').then((answer) => answer.json()).then((github) => {
  document.getElementById('github').hidden = !github.enabled;
  document.querySelector('#github a').href = `/api/auth/github?next=${encodeURIComponent(next())}`;
}, () => {});
if (!first) {
  document.getElementById('first').hidden = true;
  document.getElementById('first').disabled = true;
  askForCode();
  say(form.querySelector('[role=status]'), 'GitHub says who you are. Now the code of your app.');
}
