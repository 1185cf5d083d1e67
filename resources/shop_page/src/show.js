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

// A colour never says two things: white with a green tick is genuine, amber noted here, solid green the centre's word.
const LOOKS = { "": "home aim", good: "genuine", noted: "noted conflict question", sure: "sure", stop: "used notOurs cancelled otherShop" };
const MARKS = { "": "", good: "✓", noted: "✓", sure: "✓", stop: "✗" };
const lookOf = (kind) => Object.keys(LOOKS).find((look) => LOOKS[look].split(" ").includes(kind)) ?? "ask";

let now = { kind: "home", facts: {} };

/** The kind of the card that is shown. */
export const shown = () => now.kind;

/** Show a card; `facts` may hold `words` (a pair), `code` and `practice` besides what its text names. */
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
  put("head", say(kind));
  put("other", say(kind, {}, 1 - spoken()));
  byId("other").lang = tag(1 - spoken());
  put("what", facts.words ? facts.words[spoken()] || facts.words[0] || say("paperWords") : "");
  put("more", say(`${kind}More`, facts));
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
