/**
 * Turning the slides of a meeting: keys, links, a wave of the other window; and the time left for an item.
 *
 * Contract: [data-slides] holds the meeting's key and, in data-front, the number of the slide in front; [data-slide]
 * its number, hidden unless in front; [data-turn] back, next or out; [data-whole] fills the screen; [data-said] is
 * read aloud. With [data-presenter] the time runs: data-item, data-minutes, [data-left].
 */

const all = /** @type {HTMLElement} */ (document.querySelector("[data-slides]"));
const slides = /** @type {HTMLElement[]} */ ([...all.querySelectorAll("[data-slide]")]);
const said = /** @type {HTMLElement} */ (all.querySelector("[data-said]"));
const wave = "BroadcastChannel" in window ? new BroadcastChannel(`varta-slides-${all.dataset.slides}`) : null;
let front = Number(all.dataset.front);

/** Show a slide, remember it in the address, and tell the other window unless it told us.
 * @param {number} number from 1  @param {boolean} [told] */
function show(number, told = false) {
  const next = Math.min(Math.max(number, 1), slides.length);
  if (next === front) return;
  front = next;
  for (const slide of slides) slide.hidden = Number(slide.dataset.slide) !== front;
  all.classList.add("turned");
  history.replaceState(null, "", `?n=${front}`);
  said.textContent = `${slides[front - 1].getAttribute("aria-label")}. ${slides[front - 1].querySelector("h2")?.textContent}`;
  if (!told) wave?.postMessage(front);
  tick();
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onControl = event.target instanceof Element && event.target.closest("a, button");
  if (onControl && (event.key === " " || event.key === "Enter")) return;
  const turns = {
    ArrowRight: () => show(front + 1), ArrowDown: () => show(front + 1), PageDown: () => show(front + 1),
    " ": () => show(front + (event.shiftKey ? -1 : 1)),
    ArrowLeft: () => show(front - 1), ArrowUp: () => show(front - 1), PageUp: () => show(front - 1),
    Home: () => show(1), End: () => show(slides.length), f: whole, F: whole, а: whole, А: whole, Escape: out,
  };
  const turn = turns[/** @type {keyof typeof turns} */ (event.key)];
  if (!turn) return;
  event.preventDefault();
  turn();
}

/** Fill the screen, or leave it. */
function whole() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

/** Leave: the browser itself takes Esc while the screen is full; otherwise back to the meeting. */
function out() {
  const link = /** @type {HTMLAnchorElement | null} */ (all.querySelector("[data-turn=out]"));
  if (!document.fullscreenElement && link) location.assign(link.href);
}

document.addEventListener("keydown", pressed);
wave?.addEventListener("message", (event) => show(Number(event.data), true));
all.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-turn]") : null;
  const turn = link?.getAttribute("data-turn");
  if (turn !== "back" && turn !== "next") return;
  event.preventDefault();
  show(front + (turn === "next" ? 1 : -1));
  /** @type {HTMLElement | null} */ (slides[front - 1].querySelector(`[data-turn=${turn}]`))?.focus();
});
for (const button of all.querySelectorAll("[data-whole]")) {
  /** @type {HTMLElement} */ (button).hidden = !document.fullscreenEnabled;
  button.addEventListener("click", whole);
}

/** @type {Map<string, number>} seconds spent on each item */
const spent = new Map();

/** Draw what is left of the item in front. */
function tick() {
  const slide = slides[front - 1];
  const place = slide.querySelector("[data-left]");
  if (!place) return;
  const left = Number(slide.dataset.minutes) * 60 - (spent.get(slide.dataset.item ?? "") ?? 0);
  const over = left < 0 ? "−" : "";
  place.textContent = `${over}${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
  place.closest(".time")?.classList.toggle("over", left < 0);
}

if ("presenter" in all.dataset) {
  setInterval(() => {
    const item = slides[front - 1].dataset.item ?? "";
    spent.set(item, (spent.get(item) ?? 0) + 1);
    tick();
  }, 1000);
}
