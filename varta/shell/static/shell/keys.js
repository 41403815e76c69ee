// Shortcuts of the keyboard. By the key's place, so that any layout works; never while somebody types.

const pressed = (event) => (event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key);
const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr, .table tbody tr")];

let waitingForPlace = 0;

const go = (key) => document.querySelector(`.ways a[data-key="${key}"]`)?.click();

const help = () => {
  const dialog = document.getElementById("keys");
  if (dialog?.open) dialog.close();
  else dialog?.showModal();
};

const move = (step) => {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains("chosen"));
  const next = Math.max(0, Math.min(all.length - 1, now + step));
  all.forEach((row) => row.classList.remove("chosen"));
  all[next].classList.add("chosen");
  const link = all[next].querySelector("a");
  link?.focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
};

const simple = {
  "/": () => document.querySelector("#seek, [role=search] input[type=search]")?.focus(),
  "?": help,
  n: () => {
    const link = document.querySelector('a[data-new], a[href^="/cases/new/"]');
    if (link) link.click();
    else location.href = "/cases/new/";
  },
  j: () => move(1),
  k: () => move(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
    if (typing(event.target)) event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  // "?" and "/" stand on other keys in a Ukrainian layout: the key beside the right Shift counts, too.
  const slash = event.code === "Slash";
  const key = slash ? (event.shiftKey ? "?" : "/") : pressed(event);
  if (Date.now() - waitingForPlace < 1500 && key.length === 1) {
    waitingForPlace = 0;
    event.preventDefault();
    go(key);
  } else if (key === "g") {
    waitingForPlace = Date.now();
  } else if (simple[key]) {
    if (key === "n" && !document.getElementById("seek")) return;
    event.preventDefault();
    simple[key]();
  }
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  });
});

document.querySelectorAll("[data-keys]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", help);
});

// A form that writes goes once: a second press waits for the answer to the first.
document.querySelectorAll("form[data-once]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
  });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-once]").forEach((form) => delete form.dataset.sent);
});

document.getElementById("wrong")?.focus();

// A table wider than its frame scrolls by the keyboard, too.
document.querySelectorAll(".scroll, .chart-frame").forEach((frame) => {
  if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
});
