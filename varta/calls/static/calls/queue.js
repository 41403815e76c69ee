// Calls that wait for the server, sent once each and in their order.

/**
 * Send queued entries oldest first; `send` says what became of each: "kept" by the server, "refused" by it, or "waiting",
 * after which the rest waits, too. A refused one is kept here to be mended. A resend is harmless: the server knows the key.
 * @param {{all(): Promise<{key: string}[]>, remove(key: string): Promise<void>, shelve(entry: object, why: object): Promise<void>}} queue
 * @param {(entry: object) => Promise<{state: "kept" | "refused" | "waiting", why?: object}>} send
 */
export async function flush(queue, send) {
  for (const entry of await queue.all()) {
    const { state, why } = await send(entry);
    if (state === "waiting") return;
    if (state === "refused") await queue.shelve(entry, why);
    else await queue.remove(entry.key);
  }
}

/** Do the work while no other tab does it: the second tab waits, and then finds the queue empty. */
export const alone = (work) => (navigator.locks ? navigator.locks.request("varta-desk-queue", work) : work());

/** Return a UUID of version 7 (RFC 9562) for a moment in milliseconds. */
export function uuid7(milliseconds) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 5, rest = Math.floor(milliseconds); place >= 0; place--, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
