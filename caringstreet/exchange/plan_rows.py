"""Rows of an issue plan: who receives how many of which offer, and when."""

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.offer_rows import offer_code
from caringstreet.exchange.reading import Noted, ReadRows, RowReader, read_rows
from caringstreet.exchange.sheets import Sheet
from caringstreet.rules.inputs import PlanInput
from caringstreet.rules.texts import tidy


def read_plan(sheet: Sheet, columns: ColumnMap) -> ReadRows[PlanInput]:
    """The lines of a plan; errors: missing_number, impossible_date, not_a_number."""
    return read_rows(sheet, columns, _line)


def _line(row: RowReader) -> PlanInput:
    row.must("day", "impossible_date")
    day = row.day("day")
    count = row.number("count")
    if day is None or count == 0:
        raise Noted(row.error("count", "not_a_number"))
    return PlanInput(
        day=day,
        household=row.code("household"),
        offer=offer_code(row.must("offer", "missing_number")),
        count=1 if count is None else count,
        note=tidy(row.text("note")),
    )
