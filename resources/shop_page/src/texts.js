// What a text is, by the rule that the desk has too (scanning/reader.py). In this order:
//   181 digits in a row         a voucher's QR, whatever address is around them; the signature decides
//   P<shop>~...                 a shop card, or a damaged one
//   nine that fit               a code, but only `typed` by a person or behind the # of the page's own `address`:
//                               what a camera reads in another system's code may fit by luck
// and only where it was typed:
//   fewer than nine             unfinished: so many are missing
//   nine, or nearly as printed  mistyped where letters and figures are mixed, as in all but few of our codes;
//                               figures alone are a bar code, letters alone a word
// Anything else is another system's: an EAN, a word, an address. It is never called a slip of the finger.

import { fits, LENGTH, plain, tidy } from "./codes.js";

const NEARLY = /^[0-9A-Z]{3,5}-[0-9A-Z]{3,5}-[0-9A-Z]{1,2}$/;

/** One of `{digits}`, `{card}`, `{code}`, or `{said}` with what the page says of it. */
export function whatIs(text, how) {
  const digits = /(?:^|\D)(\d{181})(?!\d)/.exec(text.normalize("NFKC"));
  if (digits) return { digits: digits[1] };
  const card = shopCard(text);
  if (card) return card;
  const typed = how ? tidy(text) : "";
  const code = plain(typed);
  if (fits(code)) return { code };
  if (how !== "typed" || !/^[0-9A-Z]*$/.test(code)) return { said: "foreign" };
  if (code.length < LENGTH) return { said: "short", n: LENGTH - code.length };
  const mixed = /\d/.test(typed) && /[A-Z].*[A-Z]/.test(typed);
  return { said: mixed && (code.length === LENGTH || NEARLY.test(typed)) ? "mistyped" : "foreign" };
}

/** What a shop card says; undefined for a text that is none. */
function shopCard(text) {
  if (!/(?:^|#)P[A-Z0-9]*~/i.test(text)) return undefined;
  const found = /(?:^|#)P([A-Z][A-Z0-9]{0,7})~([1-9]\d{0,3})~([0-9a-f]{32})~([^~]+)$/i.exec(text);
  try {
    return { card: { id: found[1].toUpperCase(), device: found[2], key: found[3].toLowerCase(), name: decodeURIComponent(found[4]) } };
  } catch {
    return { said: "badCard" };
  }
}
