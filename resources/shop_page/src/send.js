// The list of what the centre was not told of yet, and the ways to tell it. Opening WhatsApp is not sending.

import { hongKongTime } from "./claims.js";
import { pretty } from "./codes.js";
import { count } from "./counts.js";
import { byId, element, put, still } from "./show.js";
import { allClaims, lastUnseen, rewrite } from "./store.js";
import { say } from "./words.js";

const MOST = 20; // lines that one WhatsApp address takes
const LATEST = 60; // claims of the past that can be sent again

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

async function change(claims, values) {
  await rewrite(claims.map((one) => Object.assign(one, values)));
  await list();
}

// What a button of a message was pressed for, until another is: said in its place.
let pressed;

/** "Sent" is pressed twice: a finger that slips marks nothing, and what was marked can be put back. */
function sent(claims) {
  if (pressed === `sure ${claims[0].line}`) {
    for (const one of claims) delete one.open;
    pressed = undefined;
    return change(claims, { handed: hongKongTime() });
  }
  pressed = `sure ${claims[0].line}`;
  return list();
}

async function copy(claims) {
  const done = await navigator.clipboard.writeText(message(claims)).then(() => "copied", () => "uncopied");
  pressed = `${done} ${claims[0].line}`;
  return claims[0].open ? change(claims, { shown: 1 }) : list();
}

/** The buttons of one message. */
function buttons(claims, whatsapp) {
  const row = element("div", { className: "batch" });
  const [{ handed, open, answer, line }] = claims;
  const small = element("div", { className: "row" });
  const button = (key, pressedFor) =>
    small.append(element("button", { type: "button", textContent: say(key, { n: claims.length }), onclick: () => (still(), pressedFor(claims)) }));
  if (whatsapp) {
    const link = element("a", {
      className: "button whatsapp",
      href: `https://wa.me/${whatsapp}?text=${encodeURIComponent(message(claims))}`,
      target: "_blank",
      rel: "noopener noreferrer",
      textContent: say(handed || !open ? "again" : "send", { n: claims.length }),
      // The address is on its way before the list is drawn anew.
      onclick: () => void setTimeout(() => open && change(claims, { handed: hongKongTime() })),
    });
    row.append(link);
  }
  if (handed && open && whatsapp) row.append(element("p", { textContent: say("opened") }));
  if (navigator.clipboard) button(["copied", "uncopied"].find((one) => pressed === `${one} ${line}`) || "copy", copy);
  if (open && (handed || !whatsapp)) button(pressed === `sure ${line}` ? "sure2" : "sent", sent);
  if (!open && !answer) button("unsent", (mine) => change(mine, { open: 1 }));
  row.append(small);
  return row;
}

let settings = {};

/** Draw the list anew; `whatsapp`, the centre's number, and `undo`, what to do with a claim, are remembered. */
export async function list(given = settings) {
  settings = given;
  const [all, unseen] = await Promise.all([allClaims(), lastUnseen()]);
  const open = all.filter((one) => one.open);
  const before = all.filter((one) => !one.open).slice(-LATEST);
  byId("send").hidden = !all.length;
  put("toSend", open.length ? say("toSend", { n: open.length }) : say("allSent"));
  byId("open").replaceChildren(...open.map((one) => element("li", { textContent: `${clock(one.at)} ${pretty(one.code)}` })));
  byId("batches").replaceChildren(...batches(open).map((one) => buttons(one, settings.whatsapp)));
  put("undo", unseen ? say("undo", { code: pretty(unseen.code) }) : "");
  byId("undo").onclick = () => (still(), settings.undo(unseen));
  count(all);
  put("codesWords", say("codes"));
  byId("codes").hidden = !open.length;
  byId("before").hidden = !before.length;
  put("beforeWords", say("before"));
  byId("beforeBatches").replaceChildren(...batches(before).reverse().map((one) => buttons(one, settings.whatsapp)));
}
