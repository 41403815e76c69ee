// The crew's page: it follows what the desk does, rings for a new call, and sends a press again until it arrives.

import "./clock.js";
import { heard, ring, sound } from "./sound.js";
import { keepPlace } from "./place.js";

const LOOK_MS = 8_000;
const AGAIN_MS = 5_000;
const part = document.getElementById("crew-part");
let tag = "";
let unsent = 0;

/** Ask for what the page shows; nothing is redrawn under a finger. */
async function look() {
  if (document.hidden || unsent || part.querySelector("details[open]")) return;
  const headers = tag ? { "If-None-Match": tag, "X-Varta-Automatic": "1" } : { "X-Varta-Automatic": "1" };
  const answer = await fetch(part.dataset.partAddress, { headers, cache: "no-store" }).catch(() => null);
  if (!answer || answer.status === 304) return;
  if (answer.redirected || answer.status === 401 || answer.status === 204) { leave(); return; }
  if (answer.ok) show(await answer.text(), answer.headers.get("ETag") ?? "");
}

/** The turn, or the session, has ended: that must not happen in silence. */
function leave() {
  sound("crew");
  setTimeout(() => location.reload(), 1_500);
}

function show(html, its) {
  tag = its;
  part.innerHTML = html;
  alarm();
  keepPlace(part);
}

/** A call that this page has not shown before rings until it is accepted or heard. */
function alarm() {
  const call = part.querySelector("[data-call]");
  const asks = part.querySelector(".crew-card.is-sent");
  if (call && asks) ring(`crew-${call.dataset.call}`, "crew", call.dataset.words);
  else heard(undefined, false);
}

/** Send a press until it arrives: the server knows its key, so that a second one changes nothing. */
async function press(form, submitter) {
  const data = new FormData(form, submitter);
  data.set("pressed_at", new Date().toISOString());
  unsent++;
  for (;;) {
    const answer = await fetch(form.action, { method: "POST", body: data }).catch(() => null);
    if (answer && answer.status < 500) {
      unsent--;
      location.assign(answer.redirected ? answer.url : location.href);
      return;
    }
    say(part.dataset.wordAway);
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}

function say(text) {
  let notice = document.querySelector(".unsent");
  if (!notice) {
    notice = document.createElement("p");
    notice.className = "notice error unsent";
    notice.setAttribute("role", "alert");
    part.before(notice);
  }
  notice.textContent = text;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-press]")) return;
  event.preventDefault();
  if (form.dataset.pressed) return;
  form.dataset.pressed = "1";
  form.setAttribute("aria-busy", "true");
  heard();
  press(form, event.submitter);
});

window.addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });
document.addEventListener("visibilitychange", look);
setInterval(look, LOOK_MS);
alarm();
keepPlace(part);
