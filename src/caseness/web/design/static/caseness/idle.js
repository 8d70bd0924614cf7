// Warns somebody who does nothing that they will be signed out, and shows the sign-in page when they are.
// Typing counts: a long note is no idleness. The server decides; this only asks it.
const WARNING = 120_000;
// The server writes down that somebody was there at most every half minute, so that its end may be so much earlier.
const SLACK = 30_000;
const dialog = document.getElementById("caseness-idle");
const idle = Number(dialog.dataset.seconds) * 1000;
const tabs = new BroadcastChannel("caseness-idle");
let last = Date.now();

function seen() {
  last = Date.now();
  if (dialog.open) dialog.close();
}

async function stay() {
  const form = dialog.querySelector("form");
  last = Date.now();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.status !== 204) return location.assign(location.href);
  seen();
  tabs.postMessage("seen");
}

function look() {
  const since = Date.now() - last;
  if (since > idle + 2000) location.assign(location.href);
  else if (since > idle - WARNING - SLACK && !dialog.open) dialog.showModal();
}

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
