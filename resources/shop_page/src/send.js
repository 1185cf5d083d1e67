// The list of what the centre was not told of yet, and the ways to tell it. Opening WhatsApp is not sending.

import { hongKongTime } from "./claims.js";
import { pretty } from "./codes.js";
import { byId, element, put } from "./show.js";
import { openClaims, rewrite, sentClaims } from "./store.js";
import { say } from "./words.js";

const MOST = 20; // lines that one WhatsApp address takes

/** 22/11 15:04 of a claim's time. */
export const clock = (at) => `${at.slice(6, 8)}/${at.slice(4, 6)} ${at.slice(9, 11)}:${at.slice(11, 13)}`;

/** Claims in messages: what was handed to WhatsApp together stays together. */
export function batches(claims) {
  const made = [];
  for (const claim of claims) {
    const last = made[made.length - 1];
    if (last && last.length < MOST && last[0].handed === claim.handed && last[0].shop === claim.shop) last.push(claim);
    else made.push([claim]);
  }
  return made;
}

const message = (claims) => [`愛心券 ${claims.length} 張 ${claims[0].shop}`, ...claims.map((one) => one.line)].join("\n");

async function hand(claims, values) {
  await rewrite(claims.map((one) => Object.assign(one, values)));
  await list();
}

function sent(claims) {
  const handed = hongKongTime();
  for (const one of claims) delete one.open;
  return hand(claims, { handed });
}

/** The buttons of one message. */
function buttons(claims, whatsapp) {
  const row = element("div", { className: "batch" });
  const { handed, open } = claims[0];
  const facts = { n: claims.length };
  if (whatsapp) {
    const link = element("a", {
      className: "button whatsapp",
      href: `https://wa.me/${whatsapp}?text=${encodeURIComponent(message(claims))}`,
      target: "_blank",
      rel: "noopener noreferrer",
      textContent: say(handed ? "again" : "send", facts),
      // The address is on its way before the list is drawn anew.
      onclick: () => void setTimeout(() => open && hand(claims, { handed: hongKongTime() })),
    });
    row.append(link);
  }
  if (handed && open) row.append(element("p", { textContent: say("opened") }));
  const small = element("div", { className: "row" });
  if (navigator.clipboard)
    small.append(element("button", { type: "button", textContent: say("copy"), onclick: () => navigator.clipboard.writeText(message(claims)) }));
  if (open && (handed || !whatsapp))
    small.append(element("button", { type: "button", textContent: say("sent"), onclick: () => sent(claims) }));
  row.append(small);
  return row;
}

let number = "";

/** Draw the list anew; the centre's WhatsApp number is remembered. */
export async function list(whatsapp = number) {
  number = whatsapp;
  const [open, before] = await Promise.all([openClaims(), sentClaims()]);
  byId("send").hidden = !open.length && !before.length;
  put("toSend", open.length ? say("toSend", { n: open.length }) : say("allSent"));
  byId("open").replaceChildren(...open.map((one) => element("li", { textContent: `${clock(one.at)} ${pretty(one.code)}` })));
  byId("batches").replaceChildren(...batches(open).map((one) => buttons(one, whatsapp)));
  byId("before").hidden = !before.length;
  put("beforeWords", say("before"));
  byId("beforeBatches").replaceChildren(...batches(before.map((one) => ({ ...one, handed: "sent" }))).reverse().map((one) => buttons(one, whatsapp)));
}
