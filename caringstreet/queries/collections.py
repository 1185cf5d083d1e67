"""Rounds at the shops as they were recorded."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from caringstreet.model.evidence import Collection, Evidence
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class RoundRow:
    """What was recorded of a shop's round; `counted_by_shop` is None where nobody counted."""

    slips: int
    counted_by_shop: int | None


def recorded_round(reader: Reader, shop_id: int, day: date) -> RoundRow | None:
    """The round of a shop on a day; None where no slip of it is recorded."""
    row = reader.execute(
        select(func.count(Evidence.id).label("slips"), Collection.counted_by_shop)
        .join(Evidence, Evidence.collection_id == Collection.id)
        .where(Collection.shop_id == shop_id, Collection.day == day, Evidence.taken_back_at.is_(None))
        .where(Evidence.shop_id == shop_id, Evidence.day == day)
        .group_by(Collection.id, Collection.counted_by_shop)
    ).first()
    return RoundRow(row.slips, row.counted_by_shop) if row is not None else None
