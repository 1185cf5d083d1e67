// The short code of a voucher, as rules/codes.py has it: 8 characters of Crockford's base 32 and a Damm check.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The first `count` characters of bytes, five bits each, most significant first. */
export function crockford(bytes, count) {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let shift = bytes.length * 8 - 5; text.length < count; shift -= 5) text += ALPHABET[Number((bits >> BigInt(shift)) & 31n)];
  return text;
}

/** The check character of Crockford characters: c = 2 * (c xor d) in GF(32), from 0. */
function checkOf(characters) {
  let check = 0;
  for (const one of characters) {
    check = (check ^ ALPHABET.indexOf(one)) << 1;
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

/** A typed code without its habits, or undefined for a text of another form. */
export function typedCode(text) {
  const plain = text.normalize("NFKC").toUpperCase().replace(/[\s‐-―−-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{9}$/.test(plain) ? plain : undefined;
}

/** Whether the last of nine characters fits the others. */
export const isWellTyped = (code) => checkOf(code.slice(0, 8)) === code[8];
