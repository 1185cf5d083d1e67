"""What needs doing today, and the three numbers that matter."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select

from caringstreet.model.evidence import Collection, Evidence, Redemption
from caringstreet.model.households import Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Agreement, Shop
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.evidence import Verdict
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.months import Month
from caringstreet.rules.offers import OPEN_STATES
from caringstreet.rules.shops import ShopState
from caringstreet.rules.vouchers import NOT_COUNTED, OPEN, VoucherState
from caringstreet.storage.database import Reader

#: Days ahead in which an ending agreement, review or voucher is worth a line.
AHEAD = timedelta(days=30)
SOON = timedelta(days=3)


class TaskKind(StrEnum):
    """Kinds of lines in the to-do list, most urgent first."""

    DECIDE = "decide"
    HAND_OUT = "hand_out"
    PRINT = "print"
    REPRINT = "reprint"
    RUNNING_OUT = "running_out"
    AGREEMENT = "agreement"
    REVIEW = "review"
    QUOTA = "quota"
    COLLECT = "collect"


@dataclass(frozen=True)
class Task:
    """One line: how many, of what, the earliest day, and the one thing to open where there is just one."""

    kind: TaskKind
    count: int
    name_zh: str = ""
    name_en: str = ""
    day: date | None = None
    subject_id: int | None = None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class TodayFigures:
    """`out` vouchers are in neighbours' hands and still good."""

    out: int
    issued: int
    redeemed: int
    days_left: int
    shops: int
    households: int
    offers: int


def figures(reader: Reader, today: date) -> TodayFigures:
    """The headline numbers of the month of `today`."""
    month = Month.of(today)

    def count(what: object, *conditions: object) -> int:
        return reader.scalar(select(func.count(what)).where(*conditions)) or 0  # type: ignore[arg-type]

    return TodayFigures(
        out=count(Voucher.id, Voucher.state == VoucherState.HANDED_OUT, Voucher.valid_to >= today),
        issued=count(
            Voucher.id,
            Voucher.month == str(month),
            Voucher.state != VoucherState.VOID,
            Voucher.replaces_id.is_(None),
        ),
        redeemed=count(Redemption.id, Redemption.day.between(month.first_day, month.last_day)),
        days_left=(month.last_day - today).days,
        shops=count(Shop.id, Shop.state == ShopState.ACTIVE),
        households=count(Household.id, Household.state == HouseholdState.ELIGIBLE),
        offers=count(Offer.id, Offer.state.in_(OPEN_STATES)),
    )


def tasks(reader: Reader, today: date) -> list[Task]:
    """The to-do list; what is done leaves it by itself."""
    found = [
        _one(reader, TaskKind.DECIDE, select(Evidence.id, Evidence.day).where(*_open_question()), Evidence.day),
        _vouchers(reader, TaskKind.HAND_OUT, today, Voucher.print_count > 0, Voucher.valid_from <= today),
        _vouchers(reader, TaskKind.PRINT, today, Voucher.print_count == 0),
        _one(
            reader,
            TaskKind.REPRINT,
            select(Voucher.id, Voucher.valid_to).where(Voucher.reprint_due, Voucher.state.in_(OPEN), Voucher.valid_to >= today),
            Voucher.valid_to,
        ),
        _one(
            reader,
            TaskKind.RUNNING_OUT,
            select(Voucher.id, Voucher.valid_to).where(
                Voucher.state == VoucherState.HANDED_OUT, Voucher.valid_to.between(today, today + SOON)
            ),
            Voucher.valid_to,
        ),
        *_agreements(reader, today),
        *_reviews(reader, today),
        *_quotas(reader, today),
        _collect(reader, today),
    ]
    return [task for task in found if task is not None]


def _open_question() -> tuple[ColumnElement[bool], ...]:
    return (Evidence.verdict == Verdict.ASK, Evidence.decision.is_(None), Evidence.taken_back_at.is_(None))


def _vouchers(reader: Reader, kind: TaskKind, today: date, *conditions: object) -> Task | None:
    wanted = select(Voucher.id, Voucher.valid_from).where(
        Voucher.state == VoucherState.MADE, Voucher.valid_to >= today, *conditions  # type: ignore[arg-type]
    )
    return _one(reader, kind, wanted, Voucher.valid_from)


def _one(reader: Reader, kind: TaskKind, wanted, day) -> Task | None:  # type: ignore[no-untyped-def]
    rows = reader.execute(wanted.order_by(day)).all()
    if not rows:
        return None
    return Task(kind, len(rows), day=rows[0][1], ids=tuple(row[0] for row in rows))


def _agreements(reader: Reader, today: date) -> list[Task]:
    last = func.max(Agreement.until)
    rows = reader.execute(
        select(Shop.id, Shop.name_zh, Shop.name_en, last)
        .join(Agreement, Agreement.shop_id == Shop.id)
        .where(Shop.state == ShopState.ACTIVE)
        .group_by(Shop.id, Shop.name_zh, Shop.name_en)
        .having(and_(last <= today + AHEAD, func.count(Agreement.id) == func.count(Agreement.until)))
        .order_by(last)
    )
    return [Task(TaskKind.AGREEMENT, 1, zh, en, until, shop_id) for shop_id, zh, en, until in rows]


def _reviews(reader: Reader, today: date) -> list[Task]:
    rows = reader.execute(
        select(Household.id, Household.number, Household.review_on)
        .where(
            Household.state.in_((HouseholdState.ELIGIBLE, HouseholdState.REVIEW)),
            Household.review_on <= today + AHEAD,
        )
        .order_by(Household.review_on)
    ).all()
    if not rows:
        return []
    if len(rows) > 2:
        return [Task(TaskKind.REVIEW, len(rows), day=rows[0].review_on, ids=tuple(row.id for row in rows))]
    return [Task(TaskKind.REVIEW, 1, row.number, row.number, row.review_on, row.id) for row in rows]


def _quotas(reader: Reader, today: date) -> list[Task]:
    """Open offers of which at most a tenth of the quota is left."""
    used = func.count(Voucher.id)
    rows = reader.execute(
        select(Offer.id, OfferVersion.title_zh, OfferVersion.title_en, OfferVersion.monthly_quota - used)
        .join(OfferVersion, and_(OfferVersion.offer_id == Offer.id, OfferVersion.number == Offer.current_version))
        .join(
            Voucher,
            and_(
                Voucher.offer_id == Offer.id,
                Voucher.month == str(Month.of(today)),
                Voucher.state.not_in(NOT_COUNTED),
            ),
        )
        .where(Offer.state.in_(OPEN_STATES), OfferVersion.monthly_quota.is_not(None))
        .group_by(Offer.id, OfferVersion.title_zh, OfferVersion.title_en, OfferVersion.monthly_quota)
        .having(used * 10 >= OfferVersion.monthly_quota * 9)
        .order_by(Offer.code)
    ).all()
    if len(rows) > 2:
        return [Task(TaskKind.QUOTA, len(rows), ids=tuple(row[0] for row in rows))]
    return [Task(TaskKind.QUOTA, left or 0, zh, en, subject_id=offer_id) for offer_id, zh, en, left in rows]


def _collect(reader: Reader, today: date) -> Task | None:
    """Shops with vouchers in neighbours' hands that were not visited for a week."""
    visited = select(Collection.shop_id).where(Collection.day > today - timedelta(days=7))
    rows = reader.execute(
        select(Offer.shop_id)
        .join(Voucher, Voucher.offer_id == Offer.id)
        .where(
            Voucher.state.in_((VoucherState.HANDED_OUT, VoucherState.REDEEMED)),
            Voucher.month == str(Month.of(today)),
            Offer.shop_id.not_in(visited),
        )
        .group_by(Offer.shop_id)
    ).all()
    if not rows:
        return None
    last = reader.scalar(select(func.max(Collection.day)))
    return Task(TaskKind.COLLECT, len(rows), day=last, ids=tuple(row[0] for row in rows))
