// Asks for the printer once the page is there. Somebody without scripts prints by the browser's own menu.
window.addEventListener("load", () => window.print());
