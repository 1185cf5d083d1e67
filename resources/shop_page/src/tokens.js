// What a voucher's QR says, and whether this street signed it: as rules/tokens.py and scanning/signing.py have it.

import { codeOf } from "./codes.js";
import { isSignedBy } from "./libraries.js";

const DOMAIN = new TextEncoder().encode("caring-street/voucher/1\0");
const FIRST_DAY = Date.UTC(2024, 0, 1) / 864e5;
const PAYLOAD = 11;

/** The bytes of hexadecimal digits. */
export const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (two) => parseInt(two, 16));

/** What 181 digits say, `signed` where one of the keys signed it; undefined for a number that no voucher holds. */
export async function tokenOf(digits, keys) {
  let number = BigInt(digits);
  if (number >> 600n) return undefined;
  const raw = new Uint8Array(75);
  for (let place = 74; place >= 0; place--, number >>= 8n) raw[place] = Number(number & 255n);
  const message = new Uint8Array(DOMAIN.length + PAYLOAD);
  message.set(DOMAIN);
  message.set(raw.subarray(0, PAYLOAD), DOMAIN.length);
  const key = keys[raw[1]];
  return {
    signed: Boolean(key) && (await isSigned(raw.slice(PAYLOAD), message, fromHex(key))),
    kind: raw[0],
    key: raw[1],
    code: codeOf(raw.subarray(2, 7)),
    lastDay: FIRST_DAY + raw[7] * 256 + raw[8],
    offer: raw[9] * 256 + raw[10],
  };
}

async function isSigned(signature, message, key) {
  const subtle = globalThis.crypto && crypto.subtle; // absent on plain http
  if (subtle) {
    try {
      const imported = await subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
      return await subtle.verify("Ed25519", imported, signature, message);
    } catch {
      // An older phone knows no Ed25519; the library below does.
    }
  }
  try {
    return isSignedBy(signature, message, key);
  } catch {
    return false;
  }
}
