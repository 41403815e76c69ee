// Choosing a call: its panel opens beside the board, and its forms are sent without leaving the page.

import { drop, element, put, rowOf } from "./rows.js";

const place = document.getElementById("panel");
let asked = 0;
let settling = false;

export const chosenKey = () => place?.querySelector("[data-panel]")?.dataset.panel ?? "";

/** Whether somebody is at work in the panel: then nothing is drawn under their hands. */
const touched = () => Boolean(place.querySelector("form :is(input, textarea, select):focus, details.act[open]"));

/** Open a call beside the board. @param {string} address @param {{ focus?: boolean, push?: boolean, again?: boolean }} how */
export async function open(address, { focus = false, push = true, again = false } = {}) {
  const mine = ++asked;
  if (!again) place.querySelector(".sheet-of-call")?.setAttribute("aria-busy", "true");
  const headers = again ? { "HX-Request": "true", "X-Varta-Automatic": "1" } : { "HX-Request": "true" };
  const answer = await fetch(address, { headers }).catch(() => null);
  if (mine !== asked) return;
  if (again && (touched() || !answer)) return;
  if (!answer) return said(place.dataset.away);
  if (!(await show(answer))) return;
  if (push) history.pushState({ panel: address }, "", address);
  if (focus) focusTitle();
}

/** Shut the panel. */
export function shut() {
  const key = chosenKey();
  asked++;
  place.replaceChildren();
  mark("");
  history.pushState({}, "", document.querySelector("[data-board]")?.dataset.home ?? "/calls/");
  rowOf("call", key)?.querySelector("a")?.focus();
}

/** Draw the open panel again, unless somebody is at work in it. */
export function refresh() {
  const key = chosenKey();
  if (key && !touched()) open(`/calls/${key}/`, { push: false, again: true });
}

export function mark(key) {
  for (const row of document.querySelectorAll(".call.chosen, .crew.chosen")) row.classList.remove("chosen");
  if (key) rowOf("call", key)?.classList.add("chosen");
}

const focusTitle = () => place.querySelector("#panel-title")?.focus();

async function show(answer) {
  const door = answer.headers.get("HX-Redirect");
  if (door) { location.href = door; return false; }
  const html = await answer.text();
  if (![200, 409, 422].includes(answer.status) || !html.includes("data-panel")) {
    said(place.dataset.failed);
    return false;
  }
  const holder = document.createElement("div");
  holder.innerHTML = html;
  const rows = holder.querySelector("template[data-fresh]");
  rows?.remove();
  place.replaceChildren(...holder.children);
  mark(chosenKey());
  settling = true; // what the answer itself brings needs no second look
  for (const row of [...(rows?.content.children ?? [])]) {
    if (row.dataset.gone) drop("call", row.dataset.gone);
    else put(element(row.outerHTML));
  }
  settling = false;
  if (matchMedia("(max-width: 64rem)").matches) place.scrollIntoView({ block: "start" });
  place.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
  document.dispatchEvent(new CustomEvent("varta:panel", { detail: { key: chosenKey() } }));
  return true;
}

function said(text) {
  const panel = place.querySelector(".sheet-of-call");
  panel?.removeAttribute("aria-busy");
  const notice = document.createElement("p");
  notice.className = "notice error";
  notice.setAttribute("role", "alert");
  notice.textContent = text;
  place.querySelector(".notice.error")?.remove();
  (panel ?? place).prepend(notice);
}

/** Send a form of the panel; the same key goes again if the answer was lost. @param {HTMLFormElement} form */
export async function send(form) {
  const data = new FormData(form);
  if (!form.dataset.pressedAt) form.dataset.pressedAt = new Date().toISOString();
  data.set("pressed_at", form.dataset.pressedAt);
  const mine = ++asked;
  place.querySelector(".sheet-of-call")?.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" } }).catch(() => null);
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  if (!answer) return said(place.dataset.away);
  if (mine !== asked) return;
  if (await show(answer)) focusTitle();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!place || !(form instanceof HTMLFormElement) || !form.matches("[data-in-place]") || !place.contains(form)) return;
  event.preventDefault();
  send(form);
});

document.addEventListener("click", (event) => {
  if (!place || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const shutter = event.target.closest?.("[data-shut]");
  if (shutter) { event.preventDefault(); shut(); return; }
  const link = event.target.closest?.("a[data-open]");
  if (!link) return;
  event.preventDefault();
  open(link.href, { focus: event.detail === 0 });
});

window.addEventListener("popstate", () => {
  if (/^\/calls\/[0-9a-f-]{36}\/$/.test(location.pathname)) open(location.pathname, { push: false });
  else { place?.replaceChildren(); mark(""); }
});

document.addEventListener("varta:row", (event) => {
  if (!settling && event.detail.kind === "call" && event.detail.key === chosenKey()) refresh();
});

if (place) mark(chosenKey());
