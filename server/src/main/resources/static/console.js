// What the pages of the console can't do without a script: passkeys. And three comforts: a mailed code goes from the
// address into its field, a password can be shown, and a button that needs a script is shown only when there is one.
// Nothing is kept in the browser's storage.
"use strict";

// Codes come behind a #, which browsers send to no server. It leaves the address bar and the history at once.
const mailed = document.querySelector("[data-mailed]");
if (mailed && location.hash.length > 1) {
  const code = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  if (/^[A-Za-z0-9._-]{43,90}$/.test(code)) {
    mailed.value = code;
    document.body.classList.add("has-code");
    const form = mailed.form;
    const empty = form.querySelector("input:not([type=hidden]):placeholder-shown, input[type=password]");
    (empty || form.querySelector("[type=submit]")).focus();
  }
}

for (const button of document.querySelectorAll(".show")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const input = document.getElementById(button.getAttribute("aria-controls"));
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
  });
  // A password is sent as one, so that no browser offers to keep it as a search term.
  button.form.addEventListener("submit", () => {
    document.getElementById(button.getAttribute("aria-controls")).type = "password";
  });
}

for (const button of document.querySelectorAll("[data-needs-script]")) button.hidden = false;

function text(buffer) {
  const bytes = Array.from(new Uint8Array(buffer), (b) => String.fromCharCode(b)).join("");
  return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

async function options(form) {
  const ticket = form.querySelector("[data-ticket]");
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    headers: ticket ? { "Content-Type": "application/json", Accept: "application/json" } : { Accept: "application/json" },
    body: ticket ? JSON.stringify({ ticket: ticket.value }) : undefined,
    cache: "no-store",
    referrerPolicy: "no-referrer",
  });
  if (!answer.ok) throw new Error("options: " + answer.status);
  return answer.json();
}

async function ask(form) {
  const put = (name, value) => { form.elements.namedItem(name).value = value; };
  if (form.dataset.passkey === "create") {
    const made = await navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(await options(form)),
    });
    put("id", text(made.rawId));
    put("clientDataJSON", text(made.response.clientDataJSON));
    put("attestationObject", text(made.response.attestationObject));
    put("transports", made.response.getTransports().join(" "));
  } else {
    const shown = await navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await options(form)),
    });
    put("id", text(shown.rawId));
    put("clientDataJSON", text(shown.response.clientDataJSON));
    put("authenticatorData", text(shown.response.authenticatorData));
    put("signature", text(shown.response.signature));
    put("userHandle", shown.response.userHandle ? text(shown.response.userHandle) : "");
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const mistake = form.querySelector("[role=alert]");
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    mistake.hidden = true;
    button.disabled = true;
    try {
      if (!window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) throw new TypeError();
      await ask(form);
    } catch (e) {
      mistake.textContent = e instanceof TypeError ? form.dataset.unknown : form.dataset.cancelled;
      mistake.hidden = false;
      mistake.focus();
      button.disabled = false;
      return;
    }
    form.submit();
  });
}
