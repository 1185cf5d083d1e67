"""The rows behind each figure of a month: what counts for it, and how to find it again."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, extract, false, func, literal, or_, select

from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.model.households import Household, Member
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.street import StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.evidence import Channel, Outcome
from caringstreet.rules.households import ADULT_AGE, ELDER_AGE, HouseholdKind
from caringstreet.rules.months import Month
from caringstreet.rules.vouchers import OPEN, VoucherState
from caringstreet.storage.database import Reader

#: A shop's street; empty where none is given.
STREET = func.coalesce(StreetSegment.name_zh, "")


class Figure(StrEnum):
    """A figure that a person can open."""

    ISSUED = "issued"
    REDEEMED = "redeemed"
    EXPIRED = "expired"
    RETURNED = "returned"
    REPLACED = "replaced"
    VOID = "void"
    HANDED_OUT = "handed_out"
    OUT = "out"
    NOT_HANDED_OUT = "not_handed_out"
    WITHOUT_SLIP = "without_slip"
    NEW_FACES = "new_faces"
    GOODWILL = "goodwill"
    TO_PAY = "to_pay"
    PROMISED = "promised"


class Share(StrEnum):
    """Who bears a part of a price."""

    HOUSEHOLD = "household"
    SHOP = "shop"
    FUND = "fund"


@dataclass(frozen=True)
class Part:
    """A part of the vouchers behind a figure; everything left out does not matter.

    `street` is a real street, `share` keeps the vouchers of which its bearer carries something.
    """

    offer_id: int | None = None
    shop_id: int | None = None
    street: str | None = None
    kind: HouseholdKind | None = None
    channel: Channel | None = None
    share: Share | None = None


_ALL = Part()


def how_many(reader: Reader, wanted: Select[Any]) -> int:
    return reader.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def week_of(day: Any) -> ColumnElement[int]:
    """The place of a day's week in `Month.weeks`."""
    number = extract("day", day)
    return case((number <= 7, 0), (number <= 14, 1), (number <= 21, 2), else_=3)


def voucher_ids_behind(reader: Reader, month: Month, today: date, figure: Figure, part: Part = _ALL) -> list[int]:
    """The vouchers that a figure counts, of the whole street or of a part."""
    wanted = vouchers(figure, month, today).where(*_of_part(part, month))
    return list(reader.scalars(wanted.order_by(Voucher.id)))


def _of_part(part: Part, month: Month) -> list[Any]:
    found: list[Any] = []
    if part.offer_id is not None:
        found.append(Voucher.offer_id == part.offer_id)
    if part.shop_id is not None:
        found.append(Voucher.offer_id.in_(select(Offer.id).where(Offer.shop_id == part.shop_id)))
    if part.street is not None:
        shops = select(Shop.id).outerjoin(StreetSegment, StreetSegment.id == Shop.segment_id).where(STREET.in_([part.street]))
        found.append(Voucher.offer_id.in_(select(Offer.id).where(Offer.shop_id.in_(shops))))
    if part.kind is not None:
        kinds = kinds_of(month)
        found.append(Voucher.household_id.in_(select(kinds.c.household_id).where(kinds.c.kind == part.kind.value)))
    if part.channel is not None:
        found.append(Voucher.id.in_(select(Redemption.voucher_id).where(Redemption.channel == part.channel).correlate(None)))
    if part.share is not None:
        cents = getattr(OfferVersion, f"{part.share}_cents")
        # A redemption keeps the version of its day.
        version = func.coalesce(Redemption.offer_version_id, Voucher.offer_version_id)
        bearing = (
            select(Voucher.id)
            .outerjoin(Redemption, Redemption.voucher_id == Voucher.id)
            .join(OfferVersion, OfferVersion.id == version)
            .where(cents > 0)
            .correlate(None)
        )
        found.append(Voucher.id.in_(bearing))
    return found


def household_ids_behind(reader: Reader, month: Month, *, new: bool = False) -> list[int]:
    """The households for whom vouchers were made in the month; with `new` those for the first time."""
    wanted = new_faces(month) if new else households_reached(month)
    return sorted(reader.scalars(wanted))


def evidence_ids_behind(reader: Reader, month: Month, outcome: Outcome) -> list[int]:
    """The evidence that an exception counts."""
    repeated = Evidence.repeats > 0 if outcome is Outcome.ALREADY_KNOWN else false()
    return list(
        reader.scalars(
            select(Evidence.id).where(evidence_of(month), or_(Evidence.outcome == outcome, repeated)).order_by(Evidence.day, Evidence.id)
        )
    )


def issued(month: Month) -> Any:
    """Made for a household in the month; a replacement is not counted again, a withdrawn one not at all."""
    return and_(Voucher.month == str(month), Voucher.state != VoucherState.VOID, Voucher.replaces_id.is_(None))


def expired(month: Month, today: date) -> Any:
    last = min(month.last_day, today - timedelta(days=1))
    return and_(Voucher.valid_to.between(month.first_day, last), Voucher.state.in_(OPEN))


def handed_out(month: Month) -> Any:
    """Ever handed out, whatever became of it since."""
    return and_(Voucher.month == str(month), Voucher.handed_out_on.is_not(None))


def out(month: Month, today: date) -> Any:
    """With neighbours: handed out, not used, and still good."""
    return and_(handed_out(month), Voucher.state == VoucherState.HANDED_OUT, Voucher.valid_to >= today)


def redeemed_in(month: Month) -> Any:
    return Redemption.day.between(month.first_day, month.last_day)


def paid_in(month: Month) -> Any:
    return Adjustment.day.between(month.first_day, month.last_day)


def evidence_of(month: Month) -> Any:
    return and_(Evidence.day.between(month.first_day, month.last_day), Evidence.taken_back_at.is_(None))


def vouchers(figure: Figure, month: Month, today: date) -> Select[int]:
    ids = select(Voucher.id)
    of_month = Voucher.month == str(month)
    if figure is Figure.ISSUED:
        return ids.where(issued(month))
    if figure is Figure.REDEEMED:
        return ids.join(Redemption, Redemption.voucher_id == Voucher.id).where(redeemed_in(month))
    if figure is Figure.WITHOUT_SLIP:
        return ids.join(Redemption, Redemption.voucher_id == Voucher.id).where(redeemed_in(month), Redemption.without_slip)
    if figure is Figure.GOODWILL:
        return ids.where(Voucher.id.in_(select(Adjustment.voucher_id).where(paid_in(month))))
    if figure is Figure.TO_PAY:
        redeemed = select(Redemption.voucher_id).where(redeemed_in(month))
        return ids.where(Voucher.id.in_(redeemed.union(select(Adjustment.voucher_id).where(paid_in(month)))))
    if figure is Figure.PROMISED:
        return ids.where(Voucher.state.in_(OPEN), Voucher.valid_to >= today)
    if figure is Figure.EXPIRED:
        return ids.where(expired(month, today))
    if figure is Figure.REPLACED:
        return ids.where(of_month, Voucher.replaces_id.is_not(None))
    if figure is Figure.VOID:
        return ids.where(of_month, Voucher.state.in_((VoucherState.VOID, VoucherState.REPLACED)))
    if figure is Figure.RETURNED:
        return ids.where(of_month, Voucher.state == VoucherState.RETURNED)
    if figure is Figure.HANDED_OUT:
        return ids.where(handed_out(month))
    if figure is Figure.OUT:
        return ids.where(out(month, today))
    if figure is Figure.NOT_HANDED_OUT:
        return ids.where(of_month, Voucher.state == VoucherState.MADE, Voucher.valid_to >= today)
    return ids.where(issued(month), Voucher.household_id.in_(new_faces(month)))


def households_reached(month: Month) -> Select[int]:
    return select(Voucher.household_id).where(issued(month)).group_by(Voucher.household_id)


def new_faces(month: Month) -> Select[int]:
    return (
        select(Voucher.household_id)
        .where(Voucher.state != VoucherState.VOID)
        .group_by(Voucher.household_id)
        .having(func.min(Voucher.month) == str(month))
    )


def kinds_of(month: Month) -> Subquery:
    """The kind of each household in the month."""
    age = literal(month.year) - Member.birth_year
    return (
        select(
            Household.id.label("household_id"),
            case(
                (
                    and_(
                        func.count(Member.id) > 0,
                        func.count(Member.birth_year) == func.count(Member.id),
                        func.min(age) >= ELDER_AGE,
                    ),
                    HouseholdKind.ELDERS.value,
                ),
                (func.min(age) < ADULT_AGE, HouseholdKind.CHILDREN.value),
                else_=HouseholdKind.OTHER.value,
            ).label("kind"),
        )
        .outerjoin(Member, Member.household_id == Household.id)
        .group_by(Household.id)
        .subquery()
    )
