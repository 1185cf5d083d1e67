// The shop's page: what was scanned, what the phone says of it, and one tap to take it.

import { canSign, deviceOf, hongKongDay } from "./claims.js";
import { pretty } from "./codes.js";
import { newest, renew } from "./newest.js";
import { hasCamera, readPhoto, stop, watch, watching } from "./scan.js";
import { clock, list } from "./send.js";
import { byId, card, draw, label, put, shown, still } from "./show.js";
import { claimOf, keep, kept, take, untake } from "./store.js";
import { tell } from "./sync.js";
import { whatIs } from "./texts.js";
import { tokenOf } from "./tokens.js";
import { DOUBTFUL, verdictOn } from "./verdict.js";
import { say, speak, spoken, tag } from "./words.js";

const facts = JSON.parse(byId("facts").textContent);
const HELD = 864e5; // ms that a voucher waits for the shop card
const APART = 216e5; // ms that a phone's clock may differ from the host's
const CALLED = ["notOurs", "expired", "cancelled", "used", "already", "question", "mistyped", "stale", "practiceOnly", "unsaved"];
const DONE = ["noted", "sure", "conflict", "question", "unsaved", "swap"]; // never taken away by a newer page

let shop;
let canKeep = canSign();
let waiting; // what the button does: a code to take, or a shop to change to
let seen; // the text that the camera read last
let asked = ""; // the voucher that is shown, as a text
let turn = 0; // counts what was opened: a later one overrules what an earlier one still waits for
let busy = false;
let stale = false; // a newer page is there
let skew = 0; // ms that the phone's clock is behind the host's, where it is much

/** Open what a QR, an address or a person gave. */
async function open(text, how) {
  const mine = ++turn;
  waiting = undefined;
  asked = "";
  const said = whatIs(text, how);
  if (said.said) return show(said.said, said);
  if (said.card) return pair(said.card);
  asked = said.digits || said.code;
  for (const again of [canKeep, false]) {
    try {
      return await judge(said, mine);
    } catch {
      canKeep = false; // a storage that fails is none: the voucher can still be looked at
      if (!again) show("broken");
    }
  }
  return undefined;
}

async function judge({ digits, code }, mine) {
  const answer = ask();
  const token = digits && (await tokenOf(digits, facts.keys));
  const own = code || (token && token.code);
  const claim = canKeep && own ? await claimOf(own) : undefined;
  const now = Date.now() + skew;
  const verdict = verdictOn({ code, token }, facts, { shop, claim, now, today: hongKongDay(now) });
  if (DOUBTFUL.includes(verdict) && (await isOutdated(answer, verdict, mine))) return;
  if (mine !== turn) return;
  const offer = token && facts.offers[token.offer];
  const known = own && !["notOurs", "stale", "practiceOnly"].includes(verdict);
  const details = { code: own && verdict !== "notOurs" ? pretty(own) : "", words: known && token && (offer ? offer.slice(2) : ["", ""]) };
  if (claim) details.time = clock(claim.at);
  if (verdict === "expired") Object.assign(details, { day: dayText(token.lastDay), today: dayText(hongKongDay()) });
  if (verdict === "unpaired" && canKeep) await keep("held", { text: asked, at: Date.now() });
  const takes = ["genuine", "typed", "expired"].includes(verdict) || (verdict === "stale" && token.kind === facts.kind);
  if (shop && canKeep && takes && own) waiting = { code: own, words: details.words, cents: (known && offer && offer[1]) ?? undefined };
  if (!canKeep && ["genuine", "unpaired"].includes(verdict)) return show(token ? "genuine" : "typed", { ...details, more: token && "checkMore" });
  show(verdict, details);
  if (stale) outdated();
  return undefined;
}

/** Wait for the host's word before a verdict that a newer page may see otherwise; whether that page is on its way. */
async function isOutdated(answer, verdict, mine) {
  const wait = setTimeout(() => mine === turn && show(verdict === "stale" ? "stale" : "checking", { more: "checkingMore" }), 150);
  const { newer } = await answer;
  clearTimeout(wait);
  return mine === turn && newer && renew(asked);
}

/** Ask the host for a newer page. It takes the place of this one when nothing is in hand, and answers again. */
async function ask() {
  const answer = await newest();
  if (answer.date) clockIs(answer.date - Date.now());
  if (answer.newer) outdated();
  else if (answer.date && history.state) history.replaceState(null, "");
  return answer;
}

function outdated() {
  stale = true;
  if (!busy && !watching() && !byId("number").value && !DONE.includes(shown())) renew(asked);
}

/** What the host's clock says of the phone's; only a difference of hours counts. */
function clockIs(apart) {
  const before = skew;
  skew = Math.abs(apart) > APART ? apart : 0;
  if (Boolean(before) === Boolean(skew)) return;
  if (canKeep) quietly(keep("skew", skew || undefined));
  hint();
}

/** What nobody at the counter can do anything about, and what does not keep the page from answering. */
const quietly = (work) => work.catch(() => undefined);

const dayText = (day) => new Date(day * 864e5).toLocaleDateString("en-GB", { timeZone: "UTC" });

const nameOf = (one) => `${one.name} (${deviceOf(one)})`;

/** Make this the shop's phone; one that is registered otherwise is asked first. The key leaves the address at once. */
async function pair(next) {
  history.replaceState(null, "", location.pathname);
  if (!canKeep) return show("noStore");
  if (shop && waiting !== next && (nameOf(shop) !== nameOf(next) || shop.key !== next.key)) {
    waiting = next;
    return show("swap", { now: nameOf(shop), next: nameOf(next) });
  }
  waiting = undefined;
  try {
    await keep("shop", next);
  } catch {
    canKeep = false;
    return show("noStore");
  }
  shop = next;
  if (navigator.storage && navigator.storage.persist) quietly(navigator.storage.persist());
  const held = await kept("held");
  await keep("held");
  if (held && Date.now() - held.at < HELD) return open(held.text, "address");
  return show("paired", { words: [shop.name, shop.name] });
}

async function accept() {
  const mine = waiting;
  if (!mine || busy) return;
  busy = true;
  byId("take").disabled = true;
  try {
    await (mine.key ? pair(mine) : record(mine));
  } catch {
    show("unsaved"); // no room, or a browser that forgot; the button stays for another try
  }
  busy = false;
  byId("take").disabled = false;
  still();
  byId("head").focus();
  if (seen) look();
}

async function record({ code, words, cents }) {
  const { claim, again } = await take(code, { words: words || undefined, cents });
  waiting = undefined;
  // A page opened anew begins empty instead of saying that the voucher was taken.
  history.replaceState(null, "", location.pathname);
  const details = { code: pretty(code), words, time: clock(claim.at) };
  show(again ? "already" : "noted", details);
  if (!again) confirm(claim, details);
}

async function undo(claim) {
  const undone = await untake(claim.code);
  show(undone ? "undone" : "question", { code: pretty(claim.code) });
  byId("head").focus();
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
  if (canKeep) quietly(list({ whatsapp: facts.whatsapp, undo }));
}

const home = () => show("home", { more: hasCamera() ? "homeMore" : "homePhotoMore" });

function actions() {
  const kind = shown();
  byId("take").hidden = !waiting;
  label("take", ["expired", "stale"].includes(kind) ? "note" : kind === "swap" ? "change" : "take");
  put("call", facts.phone && CALLED.includes(kind) ? say("call", { phone: facts.phone.replace(/^..../, "$& ") }) : "");
  label("scan", watching() ? "stop" : "scan");
  label("photoWords", "photo");
  put("numberWords", say("number"));
  put("check", say("check"));
  put("who", shop ? nameOf(shop) : say("noShop"));
  put("language", spoken() ? "中文" : "English");
  byId("language").lang = tag(1 - spoken());
  hint();
  place();
}

function hint() {
  const said = [canKeep ? (inside() ? say("browser") : "") : say("noStoreMore"), skew ? say("clock", { today: dayText(hongKongDay()) }) : ""];
  put("hint", said.filter(Boolean).join(" "));
}

/** Keep all buttons under the thumb while they leave room for the card; with very large letters only the one that takes. */
function place() {
  const bar = byId("bar");
  bar.className = "near";
  bar.classList.toggle("near", bar.offsetHeight < innerHeight * 0.35);
  document.body.classList.toggle("tight", innerHeight < 24 * parseFloat(getComputedStyle(document.documentElement).fontSize));
}

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
    // The first look may have found something already; and what was just noted stays to be read.
    if (watching() && shown() !== "noted") show("aim");
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

/** A typed text stays where it stands until it is a whole code: it is mended, not typed again. */
async function typed(event) {
  event.preventDefault();
  stop();
  const text = byId("number").value;
  const said = whatIs(text, "typed");
  if (said.code || said.digits) byId("number").value = "";
  await open(text, "typed");
  byId("card").scrollIntoView();
}

function listen() {
  byId("take").onclick = accept;
  byId("scan").onclick = () => {
    seen = undefined;
    waiting = undefined;
    if (!watching()) return look();
    stop();
    home();
  };
  byId("photo").onchange = photo;
  byId("typed").onsubmit = typed;
  byId("language").onclick = () => {
    speak(1 - spoken());
    draw();
    actions();
    if (canKeep) quietly(keep("language", spoken()).then(() => list()));
  };
  addEventListener("resize", place);
  addEventListener("hashchange", () => location.hash && route());
  addEventListener("online", () => quietly(tell(facts.sync).then((told) => told && list())));
}

/** Work without a network after the first visit, and take a page that the team uploaded anew when nobody is busy. */
function serveOffline() {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  worker.onmessage = outdated;
  worker.oncontrollerchange = ask;
  document.onvisibilitychange = () => {
    if (!document.hidden) ask();
    else if (stale && !byId("number").value) renew("");
  };
  quietly(worker.register("/sw.js", { scope: "/v" }));
  ask();
}

const route = () => (location.hash.length > 1 ? open(location.hash.slice(1), "address") : home());

async function start() {
  speak(/^(zh|yue)/i.test(navigator.language || "zh") ? 0 : 1);
  byId("scan").hidden = !hasCamera();
  byId("ways").hidden = byId("typed").hidden = byId("language").hidden = false;
  byId("call").href = `tel:+852${facts.phone}`;
  if (canKeep) {
    try {
      const [mine, language, apart] = await Promise.all(["shop", "language", "skew"].map(kept));
      shop = mine;
      skew = apart || 0;
      if (language !== undefined) speak(language);
    } catch {
      canKeep = false;
    }
  }
  listen();
  await route();
  serveOffline();
  if (canKeep) quietly(tell(facts.sync).then((told) => told && list()));
}

// Where it fails the text that stands in the page says what to do.
quietly(start());
