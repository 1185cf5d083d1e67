"""Who waits for vouchers that are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from caringstreet.model.households import Household
from caringstreet.model.street import StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.vouchers import VoucherState
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class HandOutRow:
    """The vouchers of a household for one planned day; `unprinted` of them are not on paper yet."""

    household_id: int
    number: str
    display_name: str
    street: str
    planned_on: date
    large_print: bool
    voucher_ids: tuple[int, ...]
    unprinted: int

    @property
    def key(self) -> tuple[int, date]:
        """What tells a row from the others."""
        return self.household_id, self.planned_on


def waiting(reader: Reader, today: date) -> list[HandOutRow]:
    """Made vouchers whose first day has come and whose last has not passed, by household number and planned day.

    A household that left waits for nothing any more.
    """
    found = reader.execute(
        select(
            Household.id,
            Household.number,
            Household.display_name,
            func.coalesce(StreetSegment.name_zh, "").label("street"),
            Voucher.valid_from,
            Household.large_print,
            Voucher.id.label("voucher_id"),
            Voucher.print_count,
        )
        .join(Household, Household.id == Voucher.household_id)
        .outerjoin(StreetSegment, StreetSegment.id == Household.segment_id)
        .where(
            Voucher.state == VoucherState.MADE,
            Voucher.valid_from <= today,
            Voucher.valid_to >= today,
            Household.state != HouseholdState.CLOSED,
        )
        .order_by(Household.number, Household.id, Voucher.valid_from, Voucher.id)
    )
    return [_row(list(papers)) for _, papers in groupby(found, key=lambda paper: (paper.id, paper.valid_from))]


def _row(papers: Sequence[Any]) -> HandOutRow:
    first = papers[0]
    return HandOutRow(
        household_id=first.id,
        number=first.number,
        display_name=first.display_name,
        street=first.street,
        planned_on=first.valid_from,
        large_print=first.large_print,
        voucher_ids=tuple(paper.voucher_id for paper in papers),
        unprinted=sum(1 for paper in papers if not paper.print_count),
    )
