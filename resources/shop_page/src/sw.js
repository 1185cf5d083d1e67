// Serves the page without a network after the first visit: the kept copy at once, a newer one behind it.

const CACHE = "caring-street";
const PAGE = "/v";
const PAGES = [PAGE, "/v/", "/v/index.html"];
const MADE = /data-made="(\w+)"/;

/** Fetch the page and keep it. Another page, such as a hotel's log-in, is never kept. */
async function refresh() {
  const cache = await caches.open(CACHE);
  const reply = await fetch(PAGE, { cache: "no-cache" });
  const text = await reply.text();
  const made = MADE.exec(text);
  if (!reply.ok || !made) throw new Error("no page");
  const before = await cache.match(PAGE);
  const old = before && MADE.exec(await before.text());
  if (old && old[1] === made[1]) return;
  // Made anew, since an answer that was redirected may not be given to a navigation.
  await cache.put(PAGE, new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } }));
  if (old) for (const client of await self.clients.matchAll({ includeUncontrolled: true })) client.postMessage("newer");
}

const quietly = () => refresh().catch(() => undefined);

async function answer(request) {
  const found = await (await caches.open(CACHE)).match(PAGE);
  return found || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(refresh().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(quietly()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || !PAGES.includes(new URL(event.request.url).pathname)) return;
  event.respondWith(answer(event.request));
  event.waitUntil(quietly());
});
