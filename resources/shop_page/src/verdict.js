// What the page says of a voucher: one word, decided from what is known on the phone.

import { hongKongDay } from "./claims.js";

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

/** The verdict on a voucher's code and token (undefined for a typed code), which is none of `notOurs`. */
export function verdictOn(code, token, facts, shop, claim) {
  if (claim) return "used";
  if (has(facts.cancelled, code)) return "cancelled";
  const offer = token && facts.offers[token.offer];
  if (shop && offer && offer[0] !== shop.id) return "otherShop";
  if (token) {
    const today = hongKongDay();
    if (lastDayOf(token, facts) < today || facts.retired[token.key] < today) return "expired";
  }
  if (!shop) return "unpaired";
  return token ? "genuine" : "typed";
}
