import { call, onSubmit } from './session.js';

// The token is behind the #, which browsers send to nobody. A click is needed: programs that look at mails follow links, too.
const token = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', location.pathname);
// The link of a mail, followed in the window that this page is open in.
window.addEventListener('hashchange', () => location.reload());
const form = document.getElementById('verify');
onSubmit(form, async (_, say) => {
  if (!token) throw new Error('This link is incomplete. Follow the one in the mail.');
  await call('/api/auth/verify-email', { method: 'POST', body: { token } });
  form.querySelectorAll('button, #words').forEach((part) => { part.hidden = true; });
  say('The address is confirmed. You can log in now.', 'good');
});
