"""How far a new street is: a step counts as done only once what it made can really be used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sqlalchemy import func, or_, select

from caringstreet.model.households import Household
from caringstreet.model.offers import Offer
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher
from caringstreet.queries import issuing, standing
from caringstreet.rules.eligibility import check_household, check_shop
from caringstreet.rules.first_steps import NEEDS, FirstStep
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.shops import ShopState
from caringstreet.rules.vouchers import VoucherState
from caringstreet.storage.database import Reader

_NAMED = 3


@dataclass(frozen=True)
class StepRow:
    """`there` is how many were registered, `usable` how many of them can be used today; `names` are the first of these.

    `refusal` tells what keeps `blocked_id`, the first that cannot be used, from it; `next_id` is what the step goes on with.
    """

    step: FirstStep
    there: int
    usable: int
    names: tuple[tuple[str, str], ...] = ()
    blocked_id: int | None = None
    blocked: tuple[str, str] = ("", "")
    refusal: RuleRefused | None = None
    next_id: int | None = None

    @property
    def done(self) -> bool:
        return self.usable > 0


def begun(reader: Reader) -> bool:
    """Whether a voucher ever was printed, or left the house otherwise: then the first steps lie behind for ever."""
    printed = or_(Voucher.print_count > 0, Voucher.state.in_((VoucherState.HANDED_OUT, VoucherState.REDEEMED)))
    return reader.scalar(select(Voucher.id).where(printed).limit(1)) is not None


def steps(reader: Reader, day: date) -> tuple[StepRow, ...]:
    """The five steps as they stand on a day."""
    shops, households = _shops(reader, day), _households(reader, day)
    made = reader.scalar(select(func.count()).select_from(Voucher)) or 0
    printed = reader.scalar(select(func.count()).where(Voucher.print_count > 0)) or 0
    return (
        shops,
        _offers(reader, day, shops),
        households,
        StepRow(FirstStep.ISSUE, made, made, next_id=households.next_id if households.usable == 1 else None),
        StepRow(FirstStep.PRINT, printed, printed),
    )


def possible(found: tuple[StepRow, ...]) -> Mapping[FirstStep, bool]:
    """Which steps can be begun now."""
    done = {one.step for one in found if one.done}
    return {one.step: all(need in done for need in NEEDS[one.step]) for one in found}


def _shops(reader: Reader, day: date) -> StepRow:
    rows = reader.execute(select(Shop.id, Shop.name_zh, Shop.name_en).where(Shop.state != ShopState.LEFT).order_by(Shop.code)).all()
    standings = issuing.shop_standings(reader)
    told = [(one.id, (one.name_zh, one.name_en), _no(partial(check_shop, standings[one.id], day))) for one in rows]
    return _row(FirstStep.SHOP, told)


def _offers(reader: Reader, day: date, shops: StepRow) -> StepRow:
    there = reader.scalar(select(func.count()).select_from(Offer)) or 0
    told = [(one.offer_id, (one.title_zh, one.title_en), one.refusal) for one in issuing.open_offers(reader, day)]
    return replace(_row(FirstStep.OFFER, told, shops.next_id), there=there)


def _households(reader: Reader, day: date) -> StepRow:
    rows = reader.execute(select(Household.id, Household.display_name).order_by(Household.number)).all()
    standings = standing.of_households(reader)
    told = [(one.id, (one.display_name, ""), _no(partial(check_household, standings[one.id], day))) for one in rows]
    return _row(FirstStep.HOUSEHOLD, told)


def _row(step: FirstStep, told: list[tuple[int, tuple[str, str], RuleRefused | None]], next_id: int | None = None) -> StepRow:
    usable = [(one, name) for one, name, refusal in told if refusal is None]
    found = StepRow(step, len(told), len(usable), tuple(name for _, name in usable[:_NAMED]))
    if next_id is None and usable:
        next_id = usable[0][0]
    for one, name, refusal in told:
        if refusal is not None:
            return replace(found, next_id=next_id, blocked_id=one, blocked=name, refusal=refusal)
    return replace(found, next_id=next_id)


def _no(check: Callable[[], None]) -> RuleRefused | None:
    try:
        check()
    except RuleRefused as refusal:
        return refusal
    return None
