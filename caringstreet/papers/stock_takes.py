"""Draws the count sheet of an open street: what lies where, and by when it is to be given."""

from datetime import date, datetime
from pathlib import Path

from caringstreet.bootstrap import OpenStreet
from caringstreet.papers.sender import sender
from caringstreet.printing.count_sheet import PrintedCount, PrintedLot, print_count_sheet
from caringstreet.queries import goods
from caringstreet.queries.goods import LotView
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.wording.labels import label
from caringstreet.wording.lots import first_text
from caringstreet.words import words_for


def write_count_sheet(street: OpenStreet, day: date, place: str, path: Path, *, made_at: datetime, gone: bool = False) -> int:
    """Write the sheet of a stock-take of one place, or of all where it is empty; returns its pages.

    `gone` takes in what should be used up. Refuses where nothing is to be counted. Raises OSError; then
    no file appears.
    """
    zh = words_for("zh_HK")
    with street.database.reader() as reader:
        ids = goods.matching_ids(reader, LotView.ALL if gone else LotView.STOCK, "", day, made_at, "place")
        rows = goods.rows(reader, ids, day)
    lots = [
        PrintedLot(one.place, one.item, one.giver, first_text(zh, one.freshness, day), label(zh, one.unit))
        for one in (rows[lot_id] for lot_id in ids)
        if place in ("", one.place)
    ]
    if not lots:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    return print_count_sheet(PrintedCount(day, place, lots), path, **sender(street, made_at))
