"""Rows of the fund's book."""

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.reading import Noted, ReadRows, RowReader, read_rows
from caringstreet.exchange.sheets import Sheet
from caringstreet.exchange.vocabulary import FUND_KINDS
from caringstreet.rules.fund import FundKind
from caringstreet.rules.inputs import FundInput
from caringstreet.rules.texts import tidy


def read_fund(sheet: Sheet, columns: ColumnMap) -> ReadRows[FundInput]:
    """The lines of a book; errors: missing_date, impossible_date, unknown_fund_kind, not_an_amount, one_amount."""
    return read_rows(sheet, columns, _entry)


def _entry(row: RowReader) -> FundInput:
    row.must("day", "missing_date")
    day = row.day("day")
    assert day is not None
    row.must("kind", "unknown_fund_kind")
    kind = row.choice("kind", FUND_KINDS, "", "unknown_fund_kind")
    in_cents, out_cents = row.money("in_cents"), row.money("out_cents")
    if bool(in_cents) == bool(out_cents):
        raise Noted(row.error("in_cents", "one_amount"))
    if out_cents and kind in {FundKind.INDIVIDUAL, FundKind.PUBLIC, FundKind.CHARITY}:
        raise Noted(row.error("out_cents", "one_amount"))
    if in_cents and kind == FundKind.OUTGO:
        raise Noted(row.error("in_cents", "one_amount"))
    return FundInput(day, kind, tidy(row.text("text")), in_cents, out_cents, tidy(row.text("note")))
