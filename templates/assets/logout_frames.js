// Goes on as soon as every app has been told; without scripts the page goes on by itself.
const frames = [...document.querySelectorAll("iframe")];
const onward = document.getElementById("logout-continue");
const loaded = (frame) =>
  new Promise((done) => {
    frame.addEventListener("load", done, { once: true });
    frame.addEventListener("error", done, { once: true });
  });
window.addEventListener("load", () => {
  if (onward) window.location.assign(onward.href);
});
Promise.all(frames.map(loaded)).then(() => onward && window.location.assign(onward.href));
