"""Folds text so that a search forgives width, case, spaces, dashes and variant characters."""

import re
import unicodedata

#: Characters that neighbours write either way.
_VARIANTS = str.maketrans({"裡": "裏", "著": "着", "衛": "衞", "台": "臺", "枱": "臺", "檯": "臺", "峰": "峯", "群": "羣", "床": "牀", "線": "綫", "溫": "温", "里": "裏"})


def fold(text: str) -> str:
    """What search compares: half-width, lower case, variants as one, spaces and dashes gone."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_VARIANTS)
    return re.sub(r"[\s\-‐-―_·・]", "", plain)


def tidy(text: str) -> str:
    """Half-width forms where a full-width one is only habit, single spaces, none at the ends."""
    return re.sub(r"\s+", " ", text.replace("\u3000", " ")).strip()
