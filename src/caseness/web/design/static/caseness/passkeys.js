// Asks the browser for a passkey. A form with `data-passkey` says what for, and `data-options` where its options stand.
const DID_NOT_WORK = "The passkey did not work, or you stopped it. Try again, or use another way.";

async function optionsOf(form) {
  if (form.dataset.passkey !== "login") {
    return JSON.parse(document.getElementById(form.dataset.options).textContent);
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return answer.json();
}

// One that can sign in by itself is kept on the device, and the device asks who holds it.
function asPasskey(options) {
  const kept = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  Object.assign(options.publicKey.authenticatorSelection ??= {}, kept);
  return options;
}

async function credentialFor(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey !== "add") return webauthnJSON.get(options.request_options);
  const alone = form.elements.passwordless?.checked;
  return webauthnJSON.create(alone ? asPasskey(options.creation_options) : options.creation_options);
}

function tell(form) {
  const place = form.querySelector("[data-passkey-problem]");
  place.textContent = DID_NOT_WORK;
  place.hidden = false;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.querySelector("[data-passkey-start]").addEventListener("click", async () => {
    try {
      form.elements.credential.value = JSON.stringify(await credentialFor(form));
      form.submit();
    } catch {
      tell(form);
    }
  });
}
