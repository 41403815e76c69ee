// The board by the keyboard: rows by j and k, steps of the chosen call by their letters.

import { open, shut, chosenKey, mark } from "./choosing.js";
import { rowsOf } from "./rows.js";

const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
const letter = (event) => (event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key);
const digit = (event) => (/^(Digit|Numpad)\d$/.test(event.code) ? Number(event.code.at(-1)) : null);
const panel = () => document.getElementById("panel");
let later = 0;

/** Move the choice by some rows; the panel follows when the keys rest. */
function move(step) {
  const rows = rowsOf("call");
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.classList.contains("chosen"));
  const row = rows[Math.max(0, Math.min(rows.length - 1, now + step))];
  mark(row.dataset.key);
  row.scrollIntoView({ block: "nearest" });
  const link = row.querySelector("a[data-open]");
  link.focus({ preventScroll: true });
  clearTimeout(later);
  later = setTimeout(() => row.dataset.key !== chosenKey() && open(link.href), 160);
}

/** Press or unfold what has this letter. */
function hot(key) {
  const found = panel()?.querySelector(`[data-hot="${key}"]`);
  if (!found) return false;
  if (found.matches("input")) found.focus();
  else found.click();
  const details = found.closest("details");
  if (details?.open) details.querySelector("form :is(input:not([type=hidden]), textarea, select)")?.focus();
  return true;
}

/** A digit takes the choice or the answer that bears it. */
function number(event, nth) {
  const numbered = event.target.closest?.("[data-numbered]") ?? panel()?.querySelector("details[open] [data-numbered]");
  if (numbered) {
    const radio = [...numbered.querySelectorAll("input[type=radio]")][(nth || 10) - 1];
    if (!radio) return false;
    radio.checked = true;
    radio.focus();
    return true;
  }
  const button = panel()?.querySelector(`[data-choice="${nth}"]`);
  if (!button || (event.target.matches?.("[data-choices]") && signBeginsWith(nth))) return false;
  button.click();
  return true;
}

/** Whether some call sign begins with this digit: then it is typed, and taken by Enter. */
const signBeginsWith = (nth) =>
  [...document.querySelectorAll("#signs option")].some((one) => one.value.startsWith(String(nth)));

function inField(event) {
  const { target } = event;
  if (event.key === "Enter" && event.ctrlKey) { target.form?.requestSubmit(); return true; }
  const nth = digit(event);
  if (nth === null) return false;
  const empty = target.matches("[data-choices]") && !target.value;
  return (empty || target.type === "radio") && number(event, nth);
}

document.addEventListener("keydown", (event) => {
  if (!panel() || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (typing(event.target)) {
    if (inField(event)) event.preventDefault();
    return;
  }
  if (event.ctrlKey) return;
  const key = letter(event);
  const steps = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
  if (key in steps) { event.preventDefault(); move(steps[key]); return; }
  if (event.defaultPrevented) return;
  const nth = digit(event);
  if (key === "Escape" && chosenKey()) { shut(); event.preventDefault(); }
  else if (nth !== null ? number(event, nth) : key.length === 1 && hot(key)) event.preventDefault();
});
