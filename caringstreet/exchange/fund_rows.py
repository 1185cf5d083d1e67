"""Rows of the fund's book."""

import re

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.reading import Noted, NoteKind, ReadingNote, ReadRows, RowReader, looked_up, read_rows
from caringstreet.exchange.sheets import Sheet
from caringstreet.exchange.vocabulary import FUND_KINDS
from caringstreet.rules.fund import FundKind
from caringstreet.rules.inputs import FundInput
from caringstreet.rules.money import parse_money
from caringstreet.rules.texts import clean, tidy

_EITHER_WAY = re.compile(r"debit|credit|借|貸", re.IGNORECASE)


def read_fund(sheet: Sheet, columns: ColumnMap) -> ReadRows[FundInput]:
    """The lines of a book; errors: missing_date, impossible_date, unknown_fund_kind, not_an_amount, one_amount."""
    result = read_rows(sheet, columns, _entry)
    if "balance" in columns.columns:
        result.notes.append(ReadingNote(NoteKind.BALANCES, columns.header("balance")))
    return result


def _entry(row: RowReader) -> FundInput:
    row.must("day", "missing_date")
    day = row.day("day")
    assert day is not None
    in_cents, out_cents = row.money("in_cents"), row.money("out_cents")
    amount, goes_out = row.filled("amount", _signed, (0, False))
    kind = row.choice("kind", FUND_KINDS, "", "unknown_fund_kind") or _told(row, out_cents or (amount if goes_out else 0))
    if not kind:
        raise Noted(row.error("kind", "unknown_fund_kind"))
    if amount and (in_cents or out_cents) and amount != in_cents + out_cents:
        raise Noted(row.error("amount", "one_amount"))
    if amount and not in_cents and not out_cents:
        goes_out = goes_out or kind == FundKind.OUTGO
        in_cents, out_cents = (0, amount) if goes_out else (amount, 0)
    if kind == FundKind.OPENING and not in_cents and not out_cents:
        in_cents = row.money("balance")
    if bool(in_cents) == bool(out_cents):
        raise Noted(row.error("in_cents", "one_amount"))
    if out_cents and kind in {FundKind.INDIVIDUAL, FundKind.PUBLIC, FundKind.CHARITY}:
        raise Noted(row.error("out_cents", "one_amount"))
    if in_cents and kind == FundKind.OUTGO:
        raise Noted(row.error("in_cents", "one_amount"))
    return FundInput(day, kind, tidy(row.text("text")), in_cents, out_cents, tidy(row.text("note")))


def _signed(text: str) -> tuple[int, bool]:
    """Cents of an amount in a column of both ways, and whether a minus or brackets say that it went out."""
    plain = clean(text).strip()
    bare = re.sub(r"^[-(]\s*|\s*\)$|(?<=\d)-$", "", plain)
    return parse_money(bare), bare != plain


def _told(row: RowReader, out_cents: int) -> str:
    """The kind of a line that names none: an opening balance is called so, nothing else that goes out is not spending.

    Of a column that is called debit or credit nobody can tell whose way is meant.
    """
    said = looked_up(FUND_KINDS, row.text("text"))
    if out_cents and said != FundKind.OPENING:
        return "" if _EITHER_WAY.search(row.header("out_cents")) else str(FundKind.OUTGO)
    return said or ""
