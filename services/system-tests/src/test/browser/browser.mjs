// A browser for journeys: Chromium over its own protocol (Chrome DevTools Protocol) through two pipes, so that nothing has to be installed beside it.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIMIT_MILLIS = 30_000;
const POLL_MILLIS = 50;
const FLAGS = [
  '--headless=new', '--remote-debugging-pipe', '--no-sandbox', '--no-first-run', '--disable-quic', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-gpu', '--disable-dev-shm-usage', '--window-size=1200,900', 'about:blank',
];

/** Waits until something is true; says what it waited for if it never is. */
export async function until(what, condition, limit = LIMIT_MILLIS) {
  const end = performance.now() + limit;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited ${limit / 1000} s for: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, POLL_MILLIS); });
  }
}

export class Browser {
  #process;
  #directory;
  #number = 0;
  #waiting = new Map();
  #listeners = [];

  static async start(program) {
    const browser = new Browser();
    browser.#directory = await mkdtemp(join(tmpdir(), 'devmentor-browser-'));
    browser.#process = spawn(program, [`--user-data-dir=${browser.#directory}`, ...FLAGS], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const ended = (why) => {
      for (const { reject } of browser.#waiting.values()) reject(new Error(`the browser has ended: ${why}`));
      browser.#waiting.clear();
    };
    browser.#process.on('error', (failure) => ended(failure.message));
    browser.#process.on('exit', (code) => ended(`exit code ${code}`));
    browser.#process.stdio[3].on('error', () => {}); // it ends with the browser, which says why
    browser.#read(browser.#process.stdio[4]);
    return browser;
  }

  #read(pipe) {
    let rest = Buffer.alloc(0);
    pipe.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        const message = JSON.parse(rest.subarray(0, end).toString());
        rest = rest.subarray(end + 1);
        if (message.id === undefined) {
          this.#listeners.forEach((listener) => listener(message));
          continue;
        }
        const call = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        if (message.error) call?.reject(new Error(message.error.message));
        else call?.resolve(message.result);
      }
    });
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  listen(listener) {
    this.#listeners.push(listener);
  }

  /** A page of a person of its own: no cookie of another one. */
  async page() {
    const { browserContextId } = await this.send('Target.createBrowserContext');
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, sessionId);
    await page.begin(join(this.#directory, 'downloads'), browserContextId);
    return page;
  }

  async close() {
    this.#process.kill('SIGKILL');
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

export class Page {
  #browser;
  #session;
  /** What a person would not see, and what must not be: violations of the Content Security Policy, errors nobody caught. */
  complaints = [];
  downloads = [];

  constructor(browser, session) {
    this.#browser = browser;
    this.#session = session;
    browser.listen(({ method, params, sessionId }) => {
      if (method === 'Browser.downloadProgress' && params.state === 'completed') this.downloads.push(params);
      if (sessionId !== session) return;
      if (method === 'Runtime.exceptionThrown') this.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      if (method === 'Log.entryAdded' && params.entry.source === 'security') this.complaints.push(`${params.entry.text} (${params.entry.url})`);
      if (method === 'Audits.issueAdded' && params.issue.code === 'ContentSecurityPolicyIssue') this.complaints.push(JSON.stringify(params.issue.details));
    });
  }

  #send(method, params) {
    return this.#browser.send(method, params, this.#session);
  }

  async begin(downloads, browserContextId) {
    await Promise.all(['Page.enable', 'Runtime.enable', 'Log.enable', 'Audits.enable'].map((method) => this.#send(method)));
    await this.#browser.send('Browser.setDownloadBehavior', { behavior: 'allow', browserContextId, downloadPath: downloads, eventsEnabled: true });
  }

  async open(url) {
    await this.#send('Page.navigate', { url: 'about:blank' }); // a link that differs behind # alone loads nothing
    await until('an empty page', async () => (await this.run(() => location.href)) === 'about:blank');
    const { errorText } = await this.#send('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await until(`${url} is loaded`, () => this.run(() => location.href !== 'about:blank' && document.readyState === 'complete'));
  }

  /** Runs a function in the page. While one page gives way to the next there is none to run it in: then the answer is null. */
  async run(body, ...values) {
    let answer;
    try {
      answer = await this.#send('Runtime.evaluate', {
        expression: `(${body})(...${JSON.stringify(values)})`, returnByValue: true, awaitPromise: true,
      });
    } catch (failure) {
      if (/context|navigat|target/i.test(failure.message)) return null;
      throw failure;
    }
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return answer.result.value;
  }

  /** Waits until something that the selector finds can be seen, and gives its text. */
  async see(selector) {
    const found = await until(`${selector} can be seen`, () => this.run((wanted) => {
      const one = [...document.querySelectorAll(wanted)].find((each) => each.checkVisibility());
      return one ? { text: one.textContent } : null;
    }, selector));
    return found.text;
  }

  async arrive(path) {
    await until(`the page ${path}`, () => this.run((wanted) => location.pathname === wanted && document.readyState === 'complete', path));
  }

  /** Types into a field as a person does who has selected what stood there. */
  async type(selector, text) {
    await this.see(selector);
    await this.run((wanted) => { const field = document.querySelector(wanted); field.focus(); field.select(); }, selector);
    await this.#send('Input.insertText', { text });
  }

  /** Clicks where it is, with the mouse: what lies under something else is not clicked. */
  async click(selector) {
    await this.see(selector);
    const place = await until(`${selector} can be clicked`, () => this.run((wanted) => {
      const one = [...document.querySelectorAll(wanted)].find((each) => each.checkVisibility());
      if (!one || one.disabled) return null;
      one.scrollIntoView({ block: 'center' });
      const box = one.getBoundingClientRect();
      const x = box.x + Math.min(box.width / 2, 20);
      const y = box.y + box.height / 2;
      const there = document.elementFromPoint(x, y);
      return there && (one.contains(there) || there.contains(one)) ? { x, y } : null;
    }, selector));
    for (const type of ['mousePressed', 'mouseReleased']) {
      await this.#send('Input.dispatchMouseEvent', { type, ...place, button: 'left', clickCount: 1 });
    }
  }

  async picture(file) {
    const { data } = await this.#send('Page.captureScreenshot', { captureBeyondViewport: true });
    await writeFile(file, Buffer.from(data, 'base64'));
  }

  text() {
    return this.run(() => `${location.href}\n${document.body.innerText}`);
  }
}
