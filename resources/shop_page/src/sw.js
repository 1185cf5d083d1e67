// Serves the page without a network after the first visit: the kept copy at once, a newer one behind it.

const CACHE = "caring-street";
const PAGE = "/v";
const PAGES = [PAGE, "/v/", "/v/index.html"];
const MADE = /data-made="(\w+)"/;
const FRESH = 60_000; // ms in which the host is not asked again
let looking;
let looked = 0;

const kept = async () => (await caches.open(CACHE)).match(PAGE);

/** Which page is kept, or undefined. */
async function keptMade() {
  const page = await kept();
  return page && MADE.exec(await page.text())[1];
}

/** Fetch the page and keep it. Another page, such as a hotel's log-in, is never kept. */
async function refresh() {
  const reply = await fetch(PAGE, { cache: "no-cache" });
  const text = await reply.text();
  if (!reply.ok || !MADE.test(text)) throw new Error("no page");
  // Made anew, since an answer that was redirected may not be given to a navigation.
  const page = new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });
  await (await caches.open(CACHE)).put(PAGE, page);
}

/** Ask the host for a newer page, once at a time; whether it answers does not matter. */
function look() {
  if (Date.now() - looked > FRESH) {
    looked = Date.now();
    looking = refresh().catch(() => undefined);
  }
  return looking;
}

/** An open page says which one it is; it is told where a newer one is there. */
async function tell(client, made) {
  await look();
  const now = await keptMade();
  if (now && now !== made) client.postMessage("newer");
}

self.addEventListener("install", (event) => event.waitUntil(refresh().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(tell(event.source, event.data)));
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || !PAGES.includes(new URL(event.request.url).pathname)) return;
  event.waitUntil(look());
  event.respondWith(kept().then((page) => page || fetch(event.request)));
});
