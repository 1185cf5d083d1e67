// The claim line: what a shop's phone says of a voucher that it took, signed with the phone's own key.

import { crockford } from "./codes.js";
import { fromHex } from "./tokens.js";

/** A moment in Hong Kong, whatever zone the phone is set to: 20261122T150405. */
export const hongKongTime = (now = Date.now()) =>
  new Date(now + 288e5).toISOString().slice(0, 19).replace(/[-:]/g, "");

/** The day in Hong Kong, counted from 1970. */
export const hongKongDay = (now = Date.now()) => Math.floor((now + 288e5) / 864e5);

/** Whether this page may sign claim lines; on plain http it may only look at vouchers. */
export const canSign = () => Boolean(globalThis.crypto && crypto.subtle);

/** The device as its lines name it: S07.2. */
export const deviceOf = (shop) => `${shop.id}.${shop.device}`;

/** The line of a voucher: all fields, then the first 40 bits of their HMAC-SHA256. */
export async function claimLine(shop, seq, at, code) {
  const said = `CS1 ${deviceOf(shop)} ${seq} ${at} ${code}`;
  const key = await crypto.subtle.importKey("raw", fromHex(shop.key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(said)));
  return `${said} ${crockford(mac.subarray(0, 5), 8)}`;
}
