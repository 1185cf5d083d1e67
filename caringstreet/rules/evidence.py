"""What a scan can be, what it can answer, and what that means for the voucher."""

from dataclasses import dataclass
from enum import StrEnum


class EvidenceKind(StrEnum):
    """A claim says that a shop took a voucher; a slip is the paper itself."""

    CLAIM = "claim"
    SLIP = "slip"


class Channel(StrEnum):
    """The way by which evidence came."""

    SLIP = "slip"
    WHATSAPP = "whatsapp"
    PHONE = "phone"
    PAGE = "page"
    DESK = "desk"

    @property
    def kind(self) -> EvidenceKind:
        """Only the collected paper is a slip."""
        return EvidenceKind.SLIP if self is Channel.SLIP else EvidenceKind.CLAIM


class Outcome(StrEnum):
    """What a scan answers: one key, one sentence, one next step."""

    VALID = "valid"
    RECONCILED = "reconciled"
    ALREADY_KNOWN = "already_known"
    SECOND_SHEET = "second_sheet"
    ALREADY_USED = "already_used"
    NOT_HANDED_OUT = "not_handed_out"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    OUTSIDE_WINDOW = "outside_window"
    VOID = "void"
    WRONG_SHOP = "wrong_shop"
    SHOP_INACTIVE = "shop_inactive"
    HOUSEHOLD_CLOSED = "household_closed"
    OVER_LIMIT = "over_limit"
    SPECIMEN = "specimen"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_CODE = "unknown_code"
    MISTYPED = "mistyped"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


class Verdict(StrEnum):
    """What becomes of a piece of evidence."""

    REDEEMS = "redeems"
    CONFIRMS = "confirms"
    MERGED = "merged"
    GOODWILL = "goodwill"
    ASK = "ask"
    REFUSED = "refused"


class Decision(StrEnum):
    """What a person answered: it counts, it is paid as goodwill outside the count, or it does not count."""

    ACCEPTED = "accepted"
    GOODWILL = "goodwill"
    REFUSED = "refused"


#: What was typed or scanned wrongly, or is no code of ours: no paper lies behind it, so it is no slip of an envelope.
NO_SLIP = frozenset({Outcome.MISTYPED, Outcome.FOREIGN})
#: Outcomes that are in order and need no one's attention.
UNREMARKABLE = frozenset({Outcome.VALID, Outcome.RECONCILED})


@dataclass(frozen=True)
class Attempt:
    """One thing scanned, typed or read: either a serial, or why it is none.

    A soaked or torn slip is told by hand: its offer, a note, the code that it most likely has as `text`. `mark` tells
    two such slips apart. What passes as a code by luck is not `sure`: no voucher of ours, it is another system's code.
    """

    text: str
    serial: int | None = None
    problem: Outcome | None = None
    offer_id: int | None = None
    note: str = ""
    mark: str = ""
    sure: bool = True

    @property
    def unfound(self) -> Outcome:
        """What it is where no voucher was ever made with its serial."""
        return self.problem or (Outcome.UNKNOWN_CODE if self.sure else Outcome.FOREIGN)


@dataclass(frozen=True)
class Answer:
    """The outcome of one attempt and its verdict."""

    outcome: Outcome
    verdict: Verdict
