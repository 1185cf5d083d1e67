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
        Column("item", say("Item"), lambda row: row.item, sort="item", bold=True, name=True),
        Column("stock", say("On hand"), lambda row: amount(words, row.stock, row.unit), number=True, sort="stock"),
        Column("promised", say("Promised"), promised, number=True, tone=short, spare=2),
        Column("first", say("Give by"), lambda row: first_text(words, row.freshness, when()[0]), sort="first", tone=lambda row: first_tone(row.freshness, *when())),
        Column("giver", say("Giver"), lambda row: row.giver, sort="giver", name=True, spare=3),
        Column("place", say("Place"), lambda row: row.place or "–", sort="place", spare=1),
        Column("day", say("Came on"), lambda row: words.date_short(row.day), sort="day", spare=4),
        Column("storage", say("Storage"), lambda row: label(words, row.storage), sort="storage", hidden=True, spare=5),
        Column("number", say("Receipt"), lambda row: str(row.number), number=True, hidden=True),
        Column("size", say("Size"), lambda row: row.size or "–", hidden=True),
        Column("condition", say("Condition"), lambda row: row.condition or "–", hidden=True),
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
        Column("number", say("Receipt"), lambda row: str(row.number), sort="number"),
        Column("day", say("Day"), lambda row: words.date(row.day), sort="day", spare=4),
        Column("giver", say("Giver"), lambda row: f"{row.shop} {row.giver}".strip(), sort="giver", bold=True, name=True, spare=3),
        Column("what", say("What"), what, name=True),
        Column("where", say("Went to"), where, tone=lambda row: "bad" if row.refused_reason else "warn" if row.taken_back else "", spare=1),
        Column("by", say("Recorded by"), lambda row: row.recorded_by, hidden=True, spare=2),
    ]
