"""The columns of the lists of goods: lots with what is there of them, and donations."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from caringstreet.queries.goods import LotRow
from caringstreet.queries.goods_donations import DonationRow
from caringstreet.rules.goods import Freshness, stale_reason
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label
from caringstreet.wording.lots import first_text
from caringstreet.words import Words
from ui.tables.id_table import Column

#: So long before its last day a lot is to be given first.
_SOON = timedelta(days=3)


def first_tone(freshness: Freshness, day: date, at: datetime) -> str:
    """bad where it may not be given any more, warn where it must go soon."""
    if stale_reason(freshness, day, at) is not None:
        return "bad"
    soon = freshness.last_day is not None and freshness.last_day <= day + _SOON
    return "warn" if soon or freshness.deliver_by is not None else ""


def columns(words: Words, when: Callable[[], tuple[date, datetime]]) -> list[Column]:
    """`when` tells of which day and moment the list speaks."""
    say = words.say

    def promised(row: LotRow) -> str:
        return amount(words, row.promised, row.unit) if row.promised else "–"

    def short(row: LotRow) -> str:
        return "warn" if row.promised > row.stock else ""

    return [
        Column("item", say("Item"), lambda row: row.item, 116, sort="item", bold=True),
        Column("stock", say("On hand"), lambda row: amount(words, row.stock, row.unit), 84, number=True, sort="stock"),
        Column("promised", say("Promised"), promised, 78, number=True, tone=short),
        Column("first", say("Give by"), lambda row: first_text(words, row.freshness, when()[0]), 124, sort="first", tone=lambda row: first_tone(row.freshness, *when())),
        Column("giver", say("Giver"), lambda row: row.giver, 90, sort="giver"),
        Column("place", say("Place"), lambda row: row.place or "–", 68, sort="place"),
        Column("day", say("Came on"), lambda row: words.date_short(row.day), 124, sort="day"),
        Column("storage", say("Storage"), lambda row: label(words, row.storage), 120, sort="storage", hidden=True),
        Column("number", say("Receipt"), lambda row: str(row.number), 70, number=True, hidden=True),
        Column("size", say("Size"), lambda row: row.size or "–", 80, hidden=True),
        Column("condition", say("Condition"), lambda row: row.condition or "–", 80, hidden=True),
    ]  # fmt: skip


def donation_columns(words: Words) -> list[Column]:
    """Receipts in their order; what was refused says so."""
    say = words.say

    def what(row: DonationRow) -> str:
        return "、".join(f"{one.item} {amount(words, one.quantity, one.unit)}" for one in row.standing or row.lines)

    def where(row: DonationRow) -> str:
        if row.refused_reason:
            return say("declined")
        if row.taken_back:
            return say("undone")
        return row.receiver or (label(words, row.allotted_to) if row.allotted_to is not None else say("our stock"))

    return [
        Column("number", say("Receipt"), lambda row: str(row.number), 78, sort="number"),
        Column("day", say("Day"), lambda row: words.date(row.day), 146, sort="day"),
        Column("giver", say("Giver"), lambda row: f"{row.shop} {row.giver}".strip(), 160, sort="giver", bold=True),
        Column("what", say("What"), what, 200),
        Column("where", say("Went to"), where, 110, tone=lambda row: "bad" if row.refused_reason else "warn" if row.taken_back else ""),
        Column("by", say("Recorded by"), lambda row: row.recorded_by, 90, hidden=True),
    ]
