"""Donations of goods: the list, one donation for its receipt or to be repeated, the givers known."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.model.shops import Shop
from caringstreet.queries.goods_ledger import not_countered
from caringstreet.queries.like import like
from caringstreet.rules.goods import GiverKind, MovementKind, StorageClass, Target
from caringstreet.rules.quantities import Unit
from caringstreet.rules.texts import fold, search_words
from caringstreet.storage.database import Reader

#: SQLite's numbers end at 19 digits; no receipt is ever as long.
_MOST_DIGITS = 15


@dataclass(frozen=True)
class GivenLine:
    """One line of a donation as it was given, in thousandths."""

    lot_id: int
    item: str
    quantity: int
    unit: Unit
    storage: StorageClass
    best_before: date | None
    use_by: date | None
    value_cents: int | None
    grams_each: int | None
    size: str
    condition: str
    place: str
    note: str
    taken_back: bool  # its intake was corrected
    not_for: tuple[str, ...]


@dataclass(frozen=True)
class DonationRow:
    """A donation; `number` is the receipt's. `receiver` is the shop to which it was allotted."""

    donation_id: int
    number: int
    day: date
    giver_kind: GiverKind
    shop_id: int | None
    shop: str
    giver: str
    allotted_to: Target | None
    allotted_shop_id: int | None
    receiver: str
    refused_reason: str
    note: str
    recorded_by: str
    lines: tuple[GivenLine, ...]

    @property
    def standing(self) -> tuple[GivenLine, ...]:
        """The lines that nobody took back."""
        return tuple(one for one in self.lines if not one.taken_back)

    @property
    def taken_back(self) -> bool:
        """Whether nothing of it stands."""
        return bool(self.lines) and not self.standing


def matching_ids(reader: Reader, search: str, sort: str = "number", *, descending: bool = True) -> "array[int]":
    """The donations whose giver or lines hold every word of the search."""
    wanted: Select[Any] = select(GoodsDonation.id)
    for word in search_words(search):
        pattern = like(fold(word))
        lots = select(GoodsLot.donation_id).where(GoodsLot.search_text.like(pattern, escape="\\"))
        found = GoodsDonation.id.in_(lots)
        wanted = wanted.where(or_(found, GoodsDonation.number == int(word)) if word.isdecimal() and len(word) <= _MOST_DIGITS else found)
    orders: dict[str, Any] = {"number": GoodsDonation.number, "day": GoodsDonation.day, "giver": GoodsDonation.giver}
    column = orders[sort]
    order = column.desc() if descending else column
    return array("q", reader.scalars(wanted.order_by(order, GoodsDonation.number.desc())))


def rows(reader: Reader, ids: Sequence[int]) -> dict[int, DonationRow]:
    """These donations with their lines."""
    wanted = list(ids)
    receiver = Shop.__table__.alias("receiver")
    found: Sequence[Any] = reader.execute(
        select(
            GoodsDonation.id,
            GoodsDonation.number,
            GoodsDonation.day,
            GoodsDonation.giver_kind,
            GoodsDonation.shop_id,
            func.coalesce(Shop.code, ""),
            GoodsDonation.giver,
            GoodsDonation.allotted_to,
            GoodsDonation.allotted_shop_id,
            func.coalesce(receiver.c.code + " " + receiver.c.name_zh, ""),
            GoodsDonation.refused_reason,
            GoodsDonation.note,
            GoodsDonation.recorded_by,
        )
        .outerjoin(Shop, Shop.id == GoodsDonation.shop_id)
        .outerjoin(receiver, receiver.c.id == GoodsDonation.allotted_shop_id)
        .where(GoodsDonation.id.in_(wanted))
    ).all()
    lines = _lines(reader, wanted)
    return {row[0]: DonationRow(*(*row, tuple(lines.get(row[0], ())))) for row in found}


def _lines(reader: Reader, ids: Sequence[int]) -> dict[int, list[GivenLine]]:
    taken = (
        select(GoodsMovement.lot_id, func.sum(GoodsMovement.quantity).label("quantity"))
        .where(
            GoodsMovement.kind == MovementKind.INTAKE,
            GoodsMovement.lot_id.in_(select(GoodsLot.id).where(GoodsLot.donation_id.in_(list(ids)))),
        )
        .group_by(GoodsMovement.lot_id)
        .subquery()
    )
    stands = select(GoodsMovement.id).where(GoodsMovement.lot_id == GoodsLot.id, GoodsMovement.kind == MovementKind.INTAKE, not_countered())
    found: Sequence[Any] = reader.execute(
        select(
            GoodsLot.donation_id,
            GoodsLot.id,
            GoodsLot.item,
            func.coalesce(taken.c.quantity, GoodsLot.refused_quantity, 0),
            GoodsLot.unit,
            GoodsLot.storage,
            GoodsLot.best_before,
            GoodsLot.use_by,
            GoodsLot.value_cents,
            GoodsLot.grams_each,
            GoodsLot.size,
            GoodsLot.condition,
            GoodsLot.place,
            GoodsLot.note,
            and_(GoodsLot.refused_quantity.is_(None), ~stands.exists()),
            GoodsLot.not_for,
        )
        .outerjoin(taken, taken.c.lot_id == GoodsLot.id)
        .where(GoodsLot.donation_id.in_(list(ids)))
        .order_by(GoodsLot.id)
    ).all()
    lines: dict[int, list[GivenLine]] = {}
    for donation_id, *facts, not_for in found:
        lines.setdefault(donation_id, []).append(GivenLine(*(*facts, tuple(not_for))))
    return lines


def count(reader: Reader) -> int:
    """How many donations there are."""
    return reader.scalar(select(func.count()).select_from(GoodsDonation)) or 0


def known_givers(reader: Reader) -> list[str]:
    """Neighbours and partners who gave before, the newest first."""
    found = reader.scalars(select(GoodsDonation.giver).where(GoodsDonation.shop_id.is_(None)).order_by(GoodsDonation.id.desc()).limit(500))
    return list(dict.fromkeys(found))
