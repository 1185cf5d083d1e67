"""The fund's book, and what the fund can still promise."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import Redemption
from caringstreet.model.fund import FundEntry
from caringstreet.model.offers import OfferVersion
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.fund import FundKind, Purse
from caringstreet.rules.inputs import FundInput
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.usual import over_all_sums
from caringstreet.rules.vouchers import OPEN
from caringstreet.services.day_checks import check_day
from caringstreet.services.import_run import FileRows, ImportOutcome, ImportRun, Occurrences
from caringstreet.storage.transaction import Transaction


def import_fund(tx: Transaction, *, given: FileRows, at: datetime, today: date, by: str, strict: bool = False) -> ImportOutcome:
    """Add the lines of a book; a line that is there already is unchanged.

    Two equal lines of one book are two gifts. A balance that is stated again changes nothing; another one for the
    same day is a bad row, as is a day that cannot be.
    """
    work = ImportRun(tx, given)
    known = set(tx.session.scalars(select(FundEntry.content_hash)))
    stated = _stated_balances(tx.session)
    occurrences = Occurrences()
    sums = _Sums(tx, [row for _, row in given.rows if isinstance(row, FundInput)])
    for line, row in given.rows:
        assert isinstance(row, FundInput)
        content_hash = occurrences.key(_hash(row))
        if content_hash in known or (row.kind == FundKind.OPENING and stated.get(row.day) == _amount(row)):
            work.outcome.unchanged += 1
            continue
        try:
            check_day(tx, row.day, DayOf.HAPPENED, today)
            sums.ask(row)
        except RuleRefused as refused:
            work.refused(line, refused, "day")
            continue
        if row.kind == FundKind.OPENING:
            if row.day in stated:
                work.bad(line, "kind", row.day, "balance_stated_already", day=row.day, amount_cents=stated[row.day])
                continue
            stated[row.day] = _amount(row)
        entry = FundEntry(
            day=row.day,
            kind=FundKind(row.kind),
            text=row.text,
            in_cents=row.in_cents,
            out_cents=row.out_cents,
            note=row.note,
            content_hash=content_hash,
        )
        tx.session.add(entry)
        work.made.append(("fund", entry))
        work.write(line, row)
    return work.finish("fund", strict=strict, at=at, by=by)


def _stated_balances(session: Session) -> dict[date, int]:
    """The balances that the book states, in cents by their day."""
    stated = select(FundEntry.day, FundEntry.in_cents - FundEntry.out_cents).where(FundEntry.kind == FundKind.OPENING)
    return {day: cents for day, cents in session.execute(stated)}


class _Sums:
    """All sums of the book and of what comes in, largest first; balances apart, since they are no gifts and no payments."""

    def __init__(self, tx: Transaction, rows: Sequence[FundInput]) -> None:
        self._tx = tx
        book = tx.session.execute(select(FundEntry.kind, FundEntry.in_cents, FundEntry.out_cents))
        known = [(kind == FundKind.OPENING, max(given, spent)) for kind, given, spent in book]
        known += [self._of(row) for row in rows]
        self._sums = {balance: sorted((cents for is_one, cents in known if is_one is balance), reverse=True) for balance in (True, False)}

    def ask(self, row: FundInput) -> None:
        """Ask about a sum that is far over every other of its kind."""
        balance, cents = self._of(row)
        largest = self._sums[balance]
        # Only the largest of all can be far over all others.
        most = over_all_sums(cents, largest[1:]) if largest and largest[0] == cents else None
        if most is not None:
            self._tx.ask(Doubt.UNUSUAL_SUM, "out" if row.out_cents else "in", amount_cents=cents, most_cents=most)

    @staticmethod
    def _of(row: FundInput) -> tuple[bool, int]:
        return row.kind == FundKind.OPENING, max(row.in_cents, row.out_cents)


def _amount(row: FundInput) -> int:
    return row.in_cents - row.out_cents


def _hash(row: FundInput) -> str:
    said = (row.day.isoformat(), row.kind, row.text, str(row.in_cents), str(row.out_cents), row.note)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def purse(session: Session, today: date) -> Purse | None:
    """What is free today; None while the street keeps no book, and then nothing is refused for the fund's sake.

    Balance since the last stated one, less redeemed vouchers and goodwill, less open vouchers not past their last day.
    """
    if session.scalar(select(FundEntry.id).where(FundEntry.day <= today).limit(1)) is None:
        return None
    stated = session.scalar(select(func.max(FundEntry.day)).where(FundEntry.kind == FundKind.OPENING, FundEntry.day <= today))
    since = stated or date.min
    cents = func.coalesce(func.sum(OfferVersion.fund_cents), 0)
    balance = session.scalar(
        select(func.coalesce(func.sum(FundEntry.in_cents - FundEntry.out_cents), 0)).where(
            FundEntry.day.between(since, today), (FundEntry.kind != FundKind.OPENING) | (FundEntry.day == since)
        )
    )
    spent = session.scalar(select(cents).join(Redemption, Redemption.offer_version_id == OfferVersion.id).where(Redemption.day >= since))
    goodwill = session.scalar(select(func.coalesce(func.sum(Adjustment.fund_cents), 0)).where(Adjustment.day >= since))
    promised = session.scalar(
        select(cents).join(Voucher, Voucher.offer_version_id == OfferVersion.id).where(Voucher.state.in_(OPEN), Voucher.valid_to >= today)
    )
    return Purse((balance or 0) - (spent or 0) - (goodwill or 0) - (promised or 0))
