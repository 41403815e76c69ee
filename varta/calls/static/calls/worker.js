// The browser's worker of the desk: it keeps the screen of intake and the places for times without the server. The server
// puts KEPT (a version and a list of files) before this text. It keeps nothing about people; the key of the boxes stays in
// its memory alone, and goes when the browser ends it.

const CACHE = `varta-desk-${KEPT.version}`;
const SHELL = "/calls/new/shell/";
const SCREEN = "/calls/new/";
const PLACES = "/calls/new/places.json";
const KNOWS = "/calls/new/knows.json";
const HELD = new Set([PLACES, KNOWS]);
const PATIENCE_MS = 4_000;
const AWAY_MS = 10_000; // so long after a failure, the kept files come first
const GATEWAY = new Set([500, 502, 503, 504]);

let awaySince = 0;
let held = null; // {owner, key}

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT.files.map((file) => new Request(file, { cache: "reload" }))))
    .then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("varta-desk-") && name !== CACHE);
    const cache = await caches.open(CACHE);
    for (const name of names) {
      const before = await (await caches.open(name)).match(PLACES, { ignoreVary: true });
      if (before) await cache.put(PLACES, before);
      await caches.delete(name);
    }
    await self.clients.claim();
    await keepShell();
  })());
});

/** Fetch the screen and the places anew; what is none of ours, as the door of sign-in, is not kept. */
async function keepShell() {
  const cache = await caches.open(CACHE);
  for (const address of [SHELL, KNOWS, PLACES]) {
    const answer = await fetch(address, { cache: "no-cache", headers: { "X-Varta-Automatic": "1" } }).catch(() => null);
    if (answer?.ok && !answer.redirected) await cache.put(address, answer);
  }
}

self.addEventListener("message", (event) => {
  const asked = event.data;
  if (asked?.varta === "keep-shell") event.waitUntil(keepShell());
  if (asked?.varta === "keep-key") held = { owner: asked.owner, key: asked.key };
  if (asked?.varta === "forget-key") held = null;
  if (asked?.varta === "ask-key" && held?.owner === asked.owner) event.source.postMessage({ varta: "key", ...held });
});

async function patiently(request) {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  awaySince = 0;
  return answer;
}

async function screen(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await patiently(request);
    if (!GATEWAY.has(answer.status)) return answer;
  } catch {
    awaySince = Date.now();
  }
  return (await cache.match(SHELL, { ignoreVary: true })) ?? Response.error();
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const before = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (before && Date.now() - awaySince < AWAY_MS) return before;
  try {
    const answer = await patiently(request);
    const { pathname } = new URL(request.url);
    if (answer.ok && !answer.redirected && HELD.has(pathname)) await cache.put(pathname, answer.clone());
    if (!GATEWAY.has(answer.status) || !before) return answer;
  } catch {
    awaySince = Date.now();
  }
  return before ?? Response.error();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (pathname === SCREEN) event.respondWith(screen(request));
    else if (pathname === "/calls/") event.respondWith(fetch(request).catch(() => Response.redirect(SCREEN)));
    return;
  }
  if (HELD.has(pathname) || KEPT.files.some((file) => new URL(file, self.location).pathname === pathname)) event.respondWith(kept(request));
});
