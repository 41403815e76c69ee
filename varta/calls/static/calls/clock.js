// Clocks that run: how long something lasts, what is left of a norm, who has not answered.

const board = document.querySelector("[data-board], #crew-part");
const words = board?.dataset ?? {};
// The server's clock counts: the difference is taken once, when the page came.
const ahead = board?.dataset.now ? Date.parse(board.dataset.now) - Date.now() : 0;

/** This moment by the server's clock, in milliseconds. */
export const moment = () => Date.now() + ahead;

/** "4:05" below an hour, else as `lasting` says it. As in `varta/calls/clocks.py`. @param {number} seconds */
export function span(seconds) {
  const total = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(total / 60);
  return minutes < 60 ? `${minutes}:${two(total % 60)}` : lasting(seconds);
}

/** "12 min", "1 h 02 min", "3 d 4 h". @param {number} seconds */
export function lasting(seconds) {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes} ${words.wordsMinutes ?? "min"}`;
  if (hours < 24) return `${hours} ${words.wordsHours ?? "h"} ${two(minutes % 60)} ${words.wordsMinutes ?? "min"}`;
  return `${Math.floor(hours / 24)} ${words.wordsDays ?? "d"} ${hours % 24} ${words.wordsHours ?? "h"}`;
}

const two = (number) => String(number).padStart(2, "0");

/** One clock of a norm. @param {HTMLElement} holder @param {string} due @param {string} kind @param {number} now */
function run(holder, due, kind, now) {
  if (kind !== "left" && kind !== "late") return kind;
  const left = (Date.parse(due) - now) / 1000;
  const is = left < 0 ? "late" : "left";
  const figures = holder.querySelector("[data-figures]");
  if (figures) figures.textContent = span(Math.abs(left));
  const word = holder.querySelector("[data-word]");
  if (word) word.textContent = is === "late" ? words.wordLate : words.wordLeft;
  holder.classList.toggle("late", is === "late");
  holder.classList.toggle("soon", is === "left" && left < 120);
  return is;
}

export function tick() {
  const now = moment();
  for (const one of document.querySelectorAll("time[data-since]")) {
    one.textContent = lasting((now - Date.parse(one.dataset.since)) / 1000);
  }
  for (const row of document.querySelectorAll(".call[data-due]")) {
    const holder = row.querySelector(".call-clock");
    if (!holder) continue;
    const is = run(holder, row.dataset.due, row.dataset.clock, now);
    if (is !== row.dataset.clock) {
      row.dataset.clock = is;
      document.dispatchEvent(new CustomEvent("varta:row", { detail: { kind: "call", key: row.dataset.key, row } }));
    }
  }
  const big = document.querySelector(".call-clock.big[data-due]");
  if (big) run(big, big.dataset.due, big.dataset.clockOf, now);
  for (const one of document.querySelectorAll("[data-silent-at]")) {
    one.classList.toggle("silent", Date.parse(one.dataset.silentAt) <= now);
  }
}

setInterval(tick, 1000);
tick();
