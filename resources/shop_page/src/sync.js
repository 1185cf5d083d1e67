// Tells a sync address of the open claims, where the street has one; without an answer they simply stay open.

import { allClaims, rewrite } from "./store.js";

const PATIENCE = 4000; // ms; the shop never waits for it
const MOST = 50; // lines in one request
const FINAL = ["accepted", "duplicate", "conflict", "unknown", "cancelled"];

/** Send what is open; the answers by code, or undefined where nobody answered. A rejected line stays open. */
export async function tell(address) {
  if (!address) return undefined;
  const claims = (await allClaims()).filter((one) => one.open).slice(0, MOST);
  if (!claims.length) return undefined;
  try {
    // Before it is sent: the answer may be lost on its way, and what the centre may have is not undone here.
    await rewrite(claims.map((one) => Object.assign(one, { shown: 1 })));
    const reply = await fetch(address, {
      method: "POST",
      headers: { "content-type": "text/plain" }, // a simple request: no question before it
      body: claims.map((one) => one.line).join("\n"),
      credentials: "omit",
      signal: AbortSignal.timeout && AbortSignal.timeout(PATIENCE),
    });
    if (!reply.ok) return undefined;
    const answers = (await reply.text()).trim().split("\n");
    const told = claims.map((one, place) => ({ ...one, answer: answers[place] }));
    const final = told.filter((one) => FINAL.includes(one.answer));
    for (const one of final) delete one.open;
    await rewrite(final);
    return Object.fromEntries(told.map((one) => [one.code, one.answer]));
  } catch {
    return undefined;
  }
}
