// Keys for the list of clients. Single letters can be turned off, as WCAG 2.2 (2.1.4) asks: somebody who dictates
// would press them by speaking. The list works without.
const KEPT = "caseness-keys";
const help = document.getElementById("keys");
const toggle = document.getElementById("keys-off");
const search = document.getElementById("words");

const areOff = () => localStorage.getItem(KEPT) === "off";
const rows = () => [...document.querySelectorAll("[data-row]")];
const isTyping = (place) => place.matches("input, select, textarea, [contenteditable]");

function say() {
  toggle.textContent = areOff() ? "Turn the keys on" : "Turn the keys off";
}

function move(step) {
  const all = rows();
  const next = all[all.indexOf(document.activeElement) + step];
  if (next) next.focus();
}

// Letters work anywhere but where somebody types; arrows only within the list, so that the page still scrolls by them.
function stepOf(event) {
  if (event.key === "j") return 1;
  if (event.key === "k") return -1;
  if (!document.activeElement.matches("[data-row]")) return 0;
  return { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
}

document.addEventListener("keydown", (event) => {
  if (areOff() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    search.focus();
    return;
  }
  const step = stepOf(event);
  if (step) {
    event.preventDefault();
    move(step);
  }
});

toggle.addEventListener("click", () => {
  localStorage.setItem(KEPT, areOff() ? "on" : "off");
  say();
});

help.hidden = false;
say();
