// What the phone keeps, in IndexedDB: its shop, a voucher that waits for the shop card, and the claims.

import { claimLine, hongKongTime } from "./claims.js";

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
async function transaction(mode, work) {
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

/** A kept value by its name. */
export const kept = (name) => transaction("readonly", (store) => settled(store.get(name)));

/** Keep a value under a name; undefined forgets it. */
export const keep = (name, value) =>
  transaction("readwrite", (store) => settled(value === undefined ? store.delete(name) : store.put(value, name)));

/** The claim of a voucher that this phone took before. */
export const claimOf = (code) => transaction("readonly", (_, claims) => settled(claims.get(code)));

/** Claims the centre was not told of yet, oldest first. */
export const openClaims = () => transaction("readonly", async (_, claims) => inOrder(await settled(claims.index("open").getAll())));

/** The latest claims that were sent. */
export const sentClaims = () =>
  transaction("readonly", async (_, claims) => inOrder(await settled(claims.getAll())).filter((one) => !one.open).slice(-60));

const inOrder = (claims) => claims.sort((one, other) => (one.at > other.at ? 1 : one.at < other.at ? -1 : one.seq - other.seq));

/** Write changed claims back. */
export const rewrite = (changed) => transaction("readwrite", async (_, claims) => Promise.all(changed.map((one) => settled(claims.put(one)))));

/** Take a voucher: its number and its claim in one transaction, so that no tap and no second tab takes it twice. */
export async function take(code) {
  for (;;) {
    const shop = await kept("shop");
    const counter = `seq ${shop.id}.${shop.device}`;
    const seq = ((await kept(counter)) || 0) + 1;
    const at = hongKongTime();
    // Signed before the transaction, which would end while the signature is waited for.
    const claim = { code, at, seq, line: await claimLine(shop, seq, at, code), shop: shop.name, open: 1 };
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
