import { api, download, logout, onSubmit, say, toLogin } from './session.js';

const notice = document.querySelector('main > [role=status]');
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

async function showMe() {
  const me = await api('/api/auth/me');
  const list = document.getElementById('me');
  list.replaceChildren();
  for (const [term, text] of [['Mail address', me.email], ['Name', me.name || '—'], ['Tier', me.tier], ['Roles', me.roles.join(', ')], ['Learner id', me.id]]) {
    list.append(element('dt', term), element('dd', text));
  }
}

async function showSessions() {
  const { sessions } = await api('/api/auth/sessions');
  const list = document.getElementById('sessions');
  list.replaceChildren();
  for (const session of sessions) {
    const item = element('li', `${session.current ? 'This one · ' : ''}${session.client} from ${session.lastAddress}, last used ${new Date(session.lastUsedAt).toLocaleString()} `);
    const end = element('button', 'End');
    end.className = 'secondary';
    end.setAttribute('aria-label', `End the session of ${session.client} from ${session.lastAddress}`);
    end.addEventListener('click', async () => {
      try {
        await api(`/api/auth/sessions/${encodeURIComponent(session.id)}`, { method: 'DELETE' });
        if (session.current) toLogin();
        else await showSessions();
      } catch (problem) { say(notice, problem.message, 'error'); }
    });
    item.append(end);
    list.append(item);
  }
}

onSubmit(document.getElementById('logout'), async () => { await logout(); toLogin(); });
onSubmit(document.getElementById('all'), async () => { await api('/api/auth/sessions', { method: 'DELETE' }); toLogin(); });
onSubmit(document.getElementById('export'), async (_, tell) => {
  let job = await api('/api/auth/me/export', { method: 'POST', body: {} });
  while (job.state === 'running') {
    tell(`Gathering … ${job.parts.filter((part) => part.state === 'done').length} of ${job.parts.length} services have answered.`);
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    job = await api(`/api/auth/me/exports/${encodeURIComponent(job.id)}`);
  }
  if (!job.file) throw new Error(job.error || `The export is ${job.state}.`);
  await download(job.file, 'devmentor-export.zip');
  const missing = job.parts.filter((part) => part.state !== 'done').map((part) => part.service);
  if (missing.length) tell(`Not in the file, because they did not answer: ${missing.join(', ')}. Try again later.`, 'error');
  else tell('Everything is in the file that was downloaded.', 'good');
});
onSubmit(document.getElementById('erase'), async ({ confirm }, tell) => {
  const { erasure, receipt } = await api('/api/auth/me/erasure', { method: 'POST', body: { confirm } });
  tell(`It has begun. With this you can ask for the state when the account is gone: erasure ${erasure.id}, receipt ${receipt}`, 'good');
});

showMe().then(showSessions).catch((problem) => say(notice, problem.message, 'error'));
