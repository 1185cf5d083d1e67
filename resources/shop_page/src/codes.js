// The short code of a voucher, as rules/codes.py has it: 8 characters of Crockford's base 32 and a Damm check.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** How many characters a code has. */
export const LENGTH = 9;

/** The first `count` characters of bytes, five bits each, most significant first. */
export function crockford(bytes, count) {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let shift = bytes.length * 8 - 5; text.length < count; shift -= 5) text += ALPHABET[Number((bits >> BigInt(shift)) & 31n)];
  return text;
}

/** The check character of Crockford characters: c = 2 * (c xor d) in GF(32), from 0; undefined where one is none. */
function checkOf(characters) {
  let check = 0;
  for (const one of characters) {
    const place = ALPHABET.indexOf(one);
    if (place < 0) return undefined;
    check = (check ^ place) << 1;
    if (check & 32) check ^= 37;
  }
  return ALPHABET[check];
}

/** The nine characters of a serial of five bytes. */
export function codeOf(serial) {
  const characters = crockford(serial, 8);
  return characters + checkOf(characters);
}

/** As printed: 7KQ4-M2XT-K. */
export const pretty = (code) => `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;

/** A typed text without its habits: full width, case, spaces, marks that nobody sees; every dash is a hyphen. */
export const tidy = (text) =>
  text.normalize("NFKC").toUpperCase().replace(/[\s\p{Cf}]/gu, "").replace(/[\p{Pd}−]/gu, "-");

/** A tidy text as a code is read: without hyphens, O as 0, I and L as 1. */
export const plain = (text) => text.replace(/-/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

/** Whether nine characters are a code: the last fits the others. */
export const fits = (code) => code.length === LENGTH && checkOf(code.slice(0, -1)) === code[LENGTH - 1];
