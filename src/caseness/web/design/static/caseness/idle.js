// Warns somebody who does nothing that they will be signed out, and shows the sign-in page when they are.
// Typing counts: a long note is no idleness. The server decides; this only asks it. What was typed in a form that has a key
// is sent to the server before the page goes, to be kept there and not to be saved. Nothing is kept in the browser.
const WARNING = 120_000;
// The server writes down that somebody was there at most every half minute, so that its end may be so much earlier.
const SLACK = 30_000;
const PARTING = { "X-Caseness-Parting": "yes" };
const KEPT = 204;
const NOBODYS = 410;
const dialog = document.getElementById("caseness-idle");
const idle = Number(dialog.dataset.seconds) * 1000;
const tabs = new BroadcastChannel("caseness-idle");
let last = Date.now();
let isParting = false;

function seen() {
  last = Date.now();
  if (dialog.open) dialog.close();
}

function send(address, form, headers = {}) {
  return fetch(address, { method: "POST", body: new FormData(form), headers, redirect: "manual" });
}

function wasChanged(field) {
  if (field.type === "hidden" || !field.name) return false;
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const first = [...field.options].findIndex((one) => one.defaultSelected);
  return field.selectedIndex !== Math.max(0, first);
}

// A page that came back refused shows what was typed as if it had been there from the start.
function isTyped(form) {
  if (!form.elements.namedItem("entry")) return false;
  return Boolean(document.querySelector(".nhsuk-error-summary")) || [...form.elements].some(wasChanged);
}

// Where the server neither keeps the text nor says that it is nobody's any more, it stays in the page.
async function findNext() {
  // Without the place in the page: going to another place of the same page asks the server for nothing.
  let next = location.pathname + location.search;
  for (const form of [...document.forms].filter(isTyped)) {
    const { status } = await send(form.getAttribute("action") ?? location.href, form, PARTING);
    if (status === KEPT) next = dialog.dataset.kept;
    else if (status !== NOBODYS) return null;
  }
  return next;
}

// A page that is on its way stays parting: going again would break off the way it is on.
async function leave() {
  if (isParting) return;
  isParting = true;
  let next = null;
  try {
    next = await findNext();
    if (next) location.assign(next);
    else seen();
  } finally {
    isParting = next !== null;
  }
}

async function stay() {
  const form = dialog.querySelector("form");
  last = Date.now();
  const answer = await send(form.action, form);
  if (answer.type === "opaqueredirect") return leave();
  seen();
  if (answer.status === KEPT) tabs.postMessage("seen");
}

function look() {
  const since = Date.now() - last;
  if (since > idle + 2000) leave();
  else if (since > idle - WARNING - SLACK && !dialog.open) dialog.showModal();
}

// The browser may show a page again that was left, as it stood.
addEventListener("pageshow", () => {
  isParting = false;
});
tabs.addEventListener("message", seen);
tabs.postMessage("seen");
document.addEventListener("htmx:afterRequest", seen);
dialog.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  stay();
});
for (const kind of ["keydown", "pointerdown"]) {
  document.addEventListener(kind, () => {
    if (!dialog.open && Date.now() - last > 60_000) stay();
  });
}
setInterval(look, 5000);
