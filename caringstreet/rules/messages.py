"""What a chat tells of vouchers, who said it, and what becomes of each of its lines."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from caringstreet.rules.claims import Claim
from caringstreet.rules.evidence import Attempt
from caringstreet.rules.phones import NotAPhone, normal_phone


class MessageKind(StrEnum):
    """The classes of a preview; each line is in exactly one."""

    NEW = "new"
    KNOWN = "known"
    MISTYPED = "mistyped"
    UNKNOWN_SENDER = "unknown_sender"
    CONFLICTING = "conflicting"
    BAD_MAC = "bad_mac"
    REVOKED = "revoked"
    ASK = "ask"
    REFUSED = "refused"


@dataclass(frozen=True)
class Told:
    """A claim line, or a code, that stands in a message; `text` is no more than that, never the message around it.

    `sent_at` is the local time of the message by the chat's own clock. What only looks a little like a code is not
    `sure`: it counts where it is a voucher's and is otherwise a word like any other.
    """

    line: int
    text: str
    sender: str
    sent_at: datetime | None
    claim: Claim | None = None
    attempt: Attempt | None = None
    sure: bool = True

    @property
    def name(self) -> str:
        return sender_name(self.sender)


def sender_name(shown: str) -> str:
    """What makes two senders the same: the eight digits of a number, or the name without its habits of writing.

    A leading ~ stays: it marks a name that its owner chose, not the one under which the team keeps it.
    """
    tidy = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", shown)).strip().casefold()
    try:
        return normal_phone(tidy)
    except NotAPhone:
        return re.sub(r"^~ ?", "~", tidy)
