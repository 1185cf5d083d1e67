"""What needs doing today, and the three numbers that matter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, func, or_, select

from caringstreet.model.evidence import Collection, Evidence
from caringstreet.model.households import Household
from caringstreet.model.needs import Need
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.runs import Run, RunStop
from caringstreet.model.shops import Agreement, Shop
from caringstreet.model.street import CaringStreet
from caringstreet.model.vouchers import Voucher
from caringstreet.queries import devices, goods, issuing, questions, stock_takes
from caringstreet.queries.goods import LotRow, LotView
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.months import Month
from caringstreet.rules.needs import NeedState
from caringstreet.rules.offers import OPEN_STATES
from caringstreet.rules.runs import RunState
from caringstreet.rules.shops import ShopState
from caringstreet.rules.vouchers import NOT_COUNTED, OPEN, VoucherState
from caringstreet.storage.database import Reader

#: Days ahead in which an ending agreement, review or voucher is worth a line.
AHEAD = timedelta(days=30)
SOON = timedelta(days=3)
#: Days ahead in which goods want to be given first.
FRESH = timedelta(days=2)


class TaskKind(StrEnum):
    """Kinds of lines in the to-do list, most urgent first."""

    DECIDE = "decide"
    GOODS_BLOCKED = "goods_blocked"
    GOODS_FIRST = "goods_first"
    RUN_ESTIMATE = "run_estimate"
    RUN_RECORD = "run_record"
    HAND_OUT = "hand_out"
    PRINT = "print"
    REPRINT = "reprint"
    RUNNING_OUT = "running_out"
    MESSAGES = "messages"
    AGREEMENT = "agreement"
    REVIEW = "review"
    LACKING = "lacking"
    QUOTA = "quota"
    COLLECT = "collect"
    STOCK_TAKE = "stock_take"
    GOODS_LOW = "goods_low"
    NEEDS = "needs"


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
    """How long the month lasts, whether it has vouchers, and those of other months that neighbours still hold."""

    out_of_others: tuple[int, ...]
    days_left: int
    issued: bool


def figures(reader: Reader, today: date) -> TodayFigures:
    """The headline numbers of the month of `today`; `issued` tells whether any voucher of it was made that counts."""
    month = Month.of(today)
    others = select(Voucher.id).where(Voucher.state == VoucherState.HANDED_OUT, Voucher.valid_to >= today, Voucher.month != str(month))
    made = select(Voucher.id).where(Voucher.month == str(month), Voucher.state.not_in(NOT_COUNTED)).limit(1)
    return TodayFigures(
        out_of_others=tuple(reader.scalars(others)),
        days_left=(month.last_day - today).days,
        issued=reader.scalar(made) is not None,
    )


def tasks(reader: Reader, today: date, at: datetime) -> list[Task]:
    """The to-do list, most urgent first; what is done leaves it by itself. Of goods only where the street keeps them."""
    found = [
        _questions(reader, today),
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
        _messages(reader),
        *_agreements(reader, today),
        *_reviews(reader, today),
        _lacking(reader, today),
        *_quotas(reader, today),
        _collect(reader, today),
    ]
    if reader.scalar(select(CaringStreet.goods)):
        found += [*_goods(reader, today, at), *_runs(reader, today), _stock_take(reader), _needs(reader)]
    order = list(TaskKind)
    return sorted((task for task in found if task is not None), key=lambda task: order.index(task.kind))


def _questions(reader: Reader, today: date) -> Task | None:
    """All that stands on the page of questions."""
    ids = questions.open_question_ids(reader, today)
    if not ids:
        return None
    first = reader.scalar(select(Evidence.day).where(Evidence.id == ids[0]))
    return Task(TaskKind.DECIDE, len(ids), day=first, ids=tuple(ids))


def _vouchers(reader: Reader, kind: TaskKind, today: date, *conditions: object) -> Task | None:
    wanted = select(Voucher.id, Voucher.valid_from).where(
        Voucher.state == VoucherState.MADE,
        Voucher.valid_to >= today,
        *conditions,  # type: ignore[arg-type]
    )
    return _one(reader, kind, wanted, Voucher.valid_from)


def _one(reader: Reader, kind: TaskKind, wanted, day) -> Task | None:  # type: ignore[no-untyped-def]
    rows = reader.execute(wanted.order_by(day)).all()
    if not rows:
        return None
    return Task(kind, len(rows), day=rows[0][1], ids=tuple(row[0] for row in rows))


def _messages(reader: Reader) -> Task | None:
    """Messages that shops' phones counted and that never arrived."""
    found = devices.missing(reader)
    count = sum(one.count for one in found)
    if len(found) == 1:
        return Task(TaskKind.MESSAGES, count, found[0].shop_zh, found[0].shop_en, subject_id=found[0].shop_id)
    return Task(TaskKind.MESSAGES, count) if found else None


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


def _lacking(reader: Reader, today: date) -> Task | None:
    """Admitted households for which no voucher can be issued, besides those whose review is due."""
    ids = issuing.hindered_ids(reader, today)
    rows = reader.execute(
        select(Household.id, Household.number)
        .where(Household.id.in_(ids), or_(Household.review_on.is_(None), Household.review_on > today + AHEAD))
        .order_by(Household.number)
    ).all()
    if not rows:
        return None
    if len(rows) == 1:
        return Task(TaskKind.LACKING, 1, rows[0].number, rows[0].number, subject_id=rows[0].id)
    return Task(TaskKind.LACKING, len(rows), ids=tuple(row.id for row in rows))


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


def _goods(reader: Reader, today: date, at: datetime) -> list[Task | None]:
    """Lots past their time, lots whose last day is near, and items of which little is left."""

    def lots(view: LotView) -> list[LotRow]:
        return list(goods.rows(reader, goods.matching_ids(reader, view, "", today, at, "first"), today).values())

    def soon(lot: LotRow) -> bool:
        last = lot.freshness.last_day
        return lot.deliver_by is not None or (last is not None and last <= today + FRESH)

    low = goods.low_items(reader, today)
    return [
        _lots(TaskKind.GOODS_BLOCKED, lots(LotView.BLOCKED)),
        _lots(TaskKind.GOODS_FIRST, [lot for lot in lots(LotView.FIRST) if soon(lot)]),
        Task(TaskKind.GOODS_LOW, len(low), low[0].item if len(low) == 1 else "") if low else None,
    ]


def _lots(kind: TaskKind, lots: list[LotRow]) -> Task | None:
    days = [lot.freshness.last_day for lot in lots if lot.freshness.last_day is not None]
    first = min(days, default=None)
    if len(lots) == 1:
        return Task(kind, 1, lots[0].item, day=first, subject_id=lots[0].lot_id)
    return Task(kind, len(lots), day=first) if lots else None


def _runs(reader: Reader, today: date) -> list[Task | None]:
    """Runs up to tonight that are not recorded, and tonight's stops whose shop announced nothing yet."""
    planned = reader.execute(select(Run.id, Run.day).where(Run.state == RunState.PLANNED, Run.day <= today).order_by(Run.day)).all()
    silent = reader.execute(
        select(RunStop.run_id, func.count())
        .join(Run, Run.id == RunStop.run_id)
        .where(Run.state == RunState.PLANNED, Run.day == today, RunStop.estimate.is_(None), RunStop.shop_id.is_not(None))
        .group_by(RunStop.run_id)
    ).all()
    one = planned[0][0] if len(planned) == 1 else None
    return [
        Task(TaskKind.RUN_RECORD, len(planned), day=planned[0][1], subject_id=one) if planned else None,
        *(Task(TaskKind.RUN_ESTIMATE, count, day=today, subject_id=run_id) for run_id, count in silent),
    ]


def _stock_take(reader: Reader) -> Task | None:
    """Counts that wait for their second signature."""
    waiting = [row for row in stock_takes.rows(reader) if row.open]
    if not waiting:
        return None
    one = waiting[0].stock_take_id if len(waiting) == 1 else None
    return Task(TaskKind.STOCK_TAKE, len(waiting), day=waiting[-1].day, subject_id=one)


def _needs(reader: Reader) -> Task | None:
    """What neighbours want and nobody has dealt with yet."""
    count, first = reader.execute(select(func.count(), func.min(Need.day)).where(Need.state == NeedState.NEW)).one()
    return Task(TaskKind.NEEDS, count, day=first) if count else None
