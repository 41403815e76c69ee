// Where this device is: sent while on duty, and only if the officer switched it on here.

const NAME = "varta.where";
const OFTEN_MS = 15_000;
let watching = null;
let sentAt = 0;
const on = () => { try { return localStorage.getItem(NAME) === "1"; } catch { return false; } };

/** Wire the switch of a page that was drawn anew. @param {HTMLElement} part */
export function keepPlace(part) {
  const row = part.querySelector("[data-where]");
  if (!row || !navigator.geolocation || !part.dataset.crew) return;
  row.hidden = false;
  const box = row.querySelector("[data-where-on]");
  box.checked = on();
  box.addEventListener("change", () => {
    try { localStorage.setItem(NAME, box.checked ? "1" : "0"); } catch { /* a private window forgets */ }
    if (box.checked) watch(part);
    else stop();
  });
  if (on()) watch(part);
}

function watch(part) {
  if (watching !== null) return;
  watching = navigator.geolocation.watchPosition((found) => send(part, found), () => say(part, "refused"), {
    enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000,
  });
}

function stop() {
  if (watching !== null) navigator.geolocation.clearWatch(watching);
  watching = null;
}

async function send(part, found) {
  if (Date.now() - sentAt < OFTEN_MS) return;
  sentAt = Date.now();
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  body.set("lat", String(found.coords.latitude));
  body.set("lon", String(found.coords.longitude));
  body.set("accuracy_m", String(found.coords.accuracy));
  body.set("pressed_at", new Date(Math.min(found.timestamp, Date.now())).toISOString());
  const address = `/calls/crew/${part.dataset.crew}/position`;
  const answer = await fetch(address, { method: "POST", body, headers: { "X-Varta-Automatic": "1" } }).catch(() => null);
  if (answer?.ok) say(part, "sent");
}

function say(part, word) {
  const shown = part.querySelector("[data-where-said]");
  if (shown) shown.textContent = shown.getAttribute(`data-word-${word}`);
}
