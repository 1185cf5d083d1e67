"""What a person must decide, which answers there are, and which one is suggested."""

from dataclasses import dataclass
from enum import StrEnum

from caringstreet.rules.evidence import Decision, EvidenceKind, Outcome, Verdict


class QuestionKind(StrEnum):
    """What is in question; named like the outcome of the scan where it is one."""

    SECOND_SHEET = "second_sheet"
    WRONG_SHOP = "wrong_shop"
    WITHOUT_SLIP = "without_slip"
    NOT_HANDED_OUT = "not_handed_out"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    VOID = "void"
    UNREADABLE = "unreadable"
    OTHER = "other"


class Ruling(StrEnum):
    """What a person can answer."""

    ACCEPT = "accept"
    GOODWILL = "goodwill"
    CONFIRM = "confirm"
    BOOK = "book"
    REFUSE = "refuse"


class Because(StrEnum):
    """Why an answer is suggested."""

    STAMPED_SHEET = "stamped_sheet"
    OWN_SHOP = "own_shop"
    FEW_WITHOUT = "few_without"
    MANY_WITHOUT = "many_without"
    HAND_OUT_FORGOTTEN = "hand_out_forgotten"
    NEVER_PRINTED = "never_printed"
    PAPER_IN_HAND = "paper_in_hand"
    NO_PAPER = "no_paper"
    TAKEN_BEFORE = "taken_before"
    FIND_THE_VOUCHER = "find_the_voucher"


#: So many redemptions of a month without slip may be lost paper; more at one shop are worth a talk first.
FEW = 2

_RULINGS = {
    QuestionKind.SECOND_SHEET: (Ruling.GOODWILL, Ruling.REFUSE),
    QuestionKind.WRONG_SHOP: (Ruling.BOOK, Ruling.REFUSE),
    QuestionKind.WITHOUT_SLIP: (Ruling.CONFIRM, Ruling.REFUSE),
}

#: What an answer means for the evidence.
DECISIONS = {
    Ruling.ACCEPT: Decision.ACCEPTED,
    Ruling.CONFIRM: Decision.ACCEPTED,
    Ruling.GOODWILL: Decision.GOODWILL,
    Ruling.BOOK: Decision.REFUSED,
    Ruling.REFUSE: Decision.REFUSED,
}


@dataclass(frozen=True)
class QuestionFacts:
    """What a suggestion rests on; `without_slip` counts the shop's redemptions of the month that lack their paper."""

    kind: QuestionKind
    paper: bool
    printed: bool = True
    without_slip: int = 0


@dataclass(frozen=True)
class Suggestion:
    ruling: Ruling
    because: Because


def kind_of(outcome: Outcome, verdict: Verdict, evidence: EvidenceKind) -> QuestionKind | None:
    """What kind of question evidence without a decision is; None where it is none."""
    if verdict is Verdict.ASK:
        known = {str(kind) for kind in QuestionKind}
        return QuestionKind(outcome) if str(outcome) in known else QuestionKind.OTHER
    if outcome is Outcome.WRONG_SHOP and evidence is EvidenceKind.SLIP:
        return QuestionKind.WRONG_SHOP
    return QuestionKind.WITHOUT_SLIP if verdict is Verdict.REDEEMS and evidence is EvidenceKind.CLAIM else None


def rulings(kind: QuestionKind) -> tuple[Ruling, ...]:
    """The answers to a kind of question, the kindest first."""
    return _RULINGS.get(kind, (Ruling.ACCEPT, Ruling.REFUSE))


def suggest(facts: QuestionFacts) -> Suggestion:
    """What the centre's promise to shops suggests: who holds a genuine, stamped sheet is paid, copied or not."""
    kind = facts.kind
    if kind is QuestionKind.SECOND_SHEET:
        return Suggestion(Ruling.GOODWILL, Because.STAMPED_SHEET)
    if kind is QuestionKind.WRONG_SHOP:
        return Suggestion(Ruling.BOOK, Because.OWN_SHOP)
    if kind is QuestionKind.WITHOUT_SLIP:
        few = facts.without_slip <= FEW
        return Suggestion(Ruling.CONFIRM, Because.FEW_WITHOUT) if few else Suggestion(Ruling.REFUSE, Because.MANY_WITHOUT)
    if kind is QuestionKind.UNREADABLE:
        return Suggestion(Ruling.ACCEPT, Because.FIND_THE_VOUCHER)
    if kind is QuestionKind.NOT_HANDED_OUT:
        forgotten = Suggestion(Ruling.ACCEPT, Because.HAND_OUT_FORGOTTEN)
        return forgotten if facts.printed else Suggestion(Ruling.REFUSE, Because.NEVER_PRINTED)
    if kind is QuestionKind.VOID:
        return Suggestion(Ruling.ACCEPT, Because.TAKEN_BEFORE)
    paper = Suggestion(Ruling.ACCEPT, Because.PAPER_IN_HAND)
    return paper if facts.paper else Suggestion(Ruling.REFUSE, Because.NO_PAPER)
