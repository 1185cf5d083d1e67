// What this phone took today and this month: how many, of which offer, what the centre owes for it, what was not sent.

import { hongKongTime } from "./claims.js";
import { byId, element } from "./show.js";
import { say, spoken } from "./words.js";

const dollars = (cents) => (cents / 100).toLocaleString("en", { minimumFractionDigits: cents % 100 ? 2 : 0 });

/** Draw the table of these claims. A voucher whose amount the page does not know is counted in a row of its own. */
export function count(claims) {
  const now = hongKongTime();
  const month = claims.filter((one) => one.at.slice(0, 6) === now.slice(0, 6));
  const spans = [month.filter((one) => one.at.slice(0, 8) === now.slice(0, 8)), month];
  const rows = [row("th", say("voucher"), say("today"), say("month"))];
  for (const offer of new Set(month.map(nameOf))) rows.push(numbers(offer, spans, (one) => nameOf(one) === offer));
  rows.push(numbers(say("count"), spans, () => true));
  rows.push(row("td", say("owed"), ...spans.map((span) => dollars(span.reduce((sum, one) => sum + (one.cents || 0), 0)))));
  if (month.some(isUnpriced)) rows.push(numbers(say("unpriced"), spans, isUnpriced));
  rows.push(numbers(say("unsent2"), spans, (one) => one.open));
  byId("counts").replaceChildren(...rows);
}

const isUnpriced = (claim) => claim.cents === undefined;

const nameOf = ({ words = [] }) => words[spoken()] || words[0] || say("byPaper");

const numbers = (name, spans, wanted) => row("td", name, ...spans.map((span) => span.filter(wanted).length));

const row = (cell, name, ...values) =>
  element("tr", {}, element("th", { scope: "row", textContent: name }), ...values.map((one) => element(cell, { textContent: one })));
