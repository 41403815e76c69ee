// Calls that are being taken at once: each is a draft that the browser keeps under lock from its first letter on.

import { uuid7 } from "./queue.js";

const SOON_MS = 300;
const LATEST_MS = 1_000; // whoever types without a pause is saved all the same

const empty = (order) => ({ key: "", order, fields: [], extra: {}, errors: null, fresh: true });

export class Drafts extends EventTarget {
  /**
   * @param {import("./keeper.js").Keeper} keeper
   * @param {{read(): {fields: string[][], extra: object, label: string, touched: boolean}, write(draft: object): void}} screen
   */
  constructor(keeper, screen) {
    super();
    [this.keeper, this.screen] = [keeper, screen];
    this.all = [empty(1)];
    this.now = this.all[0];
    this.done = new Set(); // keys that have left the form: a late autosave must not bring them back
    this.last = 0;
    this.work = Promise.resolve();
    this.held = new Map(); // key -> what frees its lock
    this.since = 0; // when something was typed that is not kept yet
    this.saving = 0; // how many are on their way to the disk
  }

  /** Return an order that is later than every earlier one. */
  order() {
    this.last = Math.max(this.last + 1, Date.now());
    return this.last;
  }

  /** Bring back what the browser kept and no other tab has open. */
  async bringBack() {
    for (const record of await this.keeper.kept("draft", "refused")) {
      const refused = record.state === "refused";
      if (refused) this.done.delete(record.key); // it left the form, and came back
      if (this.all.some((one) => one.key === record.key) || this.done.has(record.key) || !(await this.claim(record.key))) continue;
      this.all.push({ ...record.value, key: record.key, order: record.order, savedAt: record.savedAt, refused });
    }
    this.changed();
  }

  /** Hold a draft for this tab; false where another tab has it. */
  claim(key) {
    if (!navigator.locks || this.held.has(key)) return Promise.resolve(true);
    return new Promise((resolve) => {
      navigator.locks.request(`varta-draft-${key}`, { ifAvailable: true }, (lock) => {
        resolve(Boolean(lock));
        return lock ? new Promise((free) => this.held.set(key, free)) : null;
      });
    });
  }

  release(key) {
    this.held.get(key)?.();
    this.held.delete(key);
  }

  /** Something was typed: the draft gets its key and its moment with the first letter. */
  typed() {
    this.began();
    clearTimeout(this.timer);
    this.since ||= Date.now();
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(SOON_MS, this.since + LATEST_MS - Date.now())));
  }

  /** Whether something was typed that is not kept yet. */
  get unsaved() {
    return Boolean(this.since) || this.saving > 0;
  }

  began() {
    if (this.now.key) return;
    this.now.key = uuid7(this.keeper.server.now());
    this.now.order = this.order();
    this.now.fresh = false;
    this.claim(this.now.key);
  }

  /** Keep the draft that stands in the form; one after the other, so that an older state never replaces a newer one. */
  save() {
    clearTimeout(this.timer);
    this.since = 0;
    const draft = this.now;
    if (!draft.key) return this.work;
    Object.assign(draft, this.screen.read());
    this.saving++;
    this.work = this.work.then(async () => {
      if (this.done.has(draft.key)) return;
      const { fields, extra, label, errors } = draft;
      await this.keeper.keep(draft.key, draft.refused ? "refused" : "draft", draft.order, { fields, extra, label, errors });
      if (this.done.has(draft.key)) return;
      draft.savedAt = Date.now();
      this.changed();
    }).catch(() => this.dispatchEvent(new Event("unkept"))).finally(() => { this.saving--; });
    return this.work;
  }

  /** Let the draft of the form wait for the server, and clear the form at once: the next caller speaks already. */
  async queue() {
    const draft = this.now;
    this.began();
    clearTimeout(this.timer);
    this.since = 0;
    Object.assign(draft, this.screen.read());
    this.done.add(draft.key);
    this.drop(draft);
    this.saving++;
    try {
      await this.work;
      const { fields, extra, label } = draft;
      await this.keeper.keep(draft.key, "queued", draft.order, { fields, extra, label });
    } catch (error) {
      this.done.delete(draft.key);
      this.all.push(draft);
      this.show(draft);
      throw error;
    } finally {
      this.saving--;
    }
    return draft.key;
  }

  async discard(draft) {
    this.done.add(draft.key);
    await this.work;
    if (draft.key) await this.keeper.forget(draft.key);
    this.drop(draft);
  }

  drop(draft) {
    this.release(draft.key);
    this.all = this.all.filter((one) => one !== draft);
    if (!this.all.length) this.all.push(empty(this.order()));
    if (this.now === draft) this.show(this.all.find((one) => one.fresh) ?? this.all[0]);
    else this.changed();
  }

  /** Return the open drafts besides an empty one. */
  get begun() {
    return this.all.filter((one) => one.key);
  }

  add() {
    const fresh = this.all.find((one) => one.fresh);
    if (fresh) return this.show(fresh);
    const draft = empty(this.order());
    this.all.push(draft);
    return this.show(draft);
  }

  show(draft) {
    if (!draft) return;
    if (this.now !== draft && this.now.key && !this.done.has(this.now.key)) this.save();
    this.now = draft;
    this.screen.write(draft);
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("changed"));
  }
}
