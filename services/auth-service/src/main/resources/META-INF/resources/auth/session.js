// Who is logged in, in this page. The access token lives in this variable alone; the refresh token in a cookie that no script reads.
let accessToken = null;
let refreshing = null;
// What a 401 can say of a request whose token is good: it is not sent again.
const OF_THE_REQUEST = ['login-not-recent', 'login-failed', 'second-factor-required', 'wrong-second-factor'];

export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body?.detail || body?.title || `The server answered ${status}.`);
    this.status = status;
    this.type = (body?.type || '').split('/').pop();
    this.retryAfter = retryAfter;
  }
}

export async function call(path, { method = 'GET', body, token = null, more = {} } = {}) {
  const headers = { Accept: 'application/json', ...more };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'same-origin' });
  } catch {
    throw new Problem(0, { detail: 'The server cannot be reached.' });
  }
  const text = await answer.text();
  let json = null;
  try { json = text ? JSON.parse(text) : null; } catch { json = null; }
  if (!answer.ok) throw new Problem(answer.status, json, answer.headers.get('Retry-After'));
  return json;
}

// Takes the tokens of a login that has just succeeded.
export function loggedIn(tokens) { accessToken = tokens.access_token; }

// Continues the session of the cookie; false if there is none. One at a time: a refresh token is good once.
export async function resume() {
  const alone = navigator.locks ? (work) => navigator.locks.request('devmentor-refresh', work) : (work) => work();
  refreshing ??= alone(async () => { // in all tabs: they share the cookie
    try {
      accessToken = (await call('/api/auth/refresh', { method: 'POST', body: {} })).access_token;
      return true;
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      accessToken = null;
      return false;
    } finally {
      refreshing = null;
    }
  });
  return refreshing;
}

// As the person who is logged in; goes to the login page if nobody is.
export async function api(path, options = {}) {
  if (!accessToken && !(await resume())) return toLogin();
  try {
    return await call(path, { ...options, token: accessToken });
  } catch (problem) {
    if (problem.status !== 401 || OF_THE_REQUEST.includes(problem.type)) throw problem;
    if (!(await resume())) return toLogin();
    return call(path, { ...options, token: accessToken });
  }
}

// Saves a file that only the person may have.
export async function download(path, name) {
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${accessToken}` } });
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => null), answer.headers.get('Retry-After'));
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(await answer.blob()), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

export async function logout() {
  await call('/api/auth/logout', { method: 'POST', body: {}, token: accessToken });
  accessToken = null;
}

export function toLogin() {
  location.assign(`/auth/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  return new Promise(() => {});
}

// Where to go after a login: a path of ours, nothing else.
export function next(fallback = '/auth/account') {
  const wanted = new URLSearchParams(location.search).get('next') || '';
  return /^\/(?![/\\])[\w\-./?=&%]*$/.test(wanted) ? wanted : fallback;
}

// A form that says what is going on, cannot be sent twice, and shows what went wrong where a screen reader says it.
export function onSubmit(form, action) {
  const notice = form.querySelector('[role=status]') || form.parentElement.querySelector('[role=status]');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const buttons = [...form.querySelectorAll('button')];
    buttons.forEach((button) => { button.disabled = true; });
    say(notice, '…');
    try {
      await action(Object.fromEntries(new FormData(form)), (text, kind) => say(notice, text, kind), event.submitter);
    } catch (problem) {
      tellProblem(notice, problem);
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
    }
  });
}

/** What went wrong, and where to go on. */
export function tellProblem(notice, problem) {
  const wait = problem.retryAfter ? ` Try again in ${problem.retryAfter} seconds.` : '';
  if (problem.type !== 'login-not-recent') {
    say(notice, problem.message + wait, 'error');
    return;
  }
  say(notice, 'For this you have to have logged in within the last ten minutes. ', 'error');
  notice.append(Object.assign(document.createElement('a'), {
    href: `/auth/login?next=${encodeURIComponent(location.pathname)}`, textContent: 'Log in again',
  }));
}

/** The same password twice. */
export function mustBeSame(one, other) {
  if (one !== other) throw new Error('The two passwords are not the same.');
}

export function say(notice, text, kind = '') {
  notice.textContent = text === '…' ? 'One moment …' : text;
  notice.className = `notice ${kind}`.trim();
  notice.hidden = !text;
}
