"""Who waits for vouchers that are made."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from caringstreet.model.households import Household
from caringstreet.model.street import StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.queries.like import like
from caringstreet.rules.texts import fold
from caringstreet.rules.vouchers import VoucherState
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class HandOutRow:
    """A household with the vouchers it can take today; `unprinted` of them are not on paper yet."""

    household_id: int
    number: str
    display_name: str
    street: str
    voucher_ids: tuple[int, ...]
    first_day: date
    unprinted: int


def waiting(reader: Reader, today: date, search: str = "") -> list[HandOutRow]:
    """Households with made vouchers whose first day has come and whose last has not passed, by number."""
    wanted = (
        select(
            Voucher.id,
            Voucher.valid_from,
            Voucher.print_count,
            Household.id.label("household_id"),
            Household.number,
            Household.display_name,
            func.coalesce(StreetSegment.name_zh, "").label("street"),
        )
        .join(Household, Household.id == Voucher.household_id)
        .outerjoin(StreetSegment, StreetSegment.id == Household.segment_id)
        .where(Voucher.state == VoucherState.MADE, Voucher.valid_from <= today, Voucher.valid_to >= today)
        .order_by(Household.number, Voucher.id)
    )
    for word in search.split():
        wanted = wanted.where(Household.search_text.like(like(fold(word)), escape="\\"))
    groups: dict[int, list] = {}  # type: ignore[type-arg]
    for row in reader.execute(wanted):
        groups.setdefault(row.household_id, []).append(row)
    return [
        HandOutRow(
            rows[0].household_id,
            rows[0].number,
            rows[0].display_name,
            rows[0].street,
            tuple(row.id for row in rows),
            min(row.valid_from for row in rows),
            sum(1 for row in rows if not row.print_count),
        )
        for rows in groups.values()
    ]
