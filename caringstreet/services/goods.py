"""Keeps donated goods: take in, give, throw away, correct."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from caringstreet.clock import local_day
from caringstreet.model.distributions import DistributionLine
from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMinimum, GoodsMovement
from caringstreet.rules.changes import Changed
from caringstreet.rules.diets import Diet
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.goods import (
    DisposalReason,
    Freshness,
    GiverKind,
    MovementKind,
    StorageClass,
    Target,
    lowest_from,
    stale_reason,
)
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.quantities import ONE, Unit, plain_quantity
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.texts import fold
from caringstreet.rules.usual import MUCH, a_digit_off, far_over_usual, usual
from caringstreet.services import finding, goods_ledger
from caringstreet.services.day_checks import check_days, check_happened
from caringstreet.services.goods_ledger import NO_OCCASION, Occasion, Recipient
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.GOODS,)

#: Photos are for recognising a thing on a shelf; the whole street lives in one file.
LARGEST_PHOTO = 2 << 20
#: So many intakes of an item tell what is usual.
_LOOKED_BACK = 20
_LOT_DAYS = {"best_before": DayOf.END, "use_by": DayOf.END}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n")


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
    not_for: tuple[Diet, ...] = ()
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
    for lot, one in zip(lots, form.lots, strict=True):
        lot.refused_quantity = one.quantity
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


def throw_away_stale(tx: Transaction, *, lot_ids: Sequence[int], day: date, at: datetime, by: str) -> MovedGoods:
    """Throw away all that is left of lots that may not be given any more, each for its own reason.

    Passes over what is still good or gone. Refuses where nothing of them is to be thrown away.
    """
    made = []
    for lot_id in lot_ids:
        kept = goods_ledger.lot(tx, lot_id)
        reason = stale_reason(Freshness(kept.best_before, kept.use_by, kept.deliver_by), day, at)
        left = goods_ledger.stock(tx, lot_id, day)
        if reason is not None and left > 0:
            made.append(goods_ledger.enter_disposal(tx, kept, left, reason, day=day, at=at, by=by).id)
    if not made:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    tx.audit("goods.throw_away_stale", by=by, at=at, changed=_CHANGED, movements=len(made))
    return MovedGoods(tuple(made))


def set_minimum(tx: Transaction, *, item: str, unit: Unit, minimum: int | None, at: datetime, by: str) -> None:
    """From how little of an item on it counts as low, in thousandths; None takes the mark away."""
    name = item.strip()
    if not name:
        raise RuleRefused(Refusal.GOODS_ITEM_MISSING, "item")
    if minimum is not None:
        _check_quantity(tx, name, unit, minimum, "minimum")
    kept = tx.session.scalar(select(GoodsMinimum).where(GoodsMinimum.item == name, GoodsMinimum.unit == unit))
    if minimum is None:
        if kept is not None:
            tx.session.delete(kept)
    elif kept is None:
        tx.session.add(GoodsMinimum(item=name, unit=unit, minimum=goods_ledger.a_quantity(minimum)))
    else:
        kept.minimum = goods_ledger.a_quantity(minimum)
    tx.audit("goods.set_minimum", by=by, at=at, changed=_CHANGED, item=name, minimum=minimum)


def correct(tx: Transaction, *, movement_ids: Sequence[int], reason: str, at: datetime, by: str) -> MovedGoods:
    """Counter movements that were recorded by mistake; both stay in the ledger. Asks a reason.

    Refuses one that was countered before, an intake of which more is gone than would be left, and one that a run,
    a choice day, a hand-out list or a stock-take recorded: it is taken back there.
    """
    given = finding.a_reason(reason)
    if not movement_ids:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    made = []
    for movement_id in movement_ids:
        wrong = goods_ledger.movement(tx, movement_id)
        _refuse_elsewhere(tx, wrong)
        _refuse_used(tx, wrong)
        made.append(goods_ledger.enter_correction(tx, wrong, at=at, by=by, note=given).id)
    tx.audit("goods.correct", by=by, at=at, changed=_CHANGED, movements=len(made), reason=given)
    return MovedGoods(tuple(made))


def _refuse_elsewhere(tx: Transaction, row: GoodsMovement) -> None:
    listed = select(DistributionLine.id).where(DistributionLine.movement_id == row.id)
    occasions = (row.run_stop_id, row.choice_event_id, row.stock_take_id, tx.session.scalar(listed))
    if any(one is not None for one in occasions):
        raise RuleRefused(Refusal.GOODS_CORRECT_AT_SOURCE)


def _refuse_used(tx: Transaction, row: GoodsMovement) -> None:
    """An intake stays while something of it is gone: the words say what to take back first."""
    left = lowest_from(goods_ledger.movements(tx, row.lot_id), row.day)
    if row.kind is MovementKind.INTAKE and left < row.quantity:
        lot = goods_ledger.lot(tx, row.lot_id)
        facts = {"wanted": plain_quantity(row.quantity), "gone": plain_quantity(row.quantity - left), "unit": lot.unit}
        raise RuleRefused(Refusal.GOODS_INTAKE_USED, item=lot.item, **facts)


def new_donation(tx: Transaction, form: DonationForm, *, at: datetime, by: str, source: str | None = None) -> GoodsDonation:
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
    check_happened(tx, form.day, local_day(at))
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


def add_lot(tx: Transaction, kept: GoodsDonation, form: LotForm, *, at: datetime, by: str, occasion: Occasion = NO_OCCASION) -> GoodsLot:
    """A lot with its intake, passed on at once where the donation is allotted. A part of services."""
    _check_last_day(tx, form, kept.day, local_day(at))
    _check_quantity(tx, form.item.strip(), form.unit, form.quantity)
    lot = _new_lot(tx, kept, form, occasion)
    goods_ledger.enter_intake(tx, lot, form.quantity, day=kept.day, at=at, by=by, occasion=occasion)
    if kept.allotted_to is not None:
        recipient = Recipient(kept.allotted_to, shop_id=kept.allotted_shop_id)
        goods_ledger.enter_distribution(tx, lot, form.quantity, recipient, day=kept.day, at=at, by=by, occasion=occasion)
    return lot


def _check_last_day(tx: Transaction, form: LotForm, day: date, today: date) -> None:
    check_days(tx, form, None, _LOT_DAYS, today)
    last = Freshness(form.best_before, form.use_by).last_day
    if last is not None and last < day:
        tx.ask(Doubt.PAST_BEST_BEFORE, "best_before", item=form.item.strip(), until=last, day=day)


def _check_quantity(tx: Transaction, item: str, unit: Unit, quantity: int, field: str = "quantity") -> None:
    """Ask about a thousand times what usually comes of an item in its unit, and about what no room holds."""
    came = (
        select(GoodsMovement.quantity)
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .where(GoodsLot.item == item, GoodsLot.unit == unit, GoodsMovement.kind == MovementKind.INTAKE)
        .order_by(GoodsMovement.id.desc())
        .limit(_LOOKED_BACK)
    )
    before = usual(tx.session.scalars(came).all())
    if before is not None and far_over_usual(quantity, before):
        tx.ask(Doubt.UNUSUAL_QUANTITY, field, item=item, quantity=plain_quantity(quantity), usual=plain_quantity(before), unit=unit)
    elif quantity > MUCH * ONE and (before is None or a_digit_off(quantity, before)):
        tx.ask(Doubt.MUCH_AT_ONCE, field, item=item, quantity=plain_quantity(quantity), unit=unit)


def _new_lot(tx: Transaction, kept: GoodsDonation, form: LotForm, occasion: Occasion) -> GoodsLot:
    if not form.item.strip():
        raise RuleRefused(Refusal.GOODS_ITEM_MISSING, "item")
    goods_ledger.a_quantity(form.quantity)
    if form.photo is not None and (len(form.photo) > LARGEST_PHOTO or not form.photo.startswith(_PICTURES)):
        raise RuleRefused(Refusal.GOODS_PHOTO_TOO_LARGE, "photo", limit_mb=LARGEST_PHOTO >> 20)
    lot = GoodsLot(
        donation_id=kept.id,
        run_stop_id=occasion.run_stop_id,
        item=form.item.strip(),
        unit=form.unit,
        storage=form.storage,
        best_before=form.best_before,
        use_by=form.use_by,
        deliver_by=form.deliver_by,
        value_cents=form.value_cents,
        grams_each=form.grams_each,
        size=form.size.strip(),
        condition=form.condition.strip(),
        place=form.place.strip(),
        photo=form.photo,
        not_for=[str(one) for one in form.not_for],
        note=form.note.strip(),
        search_text=fold(" ".join((form.item, kept.giver, form.place, form.size, form.note))),
    )
    tx.session.add(lot)
    tx.session.flush()
    return lot
