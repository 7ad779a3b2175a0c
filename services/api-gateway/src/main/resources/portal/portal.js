// The developer portal. Nothing of it is inline, nothing comes from another origin, and no text becomes markup.
"use strict";

const $ = (id) => document.getElementById(id);

/** An element with text; nothing is parsed. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") node.addEventListener("click", value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// --- the token, in memory only

let token = null;
let tokenEnds = 0;

function useToken(value, seconds) {
  token = value;
  tokenEnds = value && seconds ? Date.now() + seconds * 1000 : 0;
  $("token-state").textContent = value
    ? "Calls from this page go out with your token." + (seconds ? ` It is good for ${Math.round(seconds / 60)} minutes.` : "")
    : "No token: you can read everything here, and try what is open.";
  $("token-forget").hidden = !value;
  $("token-input").value = "";
  if (location.hash === "#keys") showKeys();
}

/** A new access token from the session that the auth service keeps in a cookie which no script can read. */
async function tokenOfLogin() {
  // A refresh token is good once, and all tabs share the cookie: one at a time, the pages of the account too.
  return navigator.locks ? navigator.locks.request("devmentor-refresh", refreshed) : refreshed();
}

async function refreshed() {
  const answer = await fetch("/api/auth/refresh", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  if (!answer.ok) return false;
  const given = await answer.json();
  fromLogin = true;
  useToken(given.access_token, given.expires_in);
  return true;
}

let fromLogin = false;

$("token-login").addEventListener("click", async () => {
  let found = false;
  try {
    found = await tokenOfLogin();
  } catch {
    $("token-state").textContent = "The auth service cannot be reached.";
    return;
  }
  if (!found) {
    $("token-state").replaceChildren(
      "You are not logged in here. ",
      element("a", { href: "/auth/login?next=%2Fportal" }, "Log in"),
      ", then come back.",
    );
  }
});

$("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const value = $("token-input").value.trim().replace(/^Bearer\s+/i, "");
  if (value) {
    fromLogin = false;
    useToken(value, 0);
  }
});

$("token-forget").addEventListener("click", () => {
  fromLogin = false;
  useToken(null, 0);
});

async function freshToken() {
  if (token && fromLogin && tokenEnds - Date.now() < 30_000) {
    try {
      await tokenOfLogin();
    } catch {
      // The old one is sent, and its answer says what is wrong.
    }
  }
  return token;
}

/** Calls the auth service; fails with a sentence for people. */
async function call(method, path, body) {
  const current = await freshToken();
  const answer = await fetch(path, {
    method,
    credentials: "omit",
    headers: {
      Accept: "application/json",
      ...(current ? { Authorization: `Bearer ${current}` } : {}),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  let json = null;
  try {
    json = text ? JSON.parse(text) : null;
  } catch {
    // Not JSON: the status says it.
  }
  if (!answer.ok) {
    throw new Error((json && (json.detail || json.title)) || `The answer is ${answer.status}.`);
  }
  return json;
}

// --- sections

const views = ["start", "api", "keys", "clients"];

function show() {
  const wanted = views.includes(location.hash.slice(1)) ? location.hash.slice(1) : "start";
  for (const view of views) $(`view-${view}`).hidden = view !== wanted;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${wanted}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (wanted === "start") showHealth();
  if (wanted === "api") showApi();
  if (wanted === "keys") showKeys();
}

window.addEventListener("hashchange", () => {
  show();
  window.scrollTo(0, 0);
  $("content").focus();
});

// --- start

async function showHealth() {
  try {
    const answer = await fetch("/api/health", { credentials: "omit" });
    const health = await answer.json();
    const installed = health.services.filter((service) => service.status !== "absent");
    const absent = health.services.filter((service) => service.status === "absent").map((service) => service.name);
    const up = installed.filter((service) => service.status === "up").length;
    const without = absent.length ? ` Not in this installation: ${absent.join(", ")}.` : "";
    $("health").textContent = `The gateway is ${health.status}. ${up} of ${installed.length} services are up.${without}`;
    $("services").replaceChildren(
      ...installed.map((service) =>
        element(
          "li",
          {},
          element("span", {}, service.name),
          element(
            "span",
            { class: `state ${["up", "down"].includes(service.status) ? service.status : "unknown"}` },
            service.latencyMs === undefined ? service.status : `${service.status}, ${service.latencyMs} ms`,
          ),
        ),
      ),
    );
  } catch {
    $("health").textContent = "The gateway does not answer.";
  }
}

// --- API

let swagger = null;

function load(name, attributes) {
  return new Promise((resolve, reject) => {
    const node = element(name, attributes);
    node.addEventListener("load", resolve);
    node.addEventListener("error", () => reject(new Error("a file is missing")));
    document.head.append(node);
  });
}

async function showApi() {
  if (swagger) return;
  swagger = true;
  $("api-state").textContent = "Loading …";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", paint);
  paint();
  try {
    const [documentAnswer] = await Promise.all([
      fetch("/portal/openapi.json", { credentials: "omit" }),
      load("link", { rel: "stylesheet", href: "/portal/swagger-ui.css" }),
      load("script", { src: "/portal/swagger-ui-bundle.js" }),
    ]);
    const spec = await documentAnswer.json();
    $("api-state").textContent = (spec.info.description.match(/Down now.*/g) || []).join(" ");
    window.SwaggerUIBundle({
      spec,
      domNode: $("swagger"),
      docExpansion: "none",
      defaultModelsExpandDepth: -1,
      filter: true,
      tryItOutEnabled: true,
      persistAuthorization: false,
      validatorUrl: null,
      presets: [window.SwaggerUIBundle.presets.apis],
      requestInterceptor: async (request) => {
        const url = new URL(request.url, location.origin);
        const current = url.origin === location.origin ? await freshToken() : null;
        if (current && !request.headers.Authorization && !request.headers["X-API-Key"]) {
          request.headers.Authorization = `Bearer ${current}`;
        }
        request.credentials = "omit";
        return request;
      },
    });
  } catch {
    swagger = null;
    $("api-state").textContent = "The document could not be loaded.";
  }
}

// --- keys

const accountsPath = "/api/auth/service-accounts";
const list = (json) => (Array.isArray(json) ? json : json?.items ?? json?.accounts ?? json?.serviceAccounts ?? json?.usage ?? []);
const day = (text) => (text ? new Date(text).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) : "–");

function keysSay(text, bad) {
  $("keys-state").textContent = text;
  $("keys-state").classList.toggle("error", Boolean(bad));
}

async function showKeys() {
  $("account-form").hidden = !token;
  if (!token) {
    $("accounts").replaceChildren();
    keysSay("Give this page a token first: use your login, or paste one.");
    return;
  }
  try {
    const accounts = list(await call("GET", accountsPath));
    keysSay(accounts.length ? "" : "You have no service account yet.");
    $("accounts").replaceChildren(...accounts.map(accountCard));
  } catch (failure) {
    keysSay(failure.message, true);
  }
}

function accountCard(account) {
  const usage = element("div", { class: "wide" });
  const path = `${accountsPath}/${encodeURIComponent(account.id)}`;
  const rows = (account.keys || []).map((key) => keyRow(account, key, path));
  return element(
    "article",
    { class: "card" },
    element("h2", {}, account.name),
    element("p", { class: "small" }, `${account.tier || "free"} · ${list(account.scopes).join(" ") || "no scopes"} · since ${day(account.createdAt)}`),
    element(
      "div",
      { class: "wide" },
      element(
        "table",
        {},
        element("caption", {}, rows.length ? "Keys" : "No keys yet"),
        rows.length
          ? element("thead", {}, element("tr", {}, ...["Key", "Made", "Ends", "Last used", ""].map((name) => element("th", { scope: "col" }, name))))
          : null,
        element("tbody", {}, ...rows),
      ),
    ),
    newKeyForm(path),
    element("p", {}, element("button", { type: "button", class: "quiet", onclick: () => showUsage(path, usage) }, "Show usage")),
    usage,
  );
}

function keyRow(account, key, path) {
  const keyPath = `${path}/keys/${encodeURIComponent(key.id)}`;
  const actions = key.revokedAt
    ? element("span", { class: "down" }, "revoked")
    : element(
        "div",
        { class: "row" },
        element("button", { type: "button", class: "quiet", "aria-label": `Rotate ${key.prefix}`, onclick: () => act(async () => showNewKey(await call("POST", `${keyPath}/rotate`))) }, "Rotate"),
        element(
          "button",
          {
            type: "button",
            class: "danger",
            "aria-label": `Revoke ${key.prefix}`,
            onclick: () => {
              if (window.confirm(`Revoke ${key.prefix} of ${account.name}? What uses it stops working at once.`)) act(() => call("DELETE", keyPath));
            },
          },
          "Revoke",
        ),
      );
  return element(
    "tr",
    {},
    element("td", {}, element("code", {}, `${key.prefix}…`)),
    element("td", {}, day(key.createdAt)),
    element("td", {}, key.expiresAt ? day(key.expiresAt) : "never"),
    element("td", {}, key.lastUsedAt ? day(key.lastUsedAt) : "never"),
    element("td", {}, actions),
  );
}

function newKeyForm(path) {
  const number = (name, label, max) =>
    element("label", { class: "grow" }, label, element("input", { name, type: "number", min: "1", max, inputmode: "numeric" }));
  const form = element(
    "form",
    { class: "row spaced", autocomplete: "off" },
    number("expiresInDays", "Days it is good for", "3650"),
    number("perMinute", "Most requests a minute", "100000"),
    number("perDay", "Most requests a day", "100000000"),
    element("button", { type: "submit" }, "New key"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = {};
    for (const [name, value] of new FormData(form)) if (value) body[name] = Number(value);
    act(async () => showNewKey(await call("POST", `${path}/keys`, body)));
  });
  return form;
}

function showNewKey(given) {
  $("new-key-text").textContent = given.key;
  $("new-key").hidden = false;
  $("new-key").scrollIntoView({ block: "center" });
}

$("new-key-copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText($("new-key-text").textContent);
    $("new-key-copy").textContent = "Copied";
  } catch {
    window.getSelection().selectAllChildren($("new-key-text"));
  }
});

$("account-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const data = new FormData(form);
  act(async () => {
    await call("POST", accountsPath, { name: data.get("name").trim(), scopes: data.get("scopes").split(/[\s,]+/).filter(Boolean) });
    form.reset();
  });
});

async function act(action) {
  try {
    await action();
    await showKeys();
  } catch (failure) {
    keysSay(failure.message, true);
  }
}

async function showUsage(path, place) {
  try {
    const usage = list(await call("GET", `${path}/usage`));
    const most = Math.max(1, ...usage.map((one) => one.requests));
    place.replaceChildren(
      usage.length
        ? element(
            "table",
            {},
            element("caption", {}, "Requests and errors"),
            element("thead", {}, element("tr", {}, ...["When", "Requests", "", "Errors"].map((name) => element("th", { scope: "col" }, name)))),
            element(
              "tbody",
              {},
              ...usage.map((one) =>
                element(
                  "tr",
                  {},
                  element("td", {}, one.minute ? day(one.minute) : String(one.day ?? "")),
                  element("td", {}, String(one.requests)),
                  element("td", {}, element("meter", { min: "0", max: String(most), value: String(one.requests), "aria-hidden": "true" })),
                  element("td", {}, String(one.errors)),
                ),
              ),
            ),
          )
        : element("p", { class: "small" }, "It has not been used yet."),
    );
  } catch (failure) {
    keysSay(failure.message, true);
  }
}

show();
