"""The fund's book, and what the fund can still promise."""

import hashlib
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import Redemption
from caringstreet.model.fund import FundEntry
from caringstreet.model.offers import OfferVersion
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.fund import FundKind, Purse
from caringstreet.rules.inputs import FundInput
from caringstreet.rules.vouchers import OPEN
from caringstreet.services.import_run import FileRows, ImportOutcome, ImportRun
from caringstreet.storage.transaction import Transaction


def import_fund(
    tx: Transaction, *, given: FileRows, at: datetime, today: date, by: str, strict: bool = False
) -> ImportOutcome:
    """Add the lines of a book; a line that is there already is unchanged."""
    work = ImportRun(tx, given)
    known = set(tx.session.scalars(select(FundEntry.content_hash)))
    for _, row in given.rows:
        assert isinstance(row, FundInput)
        content_hash = _hash(row)
        if content_hash in known:
            work.outcome.unchanged += 1
            continue
        known.add(content_hash)
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
        work.outcome.new += 1
    return work.finish("fund", strict=strict, at=at, by=by)


def _hash(row: FundInput) -> str:
    said = (row.day.isoformat(), row.kind, row.text, str(row.in_cents), str(row.out_cents), row.note)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def purse(session: Session, today: date) -> Purse | None:
    """What is free today; None while the street keeps no book, and then nothing is refused for the fund's sake.

    Balance since the last stated one, less redeemed vouchers and goodwill, less open vouchers not past their last day.
    """
    if session.scalar(select(FundEntry.id).where(FundEntry.day <= today).limit(1)) is None:
        return None
    stated = session.scalar(
        select(func.max(FundEntry.day)).where(FundEntry.kind == FundKind.OPENING, FundEntry.day <= today)
    )
    since = stated or date.min
    cents = func.coalesce(func.sum(OfferVersion.fund_cents), 0)
    balance = session.scalar(
        select(func.coalesce(func.sum(FundEntry.in_cents - FundEntry.out_cents), 0)).where(
            FundEntry.day.between(since, today), (FundEntry.kind != FundKind.OPENING) | (FundEntry.day == since)
        )
    )
    spent = session.scalar(
        select(cents)
        .join(Redemption, Redemption.offer_version_id == OfferVersion.id)
        .where(Redemption.day >= since)
    )
    goodwill = session.scalar(
        select(func.coalesce(func.sum(Adjustment.fund_cents), 0)).where(Adjustment.day >= since)
    )
    promised = session.scalar(
        select(cents)
        .join(Voucher, Voucher.offer_version_id == OfferVersion.id)
        .where(Voucher.state.in_(OPEN), Voucher.valid_to >= today)
    )
    return Purse((balance or 0) - (spent or 0) - (goodwill or 0) - (promised or 0))
