// Leaving at once: the button, or Esc twice. The page empties first, and its place in the history is taken over.

const exit = document.querySelector("[data-exit]");
const TWICE_MS = 1000;
let last = 0;

function leave() {
  document.documentElement.replaceChildren();
  window.location.replace(exit.href);
}

exit?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.timeStamp - last < TWICE_MS) leave();
  last = event.timeStamp;
});
