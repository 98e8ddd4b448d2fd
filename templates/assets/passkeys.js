// Puts a page's question about passkeys to the browser (WebAuthn §5.1), and sends the answer with the page's form.
"use strict";

const passkeys = window.PublicKeyCredential;
const decoded = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const encoded = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// The options as the browser takes them.
const question = (form) => {
  const options = JSON.parse(form.dataset.options);
  options.challenge = decoded(options.challenge);
  if (options.user) options.user.id = decoded(options.user.id);
  for (const key of [...(options.allowCredentials ?? []), ...(options.excludeCredentials ?? [])]) {
    key.id = decoded(key.id);
  }
  return options;
};

// The answer as the server takes it.
const answer = ({ id, rawId, type, response }) => {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((part) => response[part]).map((part) => [part, encoded(response[part])]);
  const transports = response.getTransports?.();
  return JSON.stringify({ id, rawId: encoded(rawId), type, response: { ...Object.fromEntries(given), transports } });
};

// One question can stand at a time.
let standing;
const ask = async (form, mediation) => {
  standing?.abort();
  standing = new AbortController();
  const wanted = { publicKey: question(form), signal: standing.signal, ...(mediation && { mediation }) };
  const credential = await navigator.credentials[form.dataset.webauthn](wanted);
  form.elements.credential.value = answer(credential);
  form.submit();
};

const tell = (form, error) => {
  const notice = form.querySelector("[role=alert]");
  const sentences = [...notice.querySelectorAll("[data-webauthn-error]")];
  const fits = sentences.find((sentence) => sentence.dataset.webauthnError === error.name) ?? sentences.at(-1);
  for (const sentence of sentences) sentence.hidden = sentence !== fits;
  for (const part of form.querySelectorAll("[data-webauthn-failed]")) part.hidden = false;
  notice.focus();
};

for (const form of document.querySelectorAll("form[data-webauthn]")) {
  form.hidden = !passkeys;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form).catch((error) => tell(form, error));
  });
}
for (const note of document.querySelectorAll("[data-webauthn-missing]")) note.hidden = Boolean(passkeys);

// Passkeys among what the browser offers to fill into a field: whoever chooses nothing is not disturbed.
const offered = document.querySelector("form[data-webauthn-autofill]");
if (offered && passkeys?.isConditionalMediationAvailable) {
  passkeys.isConditionalMediationAvailable().then((can) => can && ask(offered, "conditional")).catch(() => {});
}
