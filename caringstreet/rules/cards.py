"""What the code of a household card says: the household's own number, and nothing else."""

import re
import unicodedata

_PREFIX = "CARINGSTREET:H:"


def household_card(number: str) -> str:
    """The text of the card's code."""
    return _PREFIX + number.strip()


def household_number(text: str) -> str | None:
    """The number that a scanned card says; None where the text is no household card.

    A scanner that writes small or full-width letters does no harm.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(re.escape(_PREFIX) + r"\s*(\S.*)", plain, re.IGNORECASE)
    return found[1] if found else None
