"""The fund in a month: what it began with, what came and went, what is still free. All in cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import Redemption
from caringstreet.model.fund import FundEntry
from caringstreet.model.offers import OfferVersion
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.fund import INCOME, FundKind
from caringstreet.rules.months import Month
from caringstreet.rules.vouchers import OPEN
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class FundFigures:
    """closing = opening + income - vouchers - goodwill - other outgo; free = closing less open promises."""

    opening_cents: int
    income_by_kind: Mapping[FundKind, int]
    vouchers_cents: int
    other_out_cents: int
    committed_cents: int
    goodwill_cents: int = 0

    @property
    def income_cents(self) -> int:
        return sum(self.income_by_kind.values())

    @property
    def closing_cents(self) -> int:
        return self.opening_cents + self.income_cents - self.vouchers_cents - self.goodwill_cents - self.other_out_cents

    @property
    def free_cents(self) -> int:
        return self.closing_cents - self.committed_cents


@dataclass(frozen=True)
class EntryRow:
    """One line of the fund's book; what went out is negative."""

    day: date
    text: str
    cents: int
    note: str


def entries(reader: Reader, first: date, last: date, kind: FundKind) -> list[EntryRow]:
    """The lines of these days of one kind."""
    found = reader.execute(
        select(FundEntry.day, FundEntry.text, FundEntry.in_cents - FundEntry.out_cents, FundEntry.note)
        .where(FundEntry.day.between(first, last), FundEntry.kind == kind)
        .order_by(FundEntry.day, FundEntry.id)
    )
    return [EntryRow(*row) for row in found]


def figures(reader: Reader, month: Month, today: date) -> FundFigures | None:
    """The month's fund; None where the street has no entry up to the month's end.

    An opening entry states the balance of its day: what lies before it is in it already.
    """
    first, last = month.first_day, month.last_day
    if reader.scalar(select(FundEntry.id).where(FundEntry.day <= last).limit(1)) is None:
        return None
    stated = reader.scalar(select(func.max(FundEntry.day)).where(FundEntry.kind == FundKind.OPENING, FundEntry.day <= last))
    opening = 0
    since = date.min
    if stated is not None:
        opening = _entries(reader, stated, stated, FundKind.OPENING)
        since = stated
    before = first - timedelta(days=1)
    if since <= before:
        others = (*INCOME, FundKind.OUTGO)
        opening += sum(_entries(reader, since, before, kind) for kind in others) - _spent(reader, since, before)
        opening -= _goodwill(reader, since, before)
    start = max(first, since)
    committed = reader.scalar(
        select(func.coalesce(func.sum(OfferVersion.fund_cents), 0))
        .join(Voucher, Voucher.offer_version_id == OfferVersion.id)
        .where(Voucher.state.in_(OPEN), Voucher.valid_to >= today)
    )
    return FundFigures(
        opening_cents=opening,
        income_by_kind={kind: _entries(reader, start, last, kind) for kind in INCOME},
        vouchers_cents=_spent(reader, start, last),
        other_out_cents=-_entries(reader, start, last, FundKind.OUTGO),
        committed_cents=committed or 0,
        goodwill_cents=_goodwill(reader, start, last),
    )


def _entries(reader: Reader, first: date, last: date, kind: FundKind) -> int:
    wanted = select(func.coalesce(func.sum(FundEntry.in_cents - FundEntry.out_cents), 0)).where(
        FundEntry.day.between(first, last), FundEntry.kind == kind
    )
    return reader.scalar(wanted) or 0


def _spent(reader: Reader, first: date, last: date) -> int:
    """What redemptions of these days cost the fund."""
    wanted = (
        select(func.coalesce(func.sum(OfferVersion.fund_cents), 0))
        .join(Redemption, Redemption.offer_version_id == OfferVersion.id)
        .where(Redemption.day.between(first, last))
    )
    return reader.scalar(wanted) or 0


def _goodwill(reader: Reader, first: date, last: date) -> int:
    """What second sheets of these days cost the fund."""
    wanted = select(func.coalesce(func.sum(Adjustment.fund_cents), 0)).where(Adjustment.day.between(first, last))
    return reader.scalar(wanted) or 0
