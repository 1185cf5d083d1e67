"""Cards that are scanned to find what they stand for: a shop's card at its till, a household's card.

Neither says more than a number. The shop's card is the address that pairs its phone; the household's card may be
written as CARINGSTREET:H:H-0001, as CSH H-0001, or as the address of the shops' page with #H and the number.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_HOUSEHOLD = re.compile(r"(?:CARINGSTREET:H:|CSH[ :]+|\S*#H)([A-Z0-9][A-Z0-9./-]{0,23})")
_SHOP = re.compile(r"(?:\S*#)?P([A-Z0-9][A-Z0-9.-]{0,15})~\d{1,4}(?:~\S.*)?")
#: Letters and signs that a scanner's keyboard of another country may give instead.
_TYPED_AS = str.maketrans({"：": ":", "＃": "#", "～": "~", "－": "-"})


class CardKind(StrEnum):
    """Whose card it is."""

    SHOP = "shop"
    HOUSEHOLD = "household"


@dataclass(frozen=True)
class Card:
    """A card that was read; `number` is the shop's code or the household's number, in capitals."""

    kind: CardKind
    number: str


def household_card(number: str) -> str:
    """What a household's card says. All characters are in the QR alphanumeric set, which keeps the square small."""
    return f"CARINGSTREET:H:{number.strip().upper()}"


def read_card(text: str) -> Card | None:
    """The card that a scanned text is; None for anything else. Case, width and Caps Lock do not matter."""
    plain = unicodedata.normalize("NFKC", text.translate(_TYPED_AS)).strip().upper()
    household = _HOUSEHOLD.fullmatch(plain)
    if household is not None:
        return Card(CardKind.HOUSEHOLD, household[1])
    shop = _SHOP.fullmatch(plain)
    return Card(CardKind.SHOP, shop[1]) if shop is not None else None


def household_number(text: str) -> str | None:
    """The number that a scanned household card says; None where the text is no household card."""
    card = read_card(text)
    return card.number if card is not None and card.kind is CardKind.HOUSEHOLD else None
