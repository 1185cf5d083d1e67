"""Finds the household that stands at the table, by whatever it shows or says; nothing of where it lives."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from caringstreet.model.households import Household
from caringstreet.model.vouchers import Voucher
from caringstreet.queries.like import like
from caringstreet.rules.cards import household_number
from caringstreet.rules.households import HouseholdState, PrintLanguage
from caringstreet.rules.texts import fold, search_words
from caringstreet.storage.database import Reader

_MOST = 8


@dataclass(frozen=True)
class Visitor:
    """A household as the hand-out desk may see it."""

    household_id: int
    number: str
    display_name: str
    size: int
    language: PrintLanguage


def by_text(reader: Reader, text: str) -> list[Visitor]:
    """A card or a number finds its household alone (12 is H-0012); else every word must be in what it is found by."""
    number = household_number(text) or text.strip().upper()
    digits = fold(number).removeprefix("h").lstrip("-0")
    numbers = [number, f"H-{digits:0>4}"] if digits.isdecimal() else [number]
    found = _found(reader, Household.number.in_(numbers))
    words = search_words(text)
    if found or not words or household_number(text) is not None:
        return found
    return _found(reader, *(Household.search_text.like(like(word), escape="\\") for word in words))


def by_voucher(reader: Reader, serial: int) -> list[Visitor]:
    """The household of a voucher."""
    return _found(reader, Household.id.in_(select(Voucher.household_id).where(Voucher.serial == serial)))


def by_id(reader: Reader, household_id: int) -> Visitor | None:
    """A household that has not left."""
    return next(iter(_found(reader, Household.id == household_id)), None)


def _found(reader: Reader, *wanted: ColumnElement[bool]) -> list[Visitor]:
    rows = reader.execute(
        select(Household.id, Household.number, Household.display_name, Household.size, Household.language)
        .where(Household.state != HouseholdState.CLOSED, *wanted)
        .order_by(Household.number)
        .limit(_MOST)
    )
    return [Visitor(*row) for row in rows]
