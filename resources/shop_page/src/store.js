// What the phone keeps, in IndexedDB: its shop, a voucher that waits for the shop card, and the claims.

import { claimLine, deviceOf, hongKongTime } from "./claims.js";

const PATIENCE = 4000; // ms; a storage that hangs is no storage, and nobody at a counter waits for it

let opened;

const settled = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

function database() {
  if (!opened) {
    const request = indexedDB.open("caring-street", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("kept");
      request.result.createObjectStore("claims", { keyPath: "code" }).createIndex("open", "open");
    };
    opened = settled(request);
  }
  return opened;
}

/** Run work in one transaction over both stores; what it returns comes only after everything is on the disk. */
async function run(mode, work) {
  const running = (await database()).transaction(["kept", "claims"], mode, { durability: "strict" });
  const complete = new Promise((done, failed) => {
    running.oncomplete = done;
    running.onabort = () => failed(running.error);
  });
  const result = work(running.objectStore("kept"), running.objectStore("claims"));
  result.catch(() => {
    try {
      running.abort(); // all of it or nothing
    } catch {
      // It ended already.
    }
  });
  await complete;
  return result;
}

const transaction = (mode, work) => Promise.race([run(mode, work), new Promise((_, failed) => setTimeout(failed, PATIENCE))]);

/** A kept value by its name. */
export const kept = (name) => transaction("readonly", (store) => settled(store.get(name)));

/** Keep a value under a name; undefined forgets it. */
export const keep = (name, value) =>
  transaction("readwrite", (store) => settled(value === undefined ? store.delete(name) : store.put(value, name)));

/** The claim of a voucher that this phone took before. */
export const claimOf = (code) => transaction("readonly", (_, claims) => settled(claims.get(code)));

/** All claims, oldest first; those the centre was not told of yet are `open`. */
export const allClaims = () => transaction("readonly", async (_, claims) => inOrder(await settled(claims.getAll())));

const inOrder = (claims) => claims.sort((one, other) => (one.at > other.at ? 1 : one.at < other.at ? -1 : one.seq - other.seq));

/** Write changed claims back. */
export const rewrite = (changed) => transaction("readwrite", async (_, claims) => Promise.all(changed.map((one) => settled(claims.put(one)))));

const counterOf = (shop) => `seq ${deviceOf(shop)}`;

/** Take a voucher: its number and its claim in one transaction, so that no tap and no second tab takes it twice. */
export async function take(code, offer) {
  for (;;) {
    const shop = await kept("shop");
    const counter = counterOf(shop);
    const seq = ((await kept(counter)) || 0) + 1;
    const taken = Date.now();
    const at = hongKongTime(taken);
    // Signed before the transaction, which would end while the signature is waited for.
    const claim = { ...offer, code, at, taken, seq, line: await claimLine(shop, seq, at, code), shop: shop.name, open: 1 };
    const outcome = await transaction("readwrite", async (store, claims) => {
      const [before, last] = await Promise.all([settled(claims.get(code)), settled(store.get(counter))]);
      if (before) return { claim: before, again: true };
      if ((last || 0) + 1 !== seq) return undefined; // another tab was faster: the number is taken
      store.put(seq, counter);
      claims.add(claim);
      return { claim };
    });
    if (outcome) return outcome;
  }
}

/** Whether a claim is the last of this phone and nobody has seen it: then it can be forgotten and its number used again. */
const isUnseen = (claim, shop, last) =>
  claim.open && !claim.handed && !claim.shown && claim.seq === last && claim.line.startsWith(`CS1 ${deviceOf(shop)} `);

/** The claim that can still be undone, or undefined. */
export const lastUnseen = () =>
  transaction("readonly", async (store, claims) => {
    const shop = await settled(store.get("shop"));
    if (!shop) return undefined;
    const last = await settled(store.get(counterOf(shop)));
    return (await settled(claims.index("open").getAll())).find((one) => isUnseen(one, shop, last));
  });

/** Forget a claim as if the voucher had never been taken; false where it was sent or shown meanwhile. */
export const untake = (code) =>
  transaction("readwrite", async (store, claims) => {
    const [shop, claim] = await Promise.all([settled(store.get("shop")), settled(claims.get(code))]);
    const last = await settled(store.get(counterOf(shop)));
    if (!claim || !isUnseen(claim, shop, last)) return false;
    store.put(last - 1, counterOf(shop));
    claims.delete(code);
    return true;
  });
