"""Rows of the fund's book."""

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.reading import Noted, ReadRows, RowReader, read_rows
from caringstreet.exchange.spreadsheets import Sheet
from caringstreet.rules.fund import FundKind
from caringstreet.rules.inputs import FundInput
from caringstreet.rules.texts import fold, tidy

_KINDS = {
    fold(name): str(kind)
    for kind, names in {
        FundKind.OPENING: ("承上結存", "承上結餘", "上月結存", "opening", "opening balance"),
        FundKind.INDIVIDUAL: ("個人", "街坊", "individual"),
        FundKind.PUBLIC: ("公眾及企業", "公眾", "企業", "public", "public and companies"),
        FundKind.CHARITY: ("慈善", "慈善基金", "charity"),
        FundKind.OUTGO: ("支出", "其他支出", "spending", "other spending", "outgo", "expense"),
    }.items()
    for name in names
}


def read_fund(sheet: Sheet, columns: ColumnMap) -> ReadRows[FundInput]:
    """The lines of a book; errors: missing_date, impossible_date, unknown_fund_kind, not_an_amount, one_amount."""
    return read_rows(sheet, columns, _entry)


def _entry(row: RowReader) -> FundInput:
    row.must("day", "missing_date")
    day = row.day("day")
    assert day is not None
    row.must("kind", "unknown_fund_kind")
    kind = row.choice("kind", _KINDS, "", "unknown_fund_kind")
    in_cents, out_cents = row.money("in_cents"), row.money("out_cents")
    if bool(in_cents) == bool(out_cents):
        raise Noted(row.error("in_cents", "one_amount"))
    if out_cents and kind in {FundKind.INDIVIDUAL, FundKind.PUBLIC, FundKind.CHARITY}:
        raise Noted(row.error("out_cents", "one_amount"))
    if in_cents and kind == FundKind.OUTGO:
        raise Noted(row.error("in_cents", "one_amount"))
    return FundInput(day, kind, tidy(row.text("text")), in_cents, out_cents, tidy(row.text("note")))
