"""Keeps what a provisional summary said, under its running number."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from caringstreet.model.reports import MonthSummary
from caringstreet.rules.changes import Changed
from caringstreet.rules.months import Month
from caringstreet.storage.transaction import Transaction


@dataclass(frozen=True)
class KeptSummary:
    """`number` counts the summaries of the month from 1; `new` is False where the last one said the same.

    Without a number nothing was kept. `checksum` stands in the foot of its paper: the same figures have the same one, any other figure another.
    """

    number: int | None
    new: bool
    checksum: str


def checksum_of(figures: dict[str, Any]) -> str:
    """The first 16 characters of the SHA-256 of the figures, whatever order they were put together in."""
    return sha256(json.dumps(figures, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def keep(tx: Transaction, *, month: Month, figures: dict[str, Any], at: datetime, by: str) -> KeptSummary:
    """Keep the figures of a summary that leaves the house; the same figures again keep their number."""
    last = tx.session.scalars(
        select(MonthSummary).where(MonthSummary.month == str(month)).order_by(MonthSummary.number.desc()).limit(1)
    ).first()
    if last is not None and last.figures == figures:
        tx.audit("month_summary.print_again", by=by, at=at, month=str(month), number=last.number)
        return KeptSummary(last.number, new=False, checksum=checksum_of(figures))
    number = (last.number if last is not None else 0) + 1
    tx.session.add(MonthSummary(month=str(month), number=number, made_at=at, actor=by, figures=figures))
    tx.audit("month_summary.keep", by=by, at=at, changed=(Changed.REPORTS,), month=str(month), number=number)
    return KeptSummary(number, new=True, checksum=checksum_of(figures))
