// Keeps the board's rows as they are in the database: events of the live process, else the rows every ten
// seconds. The page says which it is. Map, sound and figures listen to "varta:changed" and "varta:row".
//
// On [data-board]: data-live, the address of the events; data-live-since, what the page has seen already;
// data-rows-address, where the rows stand. On [data-live-state]: data-word-… for each state.

import { drop, element, put, replaceAll } from "./rows.js";

/** @typedef {{key: string, kind: string, gone: boolean, html: string}} Changed */

const QUIET_MS = 25_000; // two signs of life were missed: the line is dead, whatever the browser believes
const POLL_MS = 10_000;
const GRACE_MS = 4_000; // a short break is not worth asking the web server for all rows
const LONGEST_MS = 30_000;
const SPREAD_MS = 3_000; // boards that must read all anew do not do so at once
const BEHIND_S = 5;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

class Live {
  /** @param {HTMLElement} board @param {HTMLElement | null} shown */
  constructor(board, shown) {
    this.board = board;
    this.shown = shown;
    this.seen = board.dataset.liveSince ?? "";
    this.wait = 1_000;
    this.connected = this.over = false;
    /** @type {Changed[] | null} rows that came while all were being read; null when nothing is read */
    this.waiting = null;
    this.once = false; // all rows must be read once more: what is being read may be too old
  }

  connect() {
    if (this.over) return;
    clearTimeout(this.again);
    this.source?.close();
    const address = new URL(this.board.dataset.live, location.href);
    if (this.seen) address.searchParams.set("since", this.seen);
    const source = new EventSource(address, { withCredentials: true });
    const hear = (name, then) => source.addEventListener(name, (event) => {
      if (source !== this.source) return;
      if (event.lastEventId) this.seen = event.lastEventId;
      this.listen();
      then(JSON.parse(event.data));
    });
    hear("hello", ({ reload }) => this.hello(reload));
    hear("changed", (rows) => this.changed(rows));
    hear("beat", ({ behind }) => this.say(behind > BEHIND_S ? "behind" : "live"));
    hear("reload", () => this.readAll(Math.random() * SPREAD_MS));
    hear("ended", ({ code }) => this.end(code));
    hear("bye", () => this.lost());
    source.onerror = () => source === this.source && this.lost();
    this.source = source;
    this.listen();
  }

  /** Wait for the next sign of life. */
  listen() {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.lost(), QUIET_MS);
  }

  /** @param {boolean} reload */
  hello(reload) {
    this.connected = true;
    this.wait = 1_000;
    clearTimeout(this.poll);
    this.say("live");
    if (reload) this.readAll(0);
  }

  /** @param {Changed[]} rows */
  changed(rows) {
    if (this.waiting) {
      this.waiting.push(...rows);
      return;
    }
    for (const { key, kind, gone, html } of rows) {
      if (gone) drop(kind, key);
      else put(element(html));
    }
    document.dispatchEvent(new CustomEvent("varta:changed", { detail: { rows } }));
  }

  lost() {
    this.source?.close();
    this.source = undefined;
    clearTimeout(this.quiet);
    if (this.connected) this.say("reconnecting");
    if (this.connected || !this.poll) {
      clearTimeout(this.poll);
      this.poll = setTimeout(() => this.ask(), GRACE_MS);
    }
    this.connected = false;
    this.again = setTimeout(() => this.connect(), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(LONGEST_MS, this.wait * 2);
  }

  /** Ask for all rows every ten seconds until the live process is back. */
  async ask() {
    if (this.connected || this.over) return;
    this.say((await this.readAll(0)) ? "polling" : "away");
    if (!this.connected) this.poll = setTimeout(() => this.ask(), POLL_MS);
  }

  /** Read all rows anew; what changes meanwhile waits. @param {number} after @returns {Promise<boolean>} */
  async readAll(after) {
    if (this.waiting) {
      this.once = true;
      return true;
    }
    this.waiting = [];
    try {
      await pause(after);
      const headers = { "X-Varta-Automatic": "1" };
      const answer = await fetch(this.board.dataset.rowsAddress, { headers, signal: AbortSignal.timeout(POLL_MS) });
      if (answer.redirected || answer.status === 401 || answer.status === 404) this.end("not-signed-in");
      if (!answer.ok || answer.redirected) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      replaceAll(page.body);
      if (!this.connected) this.seen = answer.headers.get("X-Varta-Seen") ?? this.seen;
      return true;
    } catch {
      return false;
    } finally {
      const rows = this.waiting ?? [];
      this.waiting = null;
      if (rows.length) this.changed(rows);
      if (this.once && !this.over) setTimeout(() => this.readAll(0));
      this.once = false;
    }
  }

  /** The session ended, or the appointment: the page that asks for sign-in comes instead of the board. */
  end(code) {
    this.over = true;
    this.source?.close();
    [this.quiet, this.again, this.poll].forEach(clearTimeout);
    this.say("ended");
    const event = new CustomEvent("varta:ended", { cancelable: true, detail: { code } });
    if (document.dispatchEvent(event)) location.reload();
  }

  /** @param {"live" | "reconnecting" | "polling" | "away" | "behind" | "ended"} state */
  say(state) {
    if (!this.shown || this.over && state !== "ended" || this.shown.dataset.liveState === state) return;
    this.shown.dataset.liveState = state;
    this.shown.textContent = this.shown.getAttribute(`data-word-${state}`) ?? "";
  }

  leave() {
    this.source?.close();
    this.source = undefined;
    [this.quiet, this.again, this.poll].forEach(clearTimeout);
  }
}

const board = document.querySelector("[data-board][data-live]");
if (board) {
  const live = new Live(board, document.querySelector("[data-live-state]"));
  live.connect();
  addEventListener("pagehide", () => live.leave());
  addEventListener("pageshow", (event) => event.persisted && live.connect());
  addEventListener("online", () => live.connect());
}
