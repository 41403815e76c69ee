// Sound and vibration for what must not be missed, with the same in words; loudness is kept on this device.

import { rowsOf } from "./rows.js";

const LOUD = { off: 0, quiet: 0.06, loud: 0.4 };
// [frequency in hertz, start and length in seconds]
const TONES = {
  call: [[880, 0, 0.22], [660, 0.26, 0.22], [880, 0.52, 0.22], [660, 0.78, 0.3]],
  crew: [[523, 0, 0.16], [659, 0.2, 0.16], [784, 0.4, 0.32]],
};
const SHAKES = { call: [250, 100, 250], crew: [400, 150, 400, 150, 400] };

const menu = document.querySelector("[data-sound]");
const banner = document.querySelector("[data-alarm]");
const kept = (name, otherwise) => { try { return localStorage.getItem(name) ?? otherwise; } catch { return otherwise; } };
const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a private window forgets */ } };
const heardAlready = new Set((() => { try { return JSON.parse(sessionStorage.getItem("varta.heard") ?? "[]"); } catch { return []; } })());
/** @type {Map<string, {kind: string, words: string}>} what rings until somebody has heard it */
const ringing = new Map();
let loudness = kept("varta.loudness", "loud");
let again = Number(kept("varta.again", "20")) || 20;
let audio = null;
let timer = 0;

const context = () => (audio ??= window.AudioContext ? new AudioContext() : null);
const locked = () => loudness !== "off" && (!audio || audio.state !== "running");

/** Sound once. @param {string} kind "call" or "crew" */
export function sound(kind) {
  if (loudness !== "off" && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKES[kind]);
  const player = context();
  if (!player || player.state !== "running" || !LOUD[loudness]) return;
  for (const [hertz, start, length] of TONES[kind]) {
    const tone = player.createOscillator();
    const level = player.createGain();
    const from = player.currentTime + start;
    tone.type = "triangle";
    tone.frequency.value = hertz;
    level.gain.setValueAtTime(0, from);
    level.gain.linearRampToValueAtTime(LOUD[loudness], from + 0.02);
    level.gain.setValueAtTime(LOUD[loudness], from + length - 0.05);
    level.gain.linearRampToValueAtTime(0, from + length);
    tone.connect(level).connect(player.destination);
    tone.start(from);
    tone.stop(from + length);
  }
  document.dispatchEvent(new CustomEvent("varta:sound", { detail: { kind } }));
}

/** Ring until it is heard. @param {string} key @param {string} kind @param {string} words */
export function ring(key, kind, words) {
  if (heardAlready.has(key) || ringing.has(key)) return;
  ringing.set(key, { kind, words });
  sound(kind);
  show();
}

/** Stop ringing for one thing, or for all. @param {string} [key] @param {boolean} [answered] */
export function heard(key, answered = true) {
  for (const one of key ? [key] : [...ringing.keys()]) {
    if (!ringing.delete(one) || !answered) continue;
    heardAlready.add(one);
  }
  try { sessionStorage.setItem("varta.heard", JSON.stringify([...heardAlready].slice(-200))); } catch { /* forgets */ }
  show();
}

function show() {
  clearInterval(timer);
  if (banner) {
    const first = [...ringing.values()][0];
    banner.hidden = !first;
    if (first) {
      const title = banner.dataset[first.kind === "call" ? "wordCall" : "wordCrew"];
      const more = ringing.size > 1 ? ` (+${ringing.size - 1})` : "";
      const shown = `${title}: ${first.words}${more}`;
      const words = banner.querySelector("[data-alarm-words]");
      if (words.textContent !== shown) words.textContent = shown;
    }
  }
  if (ringing.size) timer = setInterval(() => sound([...ringing.values()][0].kind), again * 1000);
}

function state() {
  const shown = menu?.querySelector("[data-sound-state]");
  if (!shown) return;
  const is = locked() ? "locked" : loudness;
  shown.textContent = shown.getAttribute(`data-word-${is}`);
  shown.classList.toggle("primary", is === "locked");
  shown.classList.toggle("quiet", is !== "locked");
}

/** A press anywhere lets the page sound from then on. */
async function unlock() {
  if (loudness === "off") return;
  await context()?.resume?.().catch(() => {});
  state();
}

/** Waiting Alpha calls ring; those that somebody goes to, or that are gone, stop. */
function watch() {
  const all = rowsOf("call").filter((row) => row.dataset.category === "alpha");
  const alphas = all.filter((row) => row.dataset.state === "waiting");
  for (const row of all) if (row.dataset.state !== "waiting") heardAlready.delete(row.dataset.key); // lost again, it rings again
  const keys = new Set(alphas.map((row) => row.dataset.key));
  for (const row of alphas) {
    ring(row.dataset.key, "call", `${row.querySelector("a")?.lastChild?.textContent?.trim() ?? ""} ${row.dataset.number}`);
  }
  for (const [key, one] of ringing) if (one.kind === "call" && !keys.has(key)) heard(key, false);
}

if (menu) {
  menu.hidden = false;
  for (const one of menu.querySelectorAll("[name=loudness]")) {
    one.checked = one.value === loudness;
    one.addEventListener("change", () => { loudness = one.value; keep("varta.loudness", loudness); unlock(); state(); });
  }
  const every = menu.querySelector("[data-sound-again]");
  every.value = String(again);
  every.addEventListener("change", () => { again = Math.max(5, Number(every.value) || 20); keep("varta.again", String(again)); show(); });
  menu.querySelector("[data-sound-test]").addEventListener("click", async () => { await unlock(); sound("call"); });
  menu.querySelector("[data-sound-state]").addEventListener("click", (event) => {
    if (!locked()) return;
    event.preventDefault(); // the first press switches it on, the next one opens the choices
    unlock().then(() => sound("call"));
  });
  document.addEventListener("pointerdown", unlock, { once: true });
  document.addEventListener("keydown", unlock, { once: true });
  context();
  state();
}
banner?.querySelector("[data-alarm-heard]").addEventListener("click", () => heard());
document.addEventListener("varta:panel", (event) => heard(event.detail.key));
if (document.querySelector('[data-rows-of="call"]')) {
  document.addEventListener("varta:row", (event) => event.detail.kind !== "crew" && watch());
  watch();
}
