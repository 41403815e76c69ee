// Signing out wipes the officer's drafts from this browser. Calls that wait for the server stay, closed: nobody may lose them.

import { openStore } from "./store.js";

const PATIENCE_MS = 2_000;

const patiently = (work) => Promise.race([work, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);

/** Return the store and whose it is; null where this browser keeps nothing. */
async function kept() {
  if (!globalThis.isSecureContext || !globalThis.indexedDB) return null;
  const store = await openStore();
  const known = await store.remembered();
  return known ? { store, owner: known.owner } : null;
}

async function forget({ store, owner }) {
  await store.signOut(owner);
  const worker = await navigator.serviceWorker?.getRegistration("/calls/");
  worker?.active?.postMessage({ varta: "forget-key" });
}

document.querySelectorAll("form[data-forget]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const here = await patiently(kept().catch(() => null));
    if (here) {
      const waiting = (await here.store.of(here.owner, "queued", "refused")).length;
      if (waiting && !confirm(form.dataset.forget)) return;
      await patiently(forget(here).catch(() => null));
    }
    form.submit();
  });
});
