// The shop's page: what was scanned, what the phone says of it, and one tap to take it.

import { canSign, shopCard } from "./claims.js";
import { isWellTyped, pretty, typedCode } from "./codes.js";
import { hasCamera, readPhoto, stop, watch, watching } from "./scan.js";
import { clock, list } from "./send.js";
import { byId, card, draw, label, put, shown } from "./show.js";
import { claimOf, keep, kept, take } from "./store.js";
import { tell } from "./sync.js";
import { genuineToken } from "./tokens.js";
import { verdictOn } from "./verdict.js";
import { say, speak, spoken, tag } from "./words.js";

const facts = JSON.parse(byId("facts").textContent);
const HELD = 864e5; // ms that a voucher waits for the shop card
const CALLED = ["notOurs", "expired", "cancelled", "used", "question", "mistyped"];

let shop;
let canKeep = canSign();
let waiting; // what the button does: a code to take, or a shop to change to
let seen; // the text that the camera read last

/** Open what a QR, an address or a person gave. */
async function open(text) {
  waiting = undefined;
  const next = shopCard(text);
  if (next) return pair(next);
  const digits = /(?:^|\D)(\d{181})(?!\d)/.exec(text);
  const typed = digits ? undefined : typedCode(text);
  if (!digits && !typed) return show("notOurs");
  if (typed && !isWellTyped(typed)) return show("mistyped");
  const token = digits && (await genuineToken(digits[1], facts.keys));
  if (digits && !(token && token.kind === facts.kind)) return show("notOurs");
  return judge(typed || token.code, token, text);
}

async function judge(code, token, text) {
  const claim = canKeep ? await claimOf(code) : undefined;
  const offer = token && facts.offers[token.offer];
  const verdict = verdictOn(code, token, facts, shop, claim);
  const details = { code: pretty(code), words: token && (offer ? offer.slice(1) : ["", ""]) };
  if (verdict === "used") details.time = clock(claim.at);
  if (verdict === "expired") details.day = dayText(token.lastDay);
  if (verdict === "unpaired" && canKeep) await keep("held", { text, at: Date.now() });
  if (shop && canKeep && ["genuine", "typed", "expired"].includes(verdict)) waiting = { code, words: details.words };
  show(verdict === "unpaired" && !canKeep ? "genuine" : verdict, details);
}

const dayText = (day) => new Date(day * 864e5).toLocaleDateString("en-GB", { timeZone: "UTC" });

/** Make this the shop's phone; a phone of another shop is asked first. The key leaves the address at once. */
async function pair(next) {
  history.replaceState(null, "", location.pathname);
  if (!canKeep) return show("home");
  if (shop && shop.id !== next.id && waiting !== next) {
    waiting = next;
    return show("swap", { now: shop.name, next: next.name });
  }
  waiting = undefined;
  shop = next;
  await keep("shop", shop);
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  const held = await kept("held");
  await keep("held");
  if (held && Date.now() - held.at < HELD) return open(held.text);
  return show("paired", { words: [shop.name, shop.name] });
}

async function accept() {
  const mine = waiting;
  byId("take").disabled = true;
  try {
    await (mine.key ? pair(mine) : record(mine));
  } catch {
    show("unsaved"); // no room, or a browser that forgot; the button stays for another try
  }
  byId("take").disabled = false;
  byId("head").focus();
  if (seen) look();
}

async function record({ code, words }) {
  const { claim, again } = await take(code);
  waiting = undefined;
  // A page opened anew begins empty instead of saying that the voucher was taken.
  history.replaceState(null, "", location.pathname);
  const details = { code: pretty(code), words, time: clock(claim.at) };
  show(again ? "used" : "noted", details);
  if (!again) confirm(claim, details);
}

/** Tell the sync address, and turn the card green where the centre has it. */
async function confirm(claim, details) {
  const answers = await tell(facts.sync);
  if (!answers) return;
  await list();
  const answer = answers[claim.code];
  if (shown() !== "noted" || byId("code").textContent !== details.code || !answer) return;
  show({ accepted: "sure", duplicate: "sure", conflict: "conflict" }[answer] || "question", details);
}

/** Draw everything for a card. */
function show(kind, details = {}) {
  card(kind, { ...details, practice: facts.kind === 2 });
  actions();
  if (canKeep) list(facts.whatsapp);
}

function actions() {
  const kind = shown();
  byId("take").hidden = !waiting;
  label("take", kind === "expired" ? "note" : kind === "swap" ? "change" : "take");
  put("call", facts.phone && CALLED.includes(kind) ? say("call", { phone: facts.phone.replace(/^..../, "$& ") }) : "");
  label("scan", watching() ? "stop" : "scan");
  label("photoWords", "photo");
  put("numberWords", say("number"));
  put("check", say("check"));
  put("who", shop ? `${shop.name} (${shop.id})` : say("noShop"));
  put("language", spoken() ? "中文" : "English");
  byId("language").lang = tag(1 - spoken());
  place();
  put("hint", canKeep ? (inside() ? say("browser") : "") : say("noStore"));
}

/** Keep the buttons under the thumb while they leave room for the card; with very large letters they do not. */
const place = () => byId("bar").classList.toggle("near", byId("bar").offsetHeight < innerHeight * 0.35);

/** Whether the page stands inside another app, whose storage is not the browser's. */
const inside = () => /MicroMessenger|FBA[NV]|Instagram|Line\//.test(navigator.userAgent);

/** Scan with the page's own camera. A code is opened once until another was seen. */
async function look() {
  try {
    await watch((text) => {
      if (text === seen) return false;
      seen = text;
      stop();
      open(text);
      return true;
    });
    if (shown() !== "noted") show("aim");
    else actions();
  } catch {
    seen = undefined;
    show("noCamera");
  }
}

async function photo(event) {
  const file = event.target.files[0];
  if (!file) return;
  const text = await readPhoto(file).catch(() => undefined);
  event.target.value = "";
  if (text) open(text);
  else show("unclear");
}

function listen() {
  byId("take").onclick = accept;
  byId("scan").onclick = () => {
    seen = undefined;
    waiting = undefined;
    if (!watching()) return look();
    stop();
    show("home");
  };
  byId("photo").onchange = photo;
  byId("typed").onsubmit = (event) => {
    event.preventDefault();
    stop();
    open(byId("number").value);
    byId("number").value = "";
  };
  byId("language").onclick = () => {
    speak(1 - spoken());
    if (canKeep) keep("language", spoken());
    draw();
    actions();
    if (canKeep) list();
  };
  addEventListener("resize", place);
  addEventListener("hashchange", () => location.hash && route());
  addEventListener("online", () => tell(facts.sync).then(() => list()));
}

/** Work without a network after the first visit, and take a page that the team uploaded anew when nobody is busy. */
function serveOffline() {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  let stale = false;
  const ask = () => worker.controller && worker.controller.postMessage(document.documentElement.dataset.made);
  worker.onmessage = () => {
    stale = true;
    if (shown() === "home" && !byId("number").value) location.reload();
  };
  document.onvisibilitychange = () => (document.hidden ? stale && location.reload() : ask());
  worker.register("/sw.js", { scope: "/v" }).catch(() => undefined);
  ask();
}

const route = () => (location.hash.length > 1 ? open(location.hash.slice(1)) : show("home"));

async function start() {
  speak(navigator.language.startsWith("zh") ? 0 : 1);
  try {
    const [mine, language] = await Promise.all([kept("shop"), kept("language")]);
    shop = mine;
    if (language !== undefined) speak(language);
  } catch {
    canKeep = false;
  }
  byId("call").href = `tel:+852${facts.phone}`;
  byId("scan").hidden = !hasCamera();
  put("street", [facts.street, facts.team, facts.phone].filter(Boolean).join(" · "));
  listen();
  await route();
  serveOffline();
  if (canKeep) tell(facts.sync).then((told) => told && list());
}

start();
