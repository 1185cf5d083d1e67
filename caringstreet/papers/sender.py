"""Who gives a paper out, and when it was made."""

from datetime import datetime
from typing import TypedDict

from caringstreet.bootstrap import OpenStreet
from caringstreet.words import words_for


class Sender(TypedDict):
    """What papers of one kind after another are told of their street; practice marks them."""

    street: str
    team: str
    phone: str
    made: str
    practice: bool


def sender(street: OpenStreet, made_at: datetime) -> Sender:
    """The street of these papers, made at this moment (UTC)."""
    settings = street.settings
    return {
        "street": settings.name,
        "team": settings.team,
        "phone": settings.phone,
        "made": words_for("zh_HK").moment(made_at),
        "practice": street.practice,
    }
