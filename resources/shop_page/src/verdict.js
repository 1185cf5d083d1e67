// What the page says of a voucher: one word, decided from what is known on the phone.

const VOUCHER = 1;
const PRACTICE = 2;
const NEW_KEYS = 8; // so many keys may have been added since this page was made; a number beyond them is made up
const JUST = 6e5; // ms in which the same sheet is scanned twice rather than a copy of it

/** Verdicts that another page may see otherwise: the host is asked for a newer one before they are said. */
export const DOUBTFUL = ["notOurs", "stale", "practiceOnly", "cancelled", "otherShop", "expired"];

const has = (serials, code) => {
  for (let place = serials.indexOf(code.slice(0, 8)); place >= 0; place = serials.indexOf(code.slice(0, 8), place + 1))
    if (place % 8 === 0) return true;
  return false;
};

/** The last day of a token: the printed one, or a later one that the centre gave. */
function lastDayOf(token, facts) {
  const days = Object.keys(facts.extended).filter((day) => has(facts.extended[day], token.code));
  return Math.max(token.lastDay, facts.later[`${token.offer}.${token.lastDay}`] || 0, ...days);
}

/** Why a token is none of this page's vouchers; undefined where it is one. */
function notOfThisPage(token, facts) {
  const last = Math.max(...Object.keys(facts.keys));
  if (token && token.kind !== facts.kind) {
    if (token.kind === VOUCHER) return "stale"; // a page of the practice street, and the real one has begun
    if (token.kind === PRACTICE) return "practiceOnly";
  }
  if (token && token.kind === facts.kind && token.key > last && token.key <= last + NEW_KEYS) return "stale";
  return token && token.signed ? undefined : "notOurs";
}

/** The verdict on a text read as `{digits}` with its token, or `{code}`; `now` is a moment, `today` its day. */
export function verdictOn({ code, token }, facts, { shop, claim, now, today }) {
  const no = code ? undefined : notOfThisPage(token, facts);
  if (no) return no;
  const own = code || token.code;
  if (claim) return claim.open || now - claim.taken < JUST ? "already" : "used";
  if (has(facts.cancelled, own)) return "cancelled";
  const offer = token && facts.offers[token.offer];
  if (shop && offer && offer[0] !== shop.id) return "otherShop";
  if (token && (lastDayOf(token, facts) < today || facts.retired[token.key] < today)) return "expired";
  if (!shop) return "unpaired";
  return token ? "genuine" : "typed";
}
