"""Whether vouchers can be issued for a household, in a word."""

from datetime import date

from caringstreet.rules.eligibility import HouseholdStanding, hindrances
from caringstreet.rules.households import HouseholdState
from caringstreet.wording.labels import label
from caringstreet.words import Words


def standing_text(words: Words, standing: HouseholdStanding, day: date) -> str:
    """Eligible only where vouchers can be issued for `day`; else the first thing that is missing."""
    missing = hindrances(standing, day)
    return label(words, missing[0]) if missing else label(words, HouseholdState.ELIGIBLE)
