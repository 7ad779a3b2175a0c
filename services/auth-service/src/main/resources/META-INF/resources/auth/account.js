import { api, call, download, logout, mustBeSame, onSubmit, say, tellProblem, toLogin } from './session.js';
import { showSecondFactor } from './second-factor.js';
import { becomeZeroKnowledge, changeZeroKnowledgePassword } from './vault-client.js';

const byId = (id) => document.getElementById(id);
const notice = byId('notice');
const element = (name, text = '', properties = {}) => Object.assign(document.createElement(name), { textContent: text }, properties);
const time = (text) => new Date(text).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
const pause = (millis) => new Promise((resolve) => { setTimeout(resolve, millis); });
let me;
let zeroKnowledge = false;
let linked = false;

/** Asks again until it is over, more and more seldom; what the limits say is kept to. */
async function follow(ask, isOver, show) {
  for (let millis = 300; ; millis = Math.min(millis * 1.5, 5000)) {
    await pause(millis);
    let state;
    try {
      state = await ask();
    } catch (problem) {
      if (problem.status !== 429) throw problem;
      await pause(1000 * Number(problem.retryAfter || 5));
      continue;
    }
    show(state);
    if (isOver(state)) return state;
  }
}

function guarded(action) {
  return async () => {
    try {
      say(notice, '');
      await action();
    } catch (problem) {
      tellProblem(notice, problem);
      notice.scrollIntoView({ block: 'center' });
    }
  };
}

// Who I am, and how I log in

function showMe() {
  const rows = [['Mail address', me.email], ['Name', me.name || '—'], ['Tier', me.tier], ['Roles', me.roles.join(', ')], ['Since', time(me.createdAt)], ['Id', me.id]];
  byId('me').replaceChildren(...rows.flatMap(([term, text]) => [element('dt', term), element('dd', text)]));
  byId('password').elements.email.value = me.email;
  byId('second-factor-needed').hidden = !me.secondFactorNeeded;
}

async function showWays() {
  zeroKnowledge = (await api('/api/auth/srp')).enabled;
  byId('kind').textContent = zeroKnowledge
    ? 'With a password that the server never sees. If it opens your vault, changing it here changes it there.'
    : 'With a password of which the server keeps a hash. The vault has a passphrase of its own.';
  byId('current').required = zeroKnowledge;
  byId('zero-part').hidden = zeroKnowledge;
  if (!zeroKnowledge) {
    const hasVault = Boolean((await api('/api/auth/vault')).keys);
    byId('zero-vault').hidden = !hasVault;
    byId('zero-form').hidden = hasVault;
  }
}

async function showGitHub() {
  const form = byId('github');
  if (!(await api('/api/auth/github/status')).enabled) return;
  const link = await api('/api/auth/github/link');
  linked = link.linked;
  form.hidden = false;
  const reads = link.repositories ? 'DevMentor may read your repositories.' : 'DevMentor reads nothing there.';
  byId('github-words').textContent = linked ? `Linked with ${link.login} since ${time(link.linkedAt)}. ${reads}` : 'Not linked.';
  byId('repositories').hidden = linked;
  form.querySelector('button').textContent = linked ? 'Take the link away' : 'Link with GitHub';
  if (linked) byId('current-label').textContent = 'The present one (leave it empty if you have none)';
}

onSubmit(byId('password'), async ({ current, next, again }, tell) => {
  mustBeSame(next, again);
  if (zeroKnowledge) await changeZeroKnowledgePassword(api, me.email, current, next);
  else await api('/api/auth/me/password', { method: 'POST', body: { ...(current ? { current } : {}), new: next } });
  byId('password').reset();
  byId('password').elements.email.value = me.email;
  tell('Changed. All other sessions have ended.', 'good');
  await showSessions();
});

onSubmit(byId('zero-form'), async ({ next, again }, tell) => {
  mustBeSame(next, again);
  await becomeZeroKnowledge(api, next);
  byId('zero-form').reset();
  tell('');
  await showWays();
  say(notice, 'From now on the server never sees your password. Tick “Zero-knowledge” when you log in.', 'good');
  notice.scrollIntoView({ block: 'center' });
});

onSubmit(byId('github'), async ({ repositories }, tell) => {
  if (linked) {
    await api('/api/auth/github/link', { method: 'DELETE' });
    tell('');
    await showGitHub();
    return;
  }
  const { authorize_url: address } = await api('/api/auth/github/link', { method: 'POST', body: { repositories: Boolean(repositories) } });
  location.assign(address);
});

onSubmit(byId('logout'), async () => { await logout(); location.assign('/auth/login'); });

// Sessions

const METHODS = {
  password: 'password', srp: 'zero-knowledge password', github: 'GitHub', device: 'a code, confirmed in a browser', 'second-factor': 'a wrong code of the second factor',
};

function program(session) {
  if (session.client === 'devmentor-cli') return 'Command line';
  return agentName(session.userAgent || '') || session.client;
}

function agentName(agent) {
  const browser = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']].find(([mark]) => agent.includes(mark));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((mark) => agent.includes(mark));
  if (browser) return browser[1] + (system ? ` on ${system}` : '');
  return agent.split(' ')[0];
}

async function showSessions() {
  const { sessions } = await api('/api/auth/sessions');
  byId('sessions').replaceChildren(...sessions.map((session) => {
    const item = element('li');
    const line = element('div', '', { className: 'row' });
    const words = element('div', '', { className: 'grow' });
    const title = element('h3', program(session));
    if (session.current) title.append(' ', element('span', 'this one', { className: 'tag' }));
    words.append(title, element('p', `From ${session.lastAddress}, by ${METHODS[session.method] ?? session.method}. Began ${time(session.createdAt)}, last used ${time(session.lastUsedAt)}.`, { className: 'hint' }));
    const end = element('button', 'End', { type: 'button', className: 'secondary' });
    end.setAttribute('aria-label', `End the session of ${program(session)} from ${session.lastAddress}`);
    end.addEventListener('click', guarded(async () => {
      await api(`/api/auth/sessions/${encodeURIComponent(session.id)}`, { method: 'DELETE' });
      if (session.current) location.assign('/auth/login');
      else await showSessions();
    }));
    line.append(words, end);
    item.append(line);
    return item;
  }));
}

onSubmit(byId('end-all'), async () => {
  await api('/api/auth/sessions', { method: 'DELETE' });
  location.assign('/auth/login');
});

// What happened

const ACTIONS = {
  'account.registered': 'The account was opened',
  'account.registered-again': 'Somebody tried to open an account with this address again',
  'email.verified': 'The mail address was confirmed',
  'login.succeeded': 'Logged in',
  'login.not-verified': 'A login, before the mail address was confirmed',
  'login.failed': 'A login failed',
  'login.code-asked': 'The first factor was right, the second was asked for',
  'second-factor.on': 'The second factor was switched on',
  'second-factor.off': 'The second factor was switched off',
  'second-factor.new-codes': 'New recovery codes were made',
  'second-factor.recovery-code-used': 'A recovery code was used',
  'session.begun': 'A session began',
  'session.ended': 'A session ended',
  'session.refresh-reused': 'A session was ended: its token was used twice, as by a thief',
  'password.changed': 'The password was changed',
  'password.reset-requested': 'A link for a new password was asked for',
  'password.reset': 'A new password was set by a link',
  'device.approved': 'A program was let in by its code',
  'device.denied': 'A program was refused',
  'github.linked': 'GitHub was linked',
  'github.unlinked': 'The link with GitHub was taken away',
  'zero-knowledge.enabled': 'The account became zero-knowledge',
  'vault.set-up': 'The vault was made',
  'vault.rewrapped': 'The vault got another password or recovery code',
  'vault.deleted': 'The vault was deleted',
  'vault.shared': 'An entry of the vault was shared',
  'vault.share-revoked': 'A share was taken back',
  'api-key.issued': 'An API key was made',
  'api-key.rotated': 'An API key was exchanged for a new one',
  'api-key.revoked': 'An API key was revoked',
  'service-account.created': 'A service account was made',
  'service-account.deleted': 'A service account was deleted',
  'team.created': 'A team was founded',
  'team.invited': 'Somebody was invited to a team',
  'team.joined': 'Joined a team',
  'team.left': 'Left a team',
  'export.requested': 'An export of everything was asked for',
  'export.downloaded': 'An export was downloaded',
  'access.refused': 'Something was refused that my role may not do',
  'launcher.acted-for': 'The launcher of this machine acted for me',
};
let auditNext = null;

function happened(entry) {
  const item = element('li');
  item.append(element('h3', ACTIONS[entry.action] ?? entry.action.replace(/[.-]/g, ' ')));
  const words = (name, value) => {
    if (name === 'agent') return `with ${agentName(value)}`;
    return name === 'method' ? `by ${METHODS[value] ?? value}` : `${name} ${value}`;
  };
  const details = entry.redacted ? '' : Object.entries(entry.details ?? {}).map(([name, value]) => words(name, value)).join(', ');
  const parts = [time(entry.at), entry.address && `from ${entry.address}`, entry.actor && `by ${entry.actor}`, details];
  item.append(element('p', parts.filter(Boolean).join(' · '), { className: 'hint' }));
  return item;
}

async function showAudit() {
  const page = await api(`/api/auth/audit?limit=10${auditNext ? `&cursor=${encodeURIComponent(auditNext)}` : ''}`);
  byId('audit').append(...page.entries.map(happened));
  auditNext = page.next ?? null;
  byId('audit-more').hidden = !auditNext;
}

byId('audit-more').addEventListener('click', guarded(showAudit));

// My data

const EXPORT_STATES = { done: 'is in the file', missing: 'did not answer', waiting: 'is asked …', running: 'is asked …' };

function showParts(parts) {
  byId('export-parts').replaceChildren(...parts.map((part) => element('li', `${part.service} ${EXPORT_STATES[part.state] ?? part.state}`)));
}

onSubmit(byId('export'), async (_, tell) => {
  let job = await api('/api/auth/me/export', { method: 'POST', body: {} });
  const show = ({ parts }) => {
    showParts(parts);
    tell(`Gathering … ${parts.filter((part) => part.state === 'done').length} of ${parts.length} services have answered.`);
  };
  show(job);
  if (job.state === 'running') {
    const { id } = job;
    job = await follow(() => api(`/api/auth/me/exports/${encodeURIComponent(id)}`), ({ state }) => state !== 'running', show);
  }
  if (!job.file) throw new Error(job.error || `The export is ${job.state}.`);
  await download(job.file, `devmentor-personal-data-${job.requestedAt.slice(0, 10)}.zip`);
  const missing = job.parts.filter((part) => part.state !== 'done').map((part) => part.service);
  if (missing.length) tell(`Not in the file, because they did not answer: ${missing.join(', ')}. Try again later.`, 'error');
  else tell('Everything is in the file that was downloaded.', 'good');
});

// Erasure

function showErasure(erasure) {
  const answered = erasure.services.filter((service) => service.state === 'answered').length;
  if (erasure.state === 'completed') byId('erasing-title').textContent = 'You are forgotten';
  say(byId('erasing-state'), erasure.state === 'completed'
    ? 'Done. Every service has deleted what it had of you.'
    : `${answered} of ${erasure.services.length} services have deleted what they had. You can close this page: it goes on without you.`,
  erasure.state === 'completed' ? 'good' : '');
  byId('erasing-services').replaceChildren(...erasure.services.map((service) => {
    const counts = Object.entries(service.counts ?? {}).filter(([, count]) => count > 0).map(([kind, count]) => `${count} × ${kind}`).join(', ');
    return element('li', service.state === 'answered' ? `${service.service}: deleted${counts ? ` (${counts})` : ', there was nothing'}` : `${service.service}: has not answered yet`);
  }));
}

async function followErasure(first, receipt) {
  byId('all').hidden = true;
  byId('erasing').hidden = false;
  byId('erasing-id').textContent = first.id;
  byId('erasing-receipt').textContent = receipt;
  showErasure(first);
  byId('erasing').focus();
  if (first.state !== 'completed') {
    await follow(() => call(`/api/auth/erasures/${encodeURIComponent(first.id)}`, { more: { 'X-Erasure-Receipt': receipt } }),
      ({ state }) => state === 'completed', showErasure);
  }
}

onSubmit(byId('erase'), async ({ confirm }, tell) => {
  const { erasure, receipt } = await api('/api/auth/me/erasure', { method: 'POST', body: { confirm } });
  tell('');
  followErasure(erasure, receipt).catch((problem) => {
    say(byId('erasing-state'), `It goes on, but its state cannot be asked for now: ${problem.message}`, 'error');
  });
});

async function begin() {
  me = await api('/api/auth/me');
  showMe();
  await Promise.all([showWays(), showGitHub(), showSecondFactor(), showSessions(), showAudit()]);
  byId('all').hidden = false;
}

begin().catch((problem) => (problem.status === 401 ? toLogin() : tellProblem(notice, problem)));
