// Small comforts. Every form works without this file.
"use strict";

const drawing = (paths) => {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`;
  return holder.content.firstChild;
};

// A button that shows what was typed into a password field.
for (const input of document.querySelectorAll("input[data-show]")) {
  const button = document.createElement("button");
  // Keeps what is typed from running under the button.
  input.classList.add("covered");
  button.type = "button";
  button.className = "reveal";
  button.setAttribute("aria-label", input.dataset.show);
  button.setAttribute("aria-controls", input.id);
  button.setAttribute("aria-pressed", "false");
  button.append(
    drawing(
      '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>' +
        '<circle cx="12" cy="12" r="3"/><path class="slash" d="M4 4l16 16"/>',
    ),
  );
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // A browser offers to keep a password only if the field still is one.
  input.form.addEventListener("submit", () => show(false));
  input.after(button);
}

// How long the new password is, while it is typed. The server judges how good it is.
for (const hint of document.querySelectorAll("[data-counts]")) {
  const input = document.getElementById(hint.dataset.counts);
  const tell = () => {
    const length = [...input.value].length;
    const missing = Number(hint.dataset.least) - length;
    hint.hidden = length === 0;
    hint.textContent = missing > 0 ? hint.dataset.short : hint.dataset.enough;
  };
  input.addEventListener("input", tell);
  tell();
}

// Another code can be asked for after a while: the button waits until then.
for (const note of document.querySelectorAll("[data-waits]")) {
  const button = document.getElementById(note.dataset.waits);
  let left = Number(note.dataset.seconds);
  const tick = () => {
    button.disabled = left > 0;
    note.textContent = left > 0 ? note.textContent.replace(/\d+/, String(left)) : "";
    if (left > 0) setTimeout(tick, 1000);
    left -= 1;
  };
  tick();
}

// Copies what stands in another element.
for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.textContent = button.dataset.done;
  });
}

// Times are written in UTC; here the reader's own clock is known, and their region's way of writing.
const page = document.documentElement.lang;
const locale = navigator.languages.find((tag) => tag.split("-")[0] === page) ?? page;
for (const time of document.querySelectorAll("time[data-clock]")) {
  const moment = new Date(time.dateTime);
  const form = { dateStyle: "medium", timeStyle: "short" };
  if (!Number.isNaN(moment.getTime())) {
    time.textContent = new Intl.DateTimeFormat(locale, form).format(moment);
  }
}
