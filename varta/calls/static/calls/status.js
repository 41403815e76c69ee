// Whether the server is there: asked every five seconds, every two while it is away, and told at once when a request fails.

const EVERY_MS = 5_000;
const AWAY_EVERY_MS = 2_000;
const PATIENCE_MS = 4_000;

/** Tells "here" and "away" as events; `offset` is how far this computer's clock is behind the server's, in milliseconds. */
export class Server extends EventTarget {
  /** @param {string} address */
  constructor(address) {
    super();
    this.address = address;
    this.state = "unknown";
    this.since = Date.now();
    this.offset = 0;
  }

  start() {
    const round = async () => {
      await this.ask();
      setTimeout(round, this.state === "away" ? AWAY_EVERY_MS : EVERY_MS);
    };
    round();
    addEventListener("offline", () => this.turn("away"));
    addEventListener("online", () => this.ask());
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
  }

  async ask() {
    const began = Date.now();
    try {
      // Without cookies: a page that asks by itself must not keep a session awake.
      const answer = await fetch(this.address, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!answer.ok) throw new Error(String(answer.status));
      const { now } = await answer.json();
      const offset = Date.parse(now) - (began + Date.now()) / 2;
      this.offset = Math.abs(offset) > 2_000 ? offset : 0;
      this.turn("here");
    } catch {
      this.turn("away");
    }
    return this.state;
  }

  turn(state) {
    if (state === this.state) return;
    this.state = state;
    this.since = Date.now();
    this.dispatchEvent(new Event(state));
  }

  /** Return this moment as the server would say it. */
  now() {
    return Date.now() + this.offset;
  }
}
