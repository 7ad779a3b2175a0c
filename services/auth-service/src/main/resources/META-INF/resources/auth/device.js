import { api, onSubmit } from './session.js';

const find = document.getElementById('find');
const decide = document.getElementById('decide');
const show = (id, text) => { document.getElementById(id).textContent = text; };
let code = '';
const SCOPES = {
  'learning:read': 'see what and how you learn',
  'learning:write': 'answer, import and change what you learn',
  'patterns:read': 'see your patterns',
  'patterns:write': 'add to your patterns',
  account: 'manage your account',
  operate: 'run the platform',
};
const may = (scope) => scope.split(' ').filter(Boolean).map((name) => SCOPES[name] || name).join('; ');
// Asks for a login at once, not after the code was typed.
const me = api('/api/auth/me');
me.catch(() => {});

onSubmit(find, async (values, say) => {
  const waiting = await api(`/api/auth/device/${encodeURIComponent(values.code.trim())}`);
  code = waiting.userCode;
  show('who', (await me).email);
  show('client', waiting.client === 'devmentor-cli' ? 'The command line (devmentor-cli)' : waiting.client);
  show('scope', may(waiting.scope) || 'nothing that you could give');
  show('address', `${waiting.address} (${waiting.userAgent || 'unknown program'})`);
  show('started', new Date(waiting.startedAt).toLocaleString());
  show('shown', code);
  say('');
  find.hidden = true;
  decide.hidden = false;
  decide.querySelector('button').focus();
});

onSubmit(decide, async (_, say, button) => {
  const approve = button?.value === 'yes';
  await api('/api/auth/device', { method: 'POST', body: { userCode: code, approve } });
  decide.querySelectorAll('button, dl, p:not([role])').forEach((part) => { part.hidden = true; });
  say(approve ? 'It is let in. You can close this page, and end it at any time under “My account”.' : 'It stays out.', approve ? 'good' : '');
});

const given = new URLSearchParams(location.search).get('code');
// Whoever sends a link must not get somebody in by it: a person looks and clicks.
if (given) document.getElementById('code').value = given;
