// Serves the page without a network after the first visit: the kept copy at once, a newer one behind it.

const CACHE = "caring-street";
const PAGE = "/v";
const PAGES = [PAGE, "/v/", "/v/index.html"];
const MADE = /data-made="(\w+)"/;
const FRESH = 60_000; // ms in which the host is not asked again by the way
const JUST_NOW = 1000; // ms in which it is not asked again for a voucher
let looking;
let looked = 0;
let date; // the host's own, when it answered

const kept = async () => (await caches.open(CACHE)).match(PAGE);

/** Which page is kept, or undefined. */
async function keptMade() {
  const page = await kept();
  return page && MADE.exec(await page.text())[1];
}

/** Fetch the page and keep it. Another page, such as a hotel's log-in, is never kept. */
async function refresh() {
  date = undefined;
  const reply = await fetch(PAGE, { cache: "no-cache" });
  const text = await reply.text();
  if (!reply.ok || !MADE.test(text)) throw new Error("no page");
  date = Date.parse(reply.headers.get("date")) + (reply.headers.get("age") || 0) * 1000;
  // Made anew, since an answer that was redirected may not be given to a navigation.
  const page = new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });
  await (await caches.open(CACHE)).put(PAGE, page);
}

/** Ask the host for a newer page, once at a time; whether it answers does not matter. */
function look(fresh) {
  if (Date.now() - looked > fresh) {
    looked = Date.now();
    looking = refresh().catch(() => undefined);
  }
  return looking;
}

/** An open page says which one it is: it hears by its port what is so, or, as pages did before, only that a newer one is there. */
async function tell(client, made, port) {
  await look(port ? JUST_NOW : FRESH);
  const now = await keptMade();
  const newer = Boolean(now) && now !== made;
  if (port) port.postMessage({ newer, date });
  else if (newer) client.postMessage("newer");
}

self.addEventListener("install", (event) => event.waitUntil(refresh().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(tell(event.source, event.data, event.ports[0])));
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || !PAGES.includes(new URL(event.request.url).pathname)) return;
  event.waitUntil(look(FRESH));
  event.respondWith(kept().then((page) => page || fetch(event.request)));
});
