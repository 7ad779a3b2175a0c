import { api, logout, onSubmit, say, toLogin } from './session.js';

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
  while (['queued', 'running'].includes(job.state)) {
    tell(`Gathering … ${job.done ?? 0} of ${job.total ?? '?'} services`);
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
    job = await api(`/api/auth/me/exports/${encodeURIComponent(job.id)}`);
  }
  tell(job.state === 'complete' ? 'The export is ready: GET /api/auth/me/exports/' + job.id + '/file' : `The export is ${job.state}.`, job.state === 'complete' ? 'good' : 'error');
});
onSubmit(document.getElementById('erase'), async ({ confirm }, tell) => {
  const erasure = await api('/api/auth/me/erasure', { method: 'POST', body: { confirm } });
  tell(`It has begun. Keep this receipt, with it you can ask for the state: ${erasure.id} ${erasure.receipt}`, 'good');
});

showMe().then(showSessions).catch((problem) => say(notice, problem.message, 'error'));
