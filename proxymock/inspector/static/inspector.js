// The page without this script shows everything. With it the page stays up to date, its
// forms work, times count down, and keys lead about.

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Only what differs is written, or a selection would be lost.
const write = (element, text) => element.textContent === text || (element.textContent = text);

// Time: the account's, as the server last told it, and what has passed here since then.
const clock = { told: Date.parse(one("#clock").dateTime), at: performance.now() };
const now = () => clock.told + performance.now() - clock.at;
const isLocal = () => localStorage.proxymockZone === "local";

function spelled(ms, isLong) {
  const shift = isLocal() ? new Date(ms).getTimezoneOffset() * 60000 : 0;
  const text = new Date(ms - shift).toISOString().slice(0, 19).replace("T", " ");
  return isLong ? `${text} ${isLocal() ? "local" : "UTC"}` : text.slice(5);
}

function left(ms) {
  const seconds = Math.ceil(Math.abs(ms) / 1000);
  const [d, h, min] = [86400, 3600, 60].map((unit) => Math.floor(seconds / unit));
  const text = d ? `${d} d ${h % 24} h` : h ? `${h} h ${min % 60} min`
    : min ? `${min} min ${seconds % 60} s` : `${seconds} s`;
  return ms < 0 ? `${text} ago` : `in ${text}`;
}

function tick() {
  write(one("#clock"), spelled(now(), true).replace(/ \w+$/, ""));
  write(one("#zone"), isLocal() ? "Local" : "UTC");
  write(one("#live"), one("main[data-still]") ? "stopped" : status);
  for (const time of all("main time, tspan[datetime]")) { // A <tspan> is what drawings have.
    const ms = Date.parse(time.getAttribute("datetime"));
    const isUntil = time.classList.contains("until");
    time.title = spelled(ms, true);
    write(time, isUntil ? left(ms - now()) : spelled(ms, time.textContent.length > 15));
  }
}

// Polling: the same address, whose changes are put where they belong. What has data-own
// belongs to this script or to who fills it in, and so do the texts of <time>.
const trust = { createHTML: (html) => html };
const policy = window.trustedTypes?.createPolicy("proxymock", trust) ?? trust;
let [etag, good, before, undone, status] = [null, now(), null, null, "not live"];

function follow(old, next) {
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && name !== "open" && name !== "title") old.removeAttribute(name);
  }
  if (!old.hasAttribute("datetime")) followInside(old, next);
}

function followInside(old, next) {
  const ids = new Set([...next.children].map((child) => child.id));
  const known = new Map([...old.children].map((child) => [child.id, child]));
  for (const [id, child] of known) if (id && !ids.has(id)) child.remove();
  let at = old.firstChild;
  for (const child of [...next.childNodes]) {
    const isAlike = at && !at.id && !child.id && at.nodeName === child.nodeName;
    const twin = child.id ? known.get(child.id) : isAlike ? at : null;
    while (child.id && twin && at && at !== twin && !at.id) [at] = [at.nextSibling, at.remove()];
    if (twin === at && at) at = at.nextSibling;
    else old.insertBefore(twin ?? document.importNode(child, true), at);
    if (twin?.nodeType === Node.TEXT_NODE) write(twin, child.textContent);
    else if (twin?.dataset && !("own" in twin.dataset)) follow(twin, child);
  }
  while (at) [at] = [at.nextSibling, at.remove()];
}

async function poll() {
  let lost;
  try {
    const headers = etag ? { "If-None-Match": etag } : {};
    const signal = AbortSignal.timeout(5000); // Or a server that hangs would never be lost.
    const answer = await fetch(location.href, { headers, signal, cache: "no-store" });
    const html = await answer.text();
    if (!answer.headers.has("Proxymock-Time")) throw Error(`status ${answer.status}`); // Not the page.
    Object.assign(clock, { told: Date.parse(answer.headers.get("Proxymock-Time")), at: performance.now() });
    if (html) { // The one place that parses HTML, which is the server's own.
      const next = new DOMParser().parseFromString(policy.createHTML(html), "text/html");
      for (const name of ["header", "main", "footer"]) follow(one(name), one(name, next));
      etag = answer.headers.get("ETag");
      ready();
    }
    [good, lost] = [now(), ""];
  } catch (error) {
    lost = `No answer (${error.message}). The server last answered at ${spelled(good, true)}.`;
  }
  write(one("#lost"), lost);
  status = lost ? "lost" : "live";
}

function ready() { // What depends on what was just shown.
  const errors = one("#operation")?.selectedOptions[0].dataset.errors.split(" ") ?? [];
  for (const option of one("#error")?.options ?? []) {
    option.hidden = option.disabled = !errors.includes(String(option.index));
  }
  if (one("#error")?.selectedOptions[0]?.disabled) one("#error").selectedIndex = errors[0];
  if (one("#undo")) one("#undo").disabled = undone === null;
  if (one("#newest")) countNew(Number(one("#pager").dataset.total));
}

function countNew(total) { // On later pages what is new waits for a click.
  before ??= total;
  if (total <= before) return;
  const button = one("#new") ?? document.createElement("button");
  Object.assign(button, { id: "new", type: "button", onclick: () => one("#newest").click() });
  write(button, `${total - before} new`);
  one("#pager").append(button);
}

async function keepPolling() {
  if (!document.hidden && !one("main[data-still]")) await poll(); // An error stays one.
  tick();
  setTimeout(keepPolling, 1000);
}

// Forms: their fields become JSON, for the AWS API or for the control interface.
const asQuery = (members) => `${new URLSearchParams(members)}`.replaceAll("+", "%20"); // A plus is one here.
const readers = {
  number: Number,
  json: (text) => { try { return JSON.parse(text); } catch { return text; } }, // The server says what is wrong.
  list: (text) => text.split(/[\s,]+/).filter(Boolean),
  numbers: (text) => (text.trim().startsWith("+") ? readers.list(text) : text.trim() || null),
};

function members(form, path) {
  const fields = [...form.elements].filter(({ name, value, dataset }) =>
    name && (value || form.dataset.whole !== undefined) && path.includes(dataset.only ?? ""));
  return Object.fromEntries(fields.map(({ name, value, dataset }) =>
    [name, dataset.type ? readers[dataset.type](value) : value]));
}

async function send(form, button) {
  const method = button?.dataset.method ?? form.dataset.method ?? "POST";
  const path = button?.getAttribute("formaction") ?? form.getAttribute("action");
  const given = button?.dataset.without === undefined ? members(form, path) : {};
  const headers = { "Content-Type": "application/json" };
  if (form.dataset.region) { // The AWS API takes the region from the signature.
    headers["x-moto-account-id"] = form.dataset.account;
    headers.Authorization = "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=0, "
      + `Credential=inspector/20260102/${form.dataset.region}/chime/aws4_request`;
  }
  const query = method === "GET" ? `?${form.dataset.query}&${asQuery(given)}` : "";
  const json = button?.id === "undo" ? undone : given.Document ?? JSON.stringify(given);
  const answer = await fetch(path + query, { method, headers, body: query ? null : json });
  const text = await answer.text();
  return [answer.ok, text ? JSON.parse(text) : {}];
}

async function submit(form, button) {
  const output = one("output", form);
  const state = form.dataset.keeps === undefined ? null : await (await fetch(form.action)).text();
  const [isGood, answer] = await send(form, button);
  output.className = isGood ? "" : "wrong";
  output.textContent = isGood ? "Done." : answer.Message ?? answer.message;
  for (const field of form.elements) field.removeAttribute("aria-invalid");
  if (!isGood) return point(form, output.textContent);
  if (state !== null) undone = state;
  if (form.dataset.into) one(`#${form.dataset.into}`).value = answer[form.dataset.pick].join("\n");
  if (button?.dataset.then) location.href = button.dataset.then.replace("{Id}", answer.Id);
  else await poll();
  tick();
}

function point(form, message) { // Lead to what the message names first.
  const [area, named] = [one("textarea[name=Document]", form), message.split(/[^A-Za-z0-9]/)[0].toLowerCase()];
  const field = area ?? [...form.elements].find(({ name }) => name && name.replaceAll("-", "").toLowerCase() === named);
  field?.setAttribute?.("aria-invalid", "true");
  field?.focus?.();
  area?.setSelectionRange(...place(area.value, message));
}

function place(text, message) { // Where "Regions.….Name must be …" is in a document.
  const broken = Number(/\(char (\d+)\)/.exec(message)?.[1] ?? 0); // Of JSON, in whole characters.
  const [open, at] = [[], [...text].slice(0, broken).join("").length];
  let [found, longest] = [[at, at && at + 1], 0];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const top = open.at(-1);
    if ("}]".includes(token)) open.pop();
    else if (token === ",") Object.assign(top ?? {}, { index: top?.index + 1, key: top?.isList ? "" : null });
    else if (top?.key === null) top.key = token.slice(1, -1);
    else if (token !== ":") {
      const key = top?.isList ? `[${top.index}]` : `${top?.path ? "." : ""}${top?.key ?? ""}`;
      const path = (top?.path ?? "") + key;
      const isNearer = path.length > longest && message.startsWith(path);
      if (isNearer) [found, longest] = [[index, index + token.length], path.length];
      if (token === "[") open.push({ path, index: 0, isList: true, key: "" });
      if (token === "{") open.push({ path, index: 0, isList: false, key: null });
    }
  }
  return found;
}

async function copy(button) {
  const command = one("pre", button.parentElement);
  getSelection().selectAllChildren(command);
  if (navigator.clipboard) await navigator.clipboard.writeText(command.textContent);
  else document.execCommand("copy"); // Where the browser trusts the page less: no HTTPS.
  write(button, "Copied");
}

// Keys, none of them while somebody writes.
function press(event) {
  const { key, target } = event;
  // A field keeps the focus for a moment after its dialog has been closed.
  const isWriting = target.closest("input, textarea, select")?.checkVisibility() || one("dialog[open]");
  if (isWriting || event.ctrlKey || event.metaKey || event.altKey || localStorage.proxymockKeys === "off") return;
  const rows = all("a[data-row]");
  const row = rows.indexOf(document.activeElement);
  const view = all("nav a")[key - 1];
  const does = {
    "?": () => one("#keys").showModal(),
    t: () => one("#zone").click(),
    j: () => rows[Math.min(row + 1, rows.length - 1)]?.focus(),
    k: () => rows[Math.max(row - 1, 0)]?.focus(),
    "/": () => one("input[type=search]")?.focus(),
  }[key] ?? (view && (() => view.click()));
  if (does) [event.preventDefault(), does()];
}

document.addEventListener("keydown", press);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  const filled = [...new FormData(form)].filter(([, value]) => value);
  if ("go" in form.dataset) location.search = asQuery(filled);
  else submit(form, event.submitter).catch(({ message }) => write(one("output", form), `Failed: ${message}`));
});
document.addEventListener("click", ({ target, target: { id, dataset } }) => {
  if (id === "zone") [localStorage.proxymockZone = isLocal() ? "utc" : "local", tick()];
  else if (id === "help") one("#keys").showModal();
  else if ("copy" in dataset) copy(target);
  else if ("save" in dataset) Object.assign(document.createElement("a"), { href: dataset.save, download: dataset.name }).click();
});
document.addEventListener("change", async ({ target }) => {
  if (target.id === "keys-on") localStorage.proxymockKeys = target.checked ? "on" : "off";
  if (target.id === "file") one("#document").value = await target.files[0].text();
  ready();
});
one("#keys-on").checked = localStorage.proxymockKeys !== "off";
document.documentElement.classList.add("live");
tick();
keepPolling();
setInterval(tick, 1000); // Time goes on while an answer is waited for.
