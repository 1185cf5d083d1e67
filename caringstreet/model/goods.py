"""Donated goods: donations, their lots, and the movements that are the ledger."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model import choice_events, households, runs, shops  # noqa: F401 (the tables that foreign keys name)
from caringstreet.model.base import Base
from caringstreet.rules.goods import DisposalReason, GiverKind, MovementKind, StorageClass, Target
from caringstreet.rules.quantities import Unit


class GoodsDonation(Base):
    """Goods given in one act; `number` is the receipt's. A refused one keeps its reason and moves nothing."""

    __tablename__ = "goods_donation"
    __table_args__ = (Index(None, "day"), Index(None, "shop_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    day: Mapped[date]
    giver_kind: Mapped[GiverKind]
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"))
    giver: Mapped[str]  # the name as it is thanked
    allotted_to: Mapped[Target | None]  # shop or team; None is the street's own stock
    allotted_shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"))
    refused_reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[str | None] = mapped_column(unique=True)  # the hash of an imported row
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class GoodsLot(Base):
    """One line of a donation; its stock is the sum of its movements."""

    __tablename__ = "goods_lot"
    __table_args__ = (Index(None, "donation_id"), Index(None, "item"), Index(None, "run_stop_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    donation_id: Mapped[int] = mapped_column(ForeignKey("goods_donation.id"))
    run_stop_id: Mapped[int | None] = mapped_column(ForeignKey("run_stop.id"))
    item: Mapped[str]
    unit: Mapped[Unit]
    storage: Mapped[StorageClass]
    best_before: Mapped[date | None]
    use_by: Mapped[date | None]
    deliver_by: Mapped[datetime | None]
    value_cents: Mapped[int | None]  # of the whole lot, if known
    grams_each: Mapped[int | None]  # of one unit that is no weight itself
    size: Mapped[str] = mapped_column(default="")
    condition: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    photo: Mapped[bytes | None]
    not_for: Mapped[list[Any]] = mapped_column(default=list)  # the diets that this does not suit
    refused_quantity: Mapped[int | None] = mapped_column(BigInteger)  # of a donation that was not taken
    note: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")


class GoodsMovement(Base):
    """One signed change of a lot in thousandths of its unit; append only, a mistake is countered by another."""

    __tablename__ = "goods_movement"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="moves_something"),
        CheckConstraint("kind <> 'intake' OR quantity > 0", name="intake_comes_in"),
        CheckConstraint("kind NOT IN ('distribution', 'disposal') OR quantity < 0", name="leaving_goes_out"),
        Index("ix_goods_movement_stock", "lot_id", "day", "quantity"),
        Index("ix_goods_movement_day", "day", "kind", "lot_id", "quantity"),
        Index(None, "household_id", "day"),
        Index(None, "choice_event_id"),
        Index(None, "run_stop_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("goods_lot.id"))
    kind: Mapped[MovementKind]
    quantity: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]
    at: Mapped[datetime]
    target: Mapped[Target | None]
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"))
    group_name: Mapped[str] = mapped_column(default="")
    people: Mapped[int | None]  # how many households or persons a group was, if counted
    reason: Mapped[DisposalReason | None]
    run_stop_id: Mapped[int | None] = mapped_column(ForeignKey("run_stop.id"))
    choice_event_id: Mapped[int | None] = mapped_column(ForeignKey("choice_event.id"))
    choice_visit_id: Mapped[int | None] = mapped_column(ForeignKey("choice_visit.id"))
    stock_take_id: Mapped[int | None] = mapped_column(ForeignKey("stock_take.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("goods_movement.id"), unique=True)
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str]


class StockTake(Base):
    """A count of what is there; its differences move stock once a second person has signed."""

    __tablename__ = "stock_take"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    counted_by: Mapped[str]
    signed_by: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class StockTakeLine(Base):
    """What a lot should be and what was counted, in thousandths; a difference has its explanation."""

    __tablename__ = "stock_take_line"
    __table_args__ = (CheckConstraint("counted >= 0", name="counted_not_negative"), Index(None, "stock_take_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    stock_take_id: Mapped[int] = mapped_column(ForeignKey("stock_take.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("goods_lot.id"))
    expected: Mapped[int] = mapped_column(BigInteger)
    counted: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(default="")


class GoodsMinimum(Base):
    """How much of an item should be there, in thousandths; below it the item is low."""

    __tablename__ = "goods_minimum"
    __table_args__ = (UniqueConstraint("item", "unit"), CheckConstraint("minimum > 0", name="minimum_positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str]
    unit: Mapped[Unit]
    minimum: Mapped[int] = mapped_column(BigInteger)
