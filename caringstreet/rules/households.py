"""What a household can be: states, print languages, contact ways, kinds for reports."""

from collections.abc import Iterable
from enum import StrEnum

ADULT_AGE = 18
ELDER_AGE = 60


class HouseholdState(StrEnum):
    APPLYING = "applying"
    ELIGIBLE = "eligible"
    PAUSED = "paused"
    REVIEW = "review"
    CLOSED = "closed"


class ContactWay(StrEnum):
    LANDLINE = "landline"
    MOBILE = "mobile"
    PARTNER = "partner"
    VISIT = "visit"
    NONE = "none"


class PrintLanguage(StrEnum):
    """Languages of paper: Chinese, English and the eight that CHEER interprets."""

    ZH_HK = "zh_HK"
    EN = "en"
    ID = "id"
    NE = "ne"
    UR = "ur"
    PA = "pa"
    TL = "tl"
    TH = "th"
    HI = "hi"
    VI = "vi"


class HouseholdKind(StrEnum):
    ELDERS = "elders"
    CHILDREN = "children"
    OTHER = "other"


def kind_of_household(birth_years: Iterable[int | None], year: int) -> HouseholdKind:
    """Elders: every member 60 or over in `year`; children: a member under 18; else other. Unknown years are neither."""
    years = list(birth_years)
    if years and all(born is not None and year - born >= ELDER_AGE for born in years):
        return HouseholdKind.ELDERS
    if any(born is not None and year - born < ADULT_AGE for born in years):
        return HouseholdKind.CHILDREN
    return HouseholdKind.OTHER


def next_number(taken: Iterable[str]) -> str:
    """H-0087 after H-0086: one more than the highest number of that form, whatever else is on the list."""
    numbers = (number[2:] for number in taken if number.startswith("H-"))
    return f"H-{max((int(one) for one in numbers if one.isdecimal()), default=0) + 1:04d}"


CONSENT_TO_TAKE_PART = "take_part"
