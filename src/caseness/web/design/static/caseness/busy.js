// Says that something is being done once a button was pressed that takes a while, and lets no other be pressed meanwhile.
// A form with `data-busy` says what its button reads then. The server sees to it that nothing is done twice; the page works without.
const SAYS = "This can take a minute. The next page shows when it is done.";
const forms = () => [...document.querySelectorAll("form[data-busy]")];
let isBusy = false;

// A button that is disabled would lose the focus, and with it the place of whoever reads by a screen reader.
function mark(form, submitter) {
  isBusy = true;
  for (const one of forms()) one.querySelector("button").setAttribute("aria-disabled", "true");
  const button = submitter ?? form.querySelector("button");
  button.dataset.idle = button.textContent;
  button.textContent = form.dataset.busy;
  const place = document.querySelector("[data-busy-place]");
  if (place) place.textContent = SAYS;
}

function clear() {
  isBusy = false;
  for (const one of forms()) {
    const button = one.querySelector("button");
    button.removeAttribute("aria-disabled");
    if (button.dataset.idle) button.textContent = button.dataset.idle;
    delete button.dataset.idle;
  }
  const place = document.querySelector("[data-busy-place]");
  if (place) place.textContent = "";
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-busy]")) return;
  if (isBusy) event.preventDefault();
  else mark(event.target, event.submitter);
});
// The browser may show a page again that was left, as it stood.
addEventListener("pageshow", (event) => {
  if (event.persisted) clear();
});
