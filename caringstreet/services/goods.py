"""Keeps donated goods: take in, give, throw away, correct."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.rules.changes import Changed
from caringstreet.rules.goods import DisposalReason, GiverKind, StorageClass, Target
from caringstreet.rules.quantities import Unit
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.texts import fold
from caringstreet.services import finding, goods_ledger
from caringstreet.services.goods_ledger import NO_OCCASION, Occasion, Recipient
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.GOODS,)


@dataclass(frozen=True)
class LotForm:
    """One line of a donation; `quantity` in thousandths of its unit, `value_cents` of the whole line."""

    item: str
    quantity: int
    unit: Unit = Unit.ITEM
    storage: StorageClass = StorageClass.AMBIENT
    best_before: date | None = None
    use_by: date | None = None
    deliver_by: datetime | None = None
    value_cents: int | None = None
    grams_each: int | None = None
    size: str = ""
    condition: str = ""
    place: str = ""
    photo: bytes | None = None
    note: str = ""


@dataclass(frozen=True)
class DonationForm:
    """Goods given in one act; a shop that gave, or that shall receive, is named by its id."""

    day: date
    lots: tuple[LotForm, ...]
    giver_kind: GiverKind = GiverKind.NEIGHBOUR
    giver: str = ""
    shop_id: int | None = None
    allotted_to: Target | None = None
    allotted_shop_id: int | None = None
    note: str = ""


@dataclass(frozen=True)
class TakenIn:
    """`number` is the receipt's."""

    donation_id: int
    number: int
    lot_ids: tuple[int, ...]


@dataclass(frozen=True)
class MovedGoods:
    movement_ids: tuple[int, ...]


def take_in(tx: Transaction, *, form: DonationForm, at: datetime, by: str) -> TakenIn:
    """Take a donation in, lot by lot; one for a shop or for the team goes there at once and is no stock.

    Refuses a donation without a giver or a line, and a line without an item or a quantity.
    """
    kept = new_donation(tx, form, at=at, by=by)
    lots = [add_lot(tx, kept, one, at=at, by=by) for one in form.lots]
    tx.audit(
        "goods.take_in",
        by=by,
        at=at,
        subject=("goods_donation", kept.id),
        changed=_CHANGED,
        number=kept.number,
        lots=len(lots),
    )
    return TakenIn(kept.id, kept.number, tuple(one.id for one in lots))


def refuse_donation(tx: Transaction, *, form: DonationForm, reason: str, at: datetime, by: str) -> TakenIn:
    """Record that goods were not taken, and why; nothing moves. Asks a reason."""
    given = finding.a_reason(reason)
    kept = new_donation(tx, form, at=at, by=by)
    kept.refused_reason = given
    lots = [_new_lot(tx, kept, one, NO_OCCASION) for one in form.lots]
    tx.audit("goods.refuse_donation", by=by, at=at, subject=("goods_donation", kept.id), changed=_CHANGED, reason=given)
    return TakenIn(kept.id, kept.number, tuple(one.id for one in lots))


def give(
    tx: Transaction,
    *,
    lot_id: int,
    quantity: int,
    recipient: Recipient,
    day: date,
    at: datetime,
    by: str,
    note: str = "",
) -> MovedGoods:
    """Hand goods out. Refuses more than is there, and food past its day or its hour."""
    kept = goods_ledger.lot(tx, lot_id)
    row = goods_ledger.enter_distribution(tx, kept, quantity, recipient, day=day, at=at, by=by, note=note)
    tx.audit("goods.give", by=by, at=at, subject=("goods_lot", lot_id), changed=_CHANGED, quantity=quantity)
    return MovedGoods((row.id,))


def dispose(
    tx: Transaction,
    *,
    lot_id: int,
    quantity: int,
    reason: DisposalReason,
    day: date,
    at: datetime,
    by: str,
    note: str = "",
) -> MovedGoods:
    """Throw goods away, with a reason; *other* asks a note. Refuses more than is there."""
    kept = goods_ledger.lot(tx, lot_id)
    if reason is DisposalReason.OTHER:
        note = finding.a_reason(note)
    row = goods_ledger.enter_disposal(tx, kept, quantity, reason, day=day, at=at, by=by, note=note)
    tx.audit("goods.dispose", by=by, at=at, subject=("goods_lot", lot_id), changed=_CHANGED, reason=reason)
    return MovedGoods((row.id,))


def correct(
    tx: Transaction, *, movement_ids: Sequence[int], reason: str, at: datetime, by: str
) -> MovedGoods:
    """Counter movements that were recorded by mistake; both stay in the ledger. Asks a reason.

    Refuses one that was countered before, and an intake of which more is gone than would be left.
    """
    given = finding.a_reason(reason)
    made = []
    for movement_id in movement_ids:
        wrong = tx.session.get(GoodsMovement, movement_id)
        if wrong is None:
            raise RuleRefused(Refusal.GOODS_MOVEMENT_UNKNOWN, movement=movement_id)
        made.append(goods_ledger.enter_correction(tx, wrong, at=at, by=by, note=given).id)
    tx.audit("goods.correct", by=by, at=at, changed=_CHANGED, movements=len(made), reason=given)
    return MovedGoods(tuple(made))


def new_donation(
    tx: Transaction, form: DonationForm, *, at: datetime, by: str, source: str | None = None
) -> GoodsDonation:
    """A donation with the next receipt number, without its lots. A part of services, never an action of its own."""
    giver = form.giver.strip()
    if form.giver_kind is GiverKind.SHOP and form.shop_id is not None:
        giver = giver or finding.shop(tx, form.shop_id).name_zh
    if not giver or (form.giver_kind is GiverKind.SHOP and form.shop_id is None):
        raise RuleRefused(Refusal.GOODS_GIVER_MISSING, "giver")
    if not form.lots:
        raise RuleRefused(Refusal.GOODS_ITEM_MISSING, "item")
    if form.allotted_to is Target.SHOP and form.allotted_shop_id is None:
        raise RuleRefused(Refusal.GOODS_TARGET_MISSING, "recipient")
    kept = GoodsDonation(
        number=(tx.session.scalar(select(func.max(GoodsDonation.number))) or 0) + 1,
        day=form.day,
        giver_kind=form.giver_kind,
        shop_id=form.shop_id if form.giver_kind is GiverKind.SHOP else None,
        giver=giver,
        allotted_to=form.allotted_to,
        allotted_shop_id=form.allotted_shop_id,
        note=form.note.strip(),
        source=source,
        recorded_at=at,
        recorded_by=by,
    )
    tx.session.add(kept)
    tx.session.flush()
    return kept


def add_lot(
    tx: Transaction, kept: GoodsDonation, form: LotForm, *, at: datetime, by: str, occasion: Occasion = NO_OCCASION
) -> GoodsLot:
    """A lot with its intake, passed on at once where the donation is allotted. A part of services."""
    lot = _new_lot(tx, kept, form, occasion)
    goods_ledger.enter_intake(tx, lot, form.quantity, day=kept.day, at=at, by=by, occasion=occasion)
    if kept.allotted_to is not None:
        recipient = Recipient(kept.allotted_to, shop_id=kept.allotted_shop_id)
        goods_ledger.enter_distribution(tx, lot, form.quantity, recipient, day=kept.day, at=at, by=by, occasion=occasion)
    return lot


def _new_lot(tx: Transaction, kept: GoodsDonation, form: LotForm, occasion: Occasion) -> GoodsLot:
    if not form.item.strip():
        raise RuleRefused(Refusal.GOODS_ITEM_MISSING, "item")
    goods_ledger.a_quantity(form.quantity)
    lot = GoodsLot(
        donation_id=kept.id,
        run_stop_id=occasion.run_stop_id,
        search_text=fold(" ".join((form.item, kept.giver, form.place, form.size, form.note))),
        **{
            name: value.strip() if isinstance(value := getattr(form, name), str) and name not in ("unit", "storage") else value
            for name in LotForm.__dataclass_fields__
            if name != "quantity"
        },
    )
    tx.session.add(lot)
    tx.session.flush()
    return lot
