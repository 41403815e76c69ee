// The browser's side of the desk: whose it is, what it keeps, and the sending of what waits.

import * as boxes from "./box.js";
import { alone, flush } from "./queue.js";
import { openStore } from "./store.js";

const JSON_TYPE = "application/json";
const BUSY = new Set([403, 404, 408, 425, 429]); // an appointment that has ended, too, may be given again

/** Events: "unlocked", "signedout", "changed" (something is kept or gone), "registered" (detail: the server's answer). */
export class Keeper extends EventTarget {
  /** @param {{new: string, keys: string}} addresses @param {import("./status.js").Server} server */
  constructor(addresses, server) {
    super();
    this.addresses = addresses;
    this.server = server;
    this.store = null;
    this.owner = "";
    this.name = "";
    this.token = "";
    this.public = null;
    this.private = null;
    this.opened = false; // boxes were opened on this page
    this.closed = false; // another officer has signed in: this page keeps nothing more
  }

  /** Open the store and find out whose desk this is. False where this browser cannot keep anything. */
  async begin() {
    if (!boxes.available()) return false;
    this.store = await openStore().catch(() => null);
    if (!this.store) return false;
    await this.store.forgetOld(Date.now());
    navigator.serviceWorker?.addEventListener("message", ({ data }) => data?.varta === "key" && this.given(data));
    const known = await this.store.remembered();
    if (known) {
      [this.owner, this.name] = [known.owner, known.officer];
      this.public = await boxes.publicKey(known.public);
    }
    return true;
  }

  /** Ask the server for the officer's keys; true when the boxes can be opened. */
  async unlock() {
    if (!this.store) return false;
    let answer;
    try {
      answer = await fetch(this.addresses.keys, { headers: { Accept: JSON_TYPE, "X-Varta-Automatic": "1" }, cache: "no-store" });
    } catch {
      this.server.turn("away");
      return false;
    }
    if (answer.status === 401 || answer.status === 404 || answer.redirected) {
      this.lock();
      return false;
    }
    return answer.ok && this.take(await answer.json());
  }

  /** The session has ended: what is kept can be added to, and no longer be read. */
  lock() {
    [this.token, this.private] = ["", null];
    this.tellWorker({ varta: "forget-key" });
    this.dispatchEvent(new Event("signedout"));
  }

  async take(given) {
    if (this.owner !== given.owner && this.opened) {
      // Somebody else signed in at this browser: nothing of the one before may stay on the screen.
      this.closed = true;
      await this.store.remember({ owner: given.owner, officer: given.name, public: given.public });
      location.reload();
      return false;
    }
    [this.owner, this.name, this.token] = [given.owner, given.name, given.token];
    this.public = await boxes.publicKey(given.public);
    this.private = await boxes.privateKey(given.private);
    this.opened = true;
    await this.store.remember({ owner: this.owner, officer: this.name, public: given.public });
    this.tellWorker({ varta: "keep-key", owner: this.owner, key: this.private });
    this.dispatchEvent(new Event("unlocked"));
    return true;
  }

  /** The worker may hold the key since before a reload. It is asked while nobody can sign in; else the server says who is here. */
  askWorker() {
    if (this.owner && !this.private) this.tellWorker({ varta: "ask-key", owner: this.owner });
  }

  async tellWorker(message) {
    (await navigator.serviceWorker?.ready)?.active?.postMessage(message);
  }

  given({ owner, key }) {
    if (owner !== this.owner || this.private || !key || this.server.state !== "away") return;
    [this.private, this.opened] = [key, true];
    this.dispatchEvent(new Event("unlocked"));
  }

  mark(key) {
    return `${this.owner} ${key}`;
  }

  /** Keep a value under its key; a later one replaces it. */
  async keep(key, state, order, value) {
    if (!this.store || !this.public || this.closed) throw new Error("nothing can be kept");
    const box = await boxes.close(value, this.public, this.mark(key));
    await this.store.put({ key, owner: this.owner, state, order, savedAt: Date.now(), box });
    this.dispatchEvent(new Event("changed"));
  }

  async forget(key) {
    await this.store?.remove(key);
    this.dispatchEvent(new Event("changed"));
  }

  /** Return drafts or refused calls with what they hold, as far as they can be opened now. */
  async kept(...states) {
    if (!this.store || !this.private) return [];
    const found = [];
    for (const record of await this.store.of(this.owner, ...states)) {
      const value = await boxes.open(record.box, this.private, this.mark(record.key)).catch(() => null);
      if (value) found.push({ ...record, value });
    }
    return found;
  }

  /** Return how many calls wait for the server. */
  async waiting() {
    return this.store ? (await this.store.of(this.owner, "queued")).length : 0;
  }

  /** Send what waits, one tab at a time. */
  async flush() {
    if (!this.private || !this.store || !this.token) return;
    await alone(() => flush(this, (entry) => this.send(entry)));
    this.dispatchEvent(new Event("changed"));
    this.dispatchEvent(new Event("flushed"));
  }

  async all() {
    return this.kept("queued");
  }

  async remove(key) {
    await this.store.remove(key);
  }

  async shelve(entry, why) {
    await this.keep(entry.key, "refused", entry.order, { ...entry.value, errors: why });
  }

  async send(entry, again = true) {
    if (!this.token && !(await this.unlock())) return { state: "waiting" };
    if (entry.owner !== this.owner) return { state: "waiting" };
    const body = new URLSearchParams([...entry.value.fields, ["mine", entry.owner], ["csrfmiddlewaretoken", this.token]]);
    let answer;
    try {
      answer = await fetch(this.addresses.new, { method: "POST", body, headers: { Accept: JSON_TYPE } });
    } catch {
      this.server.turn("away");
      return { state: "waiting" };
    }
    if (answer.status === 201) {
      this.dispatchEvent(new CustomEvent("registered", { detail: { ...(await answer.json()), entry } }));
      return { state: "kept" };
    }
    if (answer.status === 403 && again) {
      this.token = "";
      return this.send(entry, false);
    }
    if (answer.status === 401 || answer.status === 409) {
      this.lock();
      return { state: "waiting" };
    }
    if (answer.status >= 500 || BUSY.has(answer.status)) return { state: "waiting" };
    const said = await answer.json().catch(() => ({}));
    return { state: "refused", why: said.errors ?? { __all__: [String(answer.status)] } };
  }
}
