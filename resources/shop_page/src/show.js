// Puts words on the screen; knows no rule.

import { say, spoken, tag } from "./words.js";

export const byId = (id) => document.getElementById(id);

/** A new element with properties and children. */
export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Say a text in an element; an empty one is hidden. */
export function put(id, text) {
  const where = byId(id);
  where.textContent = text;
  where.hidden = !text;
}

const STILL = 900; // ms
let stillness;

/** For a moment no tap is heard: a second one would press what has just moved under the finger. */
export function still() {
  clearTimeout(stillness);
  document.body.classList.add("still");
  stillness = setTimeout(() => document.body.classList.remove("still"), STILL);
}

// A colour never says two things: white with a green tick is genuine, solid amber noted here, solid green the centre's word;
// an amber frame is a page that is not up to date.
const LOOKS = {
  "": "home aim checking undone",
  good: "genuine",
  noted: "noted already conflict question",
  sure: "sure",
  old: "stale",
  stop: "used notOurs cancelled otherShop practiceOnly",
};
const MARKS = { "": "", good: "✓", noted: "✓", sure: "✓", stop: "✗" };
const lookOf = (kind) => Object.keys(LOOKS).find((look) => LOOKS[look].split(" ").includes(kind)) ?? "ask";

let now = { kind: "home", facts: {} };

/** The kind of the card that is shown. */
export const shown = () => now.kind;

/** Show a card; `facts` may hold `words` (a pair), `code`, `practice` and another `more` besides what its text names. */
export function card(kind, facts = {}) {
  now = { kind, facts };
  draw();
}

/** Draw the card again, in the language spoken. */
export function draw() {
  const { kind, facts } = now;
  const look = lookOf(kind);
  byId("card").className = look;
  put("mark", MARKS[look] ?? "!");
  put("head", say(kind, facts));
  put("other", say(kind, facts, 1 - spoken()));
  byId("other").lang = tag(1 - spoken());
  put("what", facts.words ? facts.words[spoken()] || facts.words[0] || say("paperWords") : "");
  put("more", say(facts.more || `${kind}More`, facts));
  put("code", facts.code || "");
  put("practice", facts.practice ? `${say("practice", {}, 0)} ${say("practice", {}, 1)}` : "");
}

/** A button's words: the language spoken large, the other beside it. */
export function label(id, key, facts) {
  byId(id).replaceChildren(
    say(key, facts),
    element("small", { lang: tag(1 - spoken()), textContent: say(key, facts, 1 - spoken()) }),
  );
}
