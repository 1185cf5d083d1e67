"""One sentence and one next step for each thing a scan can answer."""

from collections.abc import Mapping
from datetime import date, datetime

from caringstreet.rules.evidence import Channel, EvidenceKind, Outcome, Verdict
from caringstreet.wording.labels import label
from caringstreet.wording.refusals import readable
from caringstreet.words import Words, mark

SENTENCES: dict[Outcome, tuple[str, str]] = {
    Outcome.VALID: (mark("Good to take"), mark("Scan the next one.")),
    Outcome.RECONCILED: (mark("Good: the voucher for the shop's message of {day}"), mark("Scan the next one.")),
    Outcome.ALREADY_KNOWN: (mark("Recorded already; counted once"), mark("Nothing to do. Scan the next one.")),
    Outcome.SECOND_SHEET: (
        mark("Another voucher with the same code"),
        mark("Keep both vouchers and compare them. They go to “To decide”."),
    ),
    Outcome.ALREADY_USED: (mark("Used already on {day} at {shop}"), mark("Keep the voucher, if there is one, and ask the supervisor.")),
    Outcome.NOT_HANDED_OUT: (
        mark("The hand-out was never recorded"),
        mark("Record the hand-out now with a reason, or leave it to “To decide”."),
    ),
    Outcome.NOT_YET_VALID: (mark("Good only from {first_day}"), mark("Keep the voucher. It goes to “To decide”.")),
    Outcome.EXPIRED: (mark("Past its last day {last_day}"), mark("Keep the voucher. It is decided under “To decide” within 31 days.")),
    Outcome.OUTSIDE_WINDOW: (mark("Good, but outside the offer's days or hours"), mark("It counts. Talk with the shop when you meet.")),
    Outcome.VOID: (
        mark("Out of use since {day}: {reason}"),
        mark("Do not take it. If the shop took it before that day, keep it: it goes to “To decide”."),
    ),
    Outcome.WRONG_SHOP: (mark("A voucher of another shop: {shop}"), mark("Record it for its own shop, or put it in that shop's envelope.")),
    Outcome.SHOP_INACTIVE: (mark("Good, though the shop is paused or its participation ended"), mark("It counts until its last day.")),
    Outcome.HOUSEHOLD_CLOSED: (mark("Good, though the household's participation ended"), mark("It counts. Nothing to do.")),
    Outcome.OVER_LIMIT: (mark("Good, but more than one visit allows"), mark("It counts. Talk with the shop when you meet.")),
    Outcome.SPECIMEN: (
        mark("A practice voucher from the practice street"),
        mark("It is for practice only. Thank whoever brought it and put it aside."),
    ),
    Outcome.BAD_SIGNATURE: (mark("Not one of our vouchers"), mark("Do not count it. Keep it and tell the supervisor; nobody is to blame.")),
    Outcome.UNKNOWN_CODE: (mark("This code was never issued"), mark("Check the code once more, then tell the supervisor.")),
    Outcome.MISTYPED: (mark("One character is wrong"), mark("Read the code again and type it once more.")),
    Outcome.FOREIGN: (
        mark("Another system's code, not a voucher of ours"),
        mark("Scan the QR code of the voucher, or type the code under it."),
    ),
    Outcome.UNREADABLE: (mark("Nothing could be read"), mark("Use “Soaked or torn voucher” to find it by shop, offer and day.")),
}


def answer_text(words: Words, outcome: Outcome, facts: Mapping[str, object]) -> tuple[str, str]:
    """The sentence and the next step of an outcome; facts that are missing read as a dash."""
    sentence, then = SENTENCES[outcome]
    shown: dict[str, object] = dict.fromkeys(("day", "shop", "reason", "first_day", "last_day"), "–")
    shown |= readable(words, facts)
    own_name = facts.get("shop_zh") if words.language == "zh_HK" else facts.get("shop_en") or facts.get("shop_zh")
    if own_name:
        shown["shop"] = f"{facts.get('shop', '')} {own_name}".strip()
    return words.say(sentence, **shown), words.say(then)


def verdict_text(words: Words, verdict: Verdict) -> str:
    """What becomes of it, in a word."""
    return label(words, verdict)


def when_taken(words: Words, channel: Channel, happened_at: datetime | None, day: date) -> str:
    """When a shop took a voucher: the moment, or the day of a slip's round; of a message without a time that it is unknown."""
    if happened_at is not None:
        return words.moment(happened_at)
    if channel.kind is EvidenceKind.SLIP:
        return words.date_short(day)
    return words.say("Time unknown; read on {day}", day=words.date_short(day))
