// The screen of intake: one call is taken by the keyboard from the telephone to the category, whether the server is there
// or not. The form works without this script; with it nothing that was typed is lost.

import { Asking } from "./asking.js";
import { Beside } from "./beside.js";
import { Keeper } from "./keeper.js";
import { Drafts } from "./drafts.js";
import { guess } from "./guessing.js";
import { KindField } from "./kindfield.js";
import { PlaceField } from "./placefield.js";
import { Server } from "./status.js";
import { Area } from "./where.js";

const root = document.querySelector("[data-desk]");
const form = document.querySelector("[data-intake]");
const addresses = { ...root.dataset };
const knows = await (await fetch(addresses.knows, { headers: { "X-Varta-Automatic": "1" } })).json();
const { texts } = knows;
const field = (name) => form.elements.namedItem(name);
const clock = (moment) => new Date(moment).toLocaleTimeString("uk-UA", { hour: "2-digit", minute: "2-digit" });
const plural = new Intl.PluralRules(knows.language);
const counted = (forms, n) => (forms[plural.select(n)] ?? forms.other).replace("{n}", n);
const UNSENT = new Set(["csrfmiddlewaretoken", "alike_seen", "key"]);

root.classList.add("scripted");
document.querySelector("[data-bar]").hidden = false;
document.querySelector("[data-more]").open = Boolean(document.querySelector("[data-more] .wrong"));

const server = new Server(addresses.pulse);
const keeper = new Keeper({ new: addresses.new, keys: addresses.keyring }, server);
let area = null;
let keeps = false;
let signedOut = false;
let just = ""; // the call that was saved last in this tab

// --- Asking the server, and doing without it ---

async function post(address, body) {
  if (server.state === "away") return null;
  const token = keeper.token || field("csrfmiddlewaretoken")?.value;
  if (!token) return null;
  body.set("csrfmiddlewaretoken", token);
  try {
    const answer = await fetch(address, { method: "POST", body, signal: AbortSignal.timeout(5_000) });
    if (answer.status === 403) keeper.unlock(); // the token was changed by a sign-in in another tab
    return answer;
  } catch {
    server.ask();
    return null;
  }
}

async function look(words) {
  const answer = await post(addresses.places, new URLSearchParams({ place: words }));
  if (answer?.ok && !answer.redirected) return answer.json();
  area ??= await bringArea();
  return area ? area.find(words, texts) : { spots: [], chosen: null, note: texts.landmark, exact: false };
}

async function bringArea() {
  const answer = await fetch(addresses.slice).catch(() => null);
  return answer?.ok && !answer.redirected ? new Area(await answer.json(), knows.language) : null;
}

// --- The parts of the screen ---

const place = new PlaceField(form, document.querySelector("[data-placed]"), look, texts);
const kind = new KindField(field("kind"), knows.kinds, knows.language, () => guess(knows.words, field("about").value), texts);
const asking = new Asking(form, knows);
const beside = new Beside(form, addresses, post, texts);
if (!document.getElementById("wrong")) field("at").value = ""; // empty: when the call began to be taken
const firstState = Object.fromEntries(new FormData(form).entries());

const screen = {
  read() {
    const fields = [...new FormData(form).entries()].filter(([name]) => !UNSENT.has(name)).map(([name, value]) => [name, String(value)]);
    const at = field("at");
    const sent = fields.filter(([name]) => name !== "at" || at.dataset.typed);
    sent.push(["key", drafts.now.key]);
    const label = [field("phone").value, field("place").value].filter(Boolean).join(" · ").slice(0, 60);
    const extra = { spot: place.spot, asking: asking.state(), atTyped: at.dataset.typed ?? "", number: beside.number ?? "" };
    return { fields: sent, extra, label };
  },
  write(draft) {
    const given = new Map(draft.fields);
    const channel = given.get("channel") ?? form.querySelector("[name=channel]:checked")?.value;
    form.reset();
    for (const name of ["phone", "name", "place", "place_code", "unit", "unit_code", "about", "category_reason", "address", "point", "place_words", "zone", "not_same", "parent", "join", "join_reason", "at"]) {
      if (field(name)) field(name).value = given.get(name) ?? "";
    }
    field("part").value = given.get("part") ?? firstState.part;
    field("here").checked = given.has("here");
    field("crime_signs").checked = given.has("crime_signs");
    field("at").dataset.typed = draft.extra.atTyped ?? "";
    for (const one of form.querySelectorAll("[name=channel]")) one.checked = one.value === channel;
    field("edition").value = knows.tree.edition;
    place.clear();
    place.restore(draft.extra.spot ?? null);
    kind.show(given.get("kind") ?? "");
    asking.restore(kind.value, draft.extra.asking, given.get("category") ?? "");
    field("crime_signs").checked = draft.key ? given.has("crime_signs") : false;
    beside.number = draft.extra.number;
    beside.restart();
    wrongs(draft.errors ?? {});
    kind.propose();
    field("phone").focus({ preventScroll: true });
  },
};
const drafts = new Drafts(keeper, screen);

// --- From field to field by Enter ---

/** Return what is filled in one after the other; what a detail hides is passed over. */
function order() {
  const asks = [...form.querySelectorAll("fieldset.ask")].map((one) => one.querySelector("input:checked") ?? one.querySelector("input"));
  const category = form.querySelector("[name=category]:checked") ?? form.querySelector("[name=category]");
  const reason = asking.reason.hidden ? [] : [field("category_reason")];
  return [field("phone"), field("name"), field("place"), field("about"), kind.input, ...asks, category, ...reason];
}

const groupOf = (element) => element?.closest("fieldset.ask, fieldset.category") ?? element;

function onward(from) {
  const all = order();
  const at = all.findIndex((one) => groupOf(one) === groupOf(from));
  const next = all[at + 1];
  if (at >= 0 && next) next.focus();
  else if (at >= 0) save();
}

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    onward(event.target);
  }
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
place.addEventListener("onward", () => onward(field("place")));
kind.addEventListener("onward", () => onward(kind.input));
asking.addEventListener("onward", ({ detail }) => onward(detail));
kind.addEventListener("chosen", () => asking.about(kind.value));
beside.addEventListener("decided", () => {
  drafts.typed();
  if (sure) save();
});

document.addEventListener("keydown", (event) => {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    save();
  } else if (event.altKey && !event.ctrlKey && digit) {
    event.preventDefault();
    if (digit === "0") drafts.add();
    else drafts.show(drafts.all[Number(digit) - 1]);
  } else if (event.key === "F2") {
    event.preventDefault();
    const all = [...form.querySelectorAll("[name=channel]")];
    const next = all[(all.findIndex((one) => one.checked) + 1) % all.length];
    next.checked = true;
    next.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// --- What is typed is kept ---

form.addEventListener("input", (event) => {
  if (event.target === field("at")) field("at").dataset.typed = "1";
  if (event.target === field("about")) kind.propose();
  if (event.target !== kind.input) drafts.typed();
  if (["about", "address", "point", "phone"].includes(event.target.name)) beside.changed();
});
for (const part of [place, kind, asking]) {
  for (const what of ["chosen", "changed"]) part.addEventListener(what, () => {
    if (drafts.now.key) drafts.typed();
    if (what === "chosen") beside.changed();
  });
}
addEventListener("pagehide", () => drafts.save());
addEventListener("beforeunload", (event) => {
  if (keeps && keeper.public && !leaving && !keeper.closed && (drafts.unsaved || saving)) event.preventDefault();
});
document.addEventListener("visibilitychange", () => document.hidden && drafts.save());

// --- The map, when somebody unfolds it ---

const unfolded = document.querySelector("[data-pick]");
let map = null;

unfolded?.addEventListener("toggle", async () => {
  if (!unfolded.open) return;
  if (!map) {
    const { PickMap } = await import("./pickmap.js");
    map = new PickMap(unfolded.querySelector("[data-pick-map]"));
    map.addEventListener("picked", async ({ detail }) => {
      drafts.typed();
      await place.fromPoint(detail);
    });
  }
  await map.draw();
  map.show(place.spot?.point, place.spot?.centre);
});
place.addEventListener("chosen", () => unfolded?.open && map?.show(place.spot?.point, place.spot?.centre));

// --- Registering ---

let sure = false; // the strong likeness has been shown once before saving
let saving = false;
let leaving = false; // the page was told to go on

function lacks() {
  const phone = field("phone");
  const digits = phone.value.replace(/\D/g, "").length;
  if (phone.value.trim() && (digits < 3 || digits > 20)) return { field: phone, text: texts.noPhone };
  if (place.lacks()) return { field: field("place"), text: place.lacks() };
  if (field("about").value.length > 10_000) return { field: field("about"), text: texts.tooLong };
  if (!kind.value) return { field: kind.input, text: texts.noKind };
  return asking.lacks();
}

async function save() {
  if (saving) return;
  saving = true;
  try {
    await place.settled;
    place.settle();
    const missing = lacks();
    if (missing) return complain(missing);
    if (beside.undecided().length && !sure) {
      sure = true;
      return void document.querySelector("[data-alike-panel] .strong button")?.focus();
    }
    sure = false;
    if (!keeps || !keeper.public) return sendPlainly();
    const key = await drafts.queue();
    just = key;
    await keeper.flush();
    const waits = await keeper.store.get(key);
    if (waits) note("warning", waits.state === "refused" ? texts.refused : texts.kept);
    just = "";
  } catch {
    sendPlainly();
  } finally {
    saving = false;
  }
}

/** This browser keeps nothing: the form goes as it is, and its page answers. */
function sendPlainly() {
  if (field("key").value === "" || drafts.now.key) field("key").value = drafts.now.key || field("key").value;
  if (!field("at").dataset.typed) field("at").value = "";
  form.submit();
}

function complain({ field: lacking, text }) {
  for (const one of form.querySelectorAll("p.error.found")) one.remove();
  const said = Object.assign(document.createElement("p"), { className: "error found", textContent: text });
  said.setAttribute("role", "alert");
  (lacking.closest(".field") ?? lacking.parentElement).append(said);
  lacking.focus();
}

function wrongs(errors) {
  for (const one of form.querySelectorAll("p.error.found")) one.remove();
  for (const [name, listed] of Object.entries(errors)) {
    const lacking = name === "kind" ? kind.input : field(name);
    const at = lacking instanceof HTMLElement ? lacking : form.querySelector(`[name="${name}"]`);
    const said = Object.assign(document.createElement("p"), { className: "error found", textContent: listed.join(" ") });
    (at?.closest(".field") ?? form.querySelector(".save")).append(said);
  }
}

keeper.addEventListener("registered", ({ detail }) => {
  const mine = detail.key === just;
  if (mine && !drafts.begun.length && document.visibilityState === "visible") {
    leaving = true;
    location.assign(detail.url);
    return;
  }
  note("success", [texts.registered.replace("{number}", detail.number), ...detail.notes].join(" "), [
    [texts.openCall, detail.url],
    [texts.slip, detail.slip],
  ]);
});

function note(tone, text, links = []) {
  const said = document.createElement("p");
  said.className = `notice ${tone}`;
  said.append(text);
  for (const [word, address] of links) {
    const link = Object.assign(document.createElement("a"), { href: address, textContent: word });
    said.append(" ", link);
  }
  const notes = document.querySelector("[data-notes]");
  notes.append(said);
  while (notes.children.length > 6) notes.firstElementChild.remove();
}

// --- What the bar says ---

async function tell() {
  const waiting = await keeper.waiting();
  const said = [];
  if (signedOut) said.push(texts.signedOut);
  else if (server.state === "away") said.push((keeps && keeper.public ? texts.away : texts.awayUnkept).replace("{time}", clock(server.since)));
  else said.push(texts[server.state]);
  if (waiting) said.push(counted(texts.waiting, waiting));
  if (!keeps) said.push(texts.unkept);
  else if (!keeper.public) said.push(texts.stranger);
  else if (!keeper.private && server.state === "away") said.push(texts.locked);
  const told = document.querySelector("[data-server-text]");
  const text = said.join(" · ");
  if (told.firstChild?.textContent !== text || told.children.length !== Number(signedOut)) {
    told.replaceChildren(text);
    if (signedOut) told.append(" ", Object.assign(document.createElement("a"), { href: `${addresses.door}?next=${addresses.new}`, textContent: texts.signIn }));
  }
  document.querySelector("[data-server]").dataset.server = signedOut ? "signed-out" : server.state;
  const who = document.querySelector("[data-officer]");
  if (who) who.textContent = keeper.name;
}

function tellDrafts() {
  const list = document.querySelector("[data-drafts]");
  const shown = drafts.all.length > 1 || drafts.begun.length ? drafts.all : [];
  list.replaceChildren(...shown.map((draft, nth) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "chip" });
    const key = Object.assign(document.createElement("kbd"), { textContent: `Alt ${nth + 1}` });
    button.append(key, ` ${draft.label || (draft.key ? texts.draft.replace("{n}", nth + 1) : texts.fresh)}`);
    if (draft.refused) button.append(Object.assign(document.createElement("span"), { className: "badge late", textContent: texts.mend }));
    button.setAttribute("aria-pressed", String(draft === drafts.now));
    button.addEventListener("click", () => drafts.show(draft));
    const line = document.createElement("li");
    line.append(button);
    return line;
  }));
  if (drafts.begun.length) list.append(control(`${texts.newDraft}`, "Alt 0", () => drafts.add()));
  if (drafts.now.key) list.append(control(texts.discard, "", () => confirm(texts.discardSure) && drafts.discard(drafts.now)));
  document.querySelector("[data-saved]").textContent = drafts.now.savedAt ? texts.saved.replace("{time}", clock(drafts.now.savedAt)) : "";
}

function control(text, key, work) {
  const line = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet small", textContent: text });
  if (key) button.append(" ", Object.assign(document.createElement("kbd"), { textContent: key }));
  button.addEventListener("click", work);
  line.append(button);
  return line;
}

drafts.addEventListener("changed", tellDrafts);
keeper.addEventListener("changed", tell);
keeper.addEventListener("flushed", () => drafts.bringBack());
keeper.addEventListener("signedout", () => { signedOut = true; tell(); });
keeper.addEventListener("unlocked", async () => {
  signedOut = false;
  tell();
  await drafts.bringBack();
  if (server.state !== "away") await keeper.flush();
});
server.addEventListener("away", () => {
  keeper.askWorker();
  tell();
});
server.addEventListener("here", async () => {
  tell();
  await keeper.unlock();
});

// --- Beginning ---

async function begin() {
  keeps = await keeper.begin();
  tell();
  kind.propose();
  asking.about(kind.value);
  // What was typed while this script was on its way, or came back from the server, is kept, too.
  if (["phone", "name", "place", "about"].some((name) => field(name).value)) drafts.typed();
  if (navigator.serviceWorker && globalThis.isSecureContext) {
    await navigator.serviceWorker.register(addresses.worker, { scope: "/calls/" }).catch(() => null);
    navigator.serviceWorker.ready.then((worker) => worker.active?.postMessage({ varta: "keep-shell" }));
  }
  server.start();
  area = await bringArea();
}

begin();
