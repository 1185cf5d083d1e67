"""Plans bread runs and records what they brought in one go, stop by stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select

from caringstreet.clock import local_day
from caringstreet.model.goods import GoodsDonation, GoodsMovement
from caringstreet.model.runs import Run, RunStop
from caringstreet.rules.changes import Changed
from caringstreet.rules.goods import DisposalReason, GiverKind, StorageClass, Target, deliver_by
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.quantities import Unit
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.runs import RunKind, RunState, StopFigures, refuse_unbalanced
from caringstreet.services import finding, goods, goods_ledger, run_estimates
from caringstreet.services.day_checks import check_day, check_days
from caringstreet.services.goods import DonationForm, LotForm
from caringstreet.services.goods_ledger import Occasion, Recipient
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.RUNS, Changed.GOODS)


@dataclass(frozen=True)
class StopForm:
    """A stop at a shop, or at another named place; the estimate in thousandths."""

    shop_id: int | None = None
    place: str = ""
    unit: Unit = Unit.PIECE
    estimate: int | None = None
    note: str = ""


@dataclass(frozen=True)
class RunForm:
    """A run on a local day, with its stops in their order."""

    day: date
    stops: tuple[StopForm, ...]
    kind: RunKind = RunKind.BREAD
    note: str = ""


@dataclass(frozen=True)
class StopResult:
    """What a stop gave and where it went, in thousandths; what is not named is left and stays in stock.

    `to_households` are handed to households not listed by name, `to_group` to the named group. `collected_at` starts
    the clock of cooked or chilled food; `kept_so` tells that it stayed hot or cold on the way.
    """

    stop_id: int
    item: str
    collected: int
    to_households: int = 0
    households: int | None = None
    to_group: int = 0
    group_name: str = ""
    disposed: int = 0
    reason: DisposalReason = DisposalReason.OVER_TIME
    storage: StorageClass = StorageClass.AMBIENT
    kept_so: bool = False
    collected_at: datetime | None = None
    best_before: date | None = None
    grams_each: int | None = None
    note: str = ""

    @property
    def figures(self) -> StopFigures:
        return StopFigures(self.collected, self.to_households + self.to_group, self.disposed)


@dataclass(frozen=True)
class PlannedRun:
    run_id: int


@dataclass(frozen=True)
class RecordedRun:
    """In thousandths; left = collected - handed out - disposed."""

    run_id: int
    collected: int
    handed_out: int
    disposed: int

    @property
    def left(self) -> int:
        return self.collected - self.handed_out - self.disposed


def plan(tx: Transaction, *, form: RunForm, at: datetime, by: str) -> PlannedRun:
    """Plan a run. Refuses one without a stop, and a second of its kind on the same day."""
    check_day(tx, form.day, DayOf.PLANNED, local_day(at))
    _refuse_second(tx, form.kind, form.day, None)
    run = new_run(tx, form.day, kind=form.kind, note=form.note)
    set_stops(tx, run, form.stops)
    tx.audit("runs.plan", by=by, at=at, subject=("run", run.id), changed=_CHANGED, stops=len(form.stops))
    return PlannedRun(run.id)


def change_plan(tx: Transaction, *, run_id: int, form: RunForm, at: datetime, by: str) -> PlannedRun:
    """Change day, stops and order of a planned run. Refuses as `plan` does, and a run that is done or cancelled."""
    run = planned(tx, run_id)
    check_days(tx, form, run, {"day": DayOf.PLANNED}, local_day(at))
    _refuse_second(tx, run.kind, form.day, run.id)
    run.day, run.note = form.day, form.note.strip()
    set_stops(tx, run, form.stops)
    tx.audit("runs.change_plan", by=by, at=at, subject=("run", run.id), changed=_CHANGED, stops=len(form.stops))
    return PlannedRun(run.id)


def announce(tx: Transaction, *, day: date, estimates: Mapping[int, int], at: datetime, by: str) -> PlannedRun:
    """Note the shops' estimates of a day (shop id to thousandths); plans the run, and adds stops, where none is yet.

    Refuses where nothing is announced, and a day whose run is recorded already.
    """
    if not estimates:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    check_day(tx, day, DayOf.PLANNED, local_day(at))
    run = tx.session.scalar(select(Run).where(Run.kind == RunKind.BREAD, Run.day == day, Run.state != RunState.CANCELLED))
    if run is None:
        run = new_run(tx, day)
    _refuse_not_planned(run)
    stops = {one.shop_id: one for one in tx.session.scalars(select(RunStop).where(RunStop.run_id == run.id))}
    for shop_id, quantity in estimates.items():
        if shop_id not in stops:
            finding.shop(tx, shop_id)
            stops[shop_id] = RunStop(run_id=run.id, position=len(stops) + 1, shop_id=shop_id, unit=Unit.PIECE)
            tx.session.add(stops[shop_id])
        run_estimates.announce(tx, stops[shop_id], quantity)
    tx.audit("runs.announce", by=by, at=at, subject=("run", run.id), changed=_CHANGED, shops=len(estimates))
    return PlannedRun(run.id)


def cancel(tx: Transaction, *, run_id: int, reason: str, at: datetime, by: str) -> PlannedRun:
    """A planned run does not take place. Asks a reason."""
    given = finding.a_reason(reason)
    run = planned(tx, run_id)
    run.state = RunState.CANCELLED
    run.note = " · ".join(part for part in (run.note, given) if part)
    tx.audit("runs.cancel", by=by, at=at, subject=("run", run.id), changed=_CHANGED, reason=given)
    return PlannedRun(run.id)


def record(tx: Transaction, *, run_id: int, results: Sequence[StopResult], at: datetime, by: str) -> RecordedRun:
    """Record all stops of a run: what came in, what was handed out, what was thrown away; the rest is stock.

    Refuses, naming the figures, to hand out and throw away more than was collected; food past its hour; and a run
    that is not planned.
    """
    run = planned(tx, run_id)
    entered = enter(tx, run, results, at=at, by=by)
    tx.audit(
        "runs.record",
        by=by,
        at=at,
        subject=("run", run.id),
        changed=_CHANGED,
        collected=entered.collected,
        handed_out=entered.handed_out,
        disposed=entered.disposed,
    )
    return entered


def take_back(tx: Transaction, *, run_id: int, reason: str, at: datetime, by: str) -> PlannedRun:
    """Counter all that a run recorded, so that it can be recorded anew. Asks a reason.

    Refuses where what was left of it has been given or thrown away since.
    """
    given = finding.a_reason(reason)
    run = the_run(tx, run_id)
    if run.state is not RunState.DONE:
        raise RuleRefused(Refusal.RUN_NOT_DONE)
    stops = tx.session.scalars(select(RunStop).where(RunStop.run_id == run.id)).all()
    for row in goods_ledger.standing(tx, GoodsMovement.run_stop_id.in_([one.id for one in stops])):
        goods_ledger.enter_correction(tx, row, at=at, by=by, note=given)
    for stop in stops:
        stop.collected_at = None
    run.state = RunState.PLANNED
    tx.audit("runs.take_back", by=by, at=at, subject=("run", run.id), changed=_CHANGED, reason=given)
    return PlannedRun(run.id)


def new_run(tx: Transaction, day: date, *, kind: RunKind = RunKind.BREAD, note: str = "") -> Run:
    """A planned run, without its stops. A part of services, never an action of its own."""
    run = Run(kind=kind, day=day, state=RunState.PLANNED, note=note.strip())
    tx.session.add(run)
    tx.session.flush()
    return run


def the_run(tx: Transaction, run_id: int) -> Run:
    """A run. Refuses an unknown one."""
    found = tx.session.get(Run, run_id)
    if found is None:
        raise RuleRefused(Refusal.RUN_UNKNOWN)
    return found


def planned(tx: Transaction, run_id: int) -> Run:
    """A run that is still planned. Refuses any other."""
    run = the_run(tx, run_id)
    _refuse_not_planned(run)
    return run


def set_stops(tx: Transaction, run: Run, stops: Sequence[StopForm]) -> None:
    """The stops of a plan, numbered in their order; a stop that recorded something once stays, at the end.

    A part of services, never an action of its own.
    """
    if not stops:
        raise RuleRefused(Refusal.RUN_WITHOUT_STOPS, "stops")
    kept = _put_aside(tx, run)
    for position, one in enumerate(stops, 1):
        if one.shop_id is not None:
            finding.shop(tx, one.shop_id)
        elif not one.place.strip():
            raise RuleRefused(Refusal.NAME_MISSING, "stops")
        stop = next((old for old in kept if (old.shop_id, old.place) == (one.shop_id, one.place.strip())), None)
        if stop is None:
            stop = RunStop(run_id=run.id)
        else:
            kept.remove(stop)
        stop.position, stop.shop_id, stop.place = position, one.shop_id, one.place.strip()
        stop.unit, stop.note = one.unit, one.note.strip()
        run_estimates.announce(tx, stop, one.estimate)
        tx.session.add(stop)
    for position, stop in enumerate(kept, len(stops) + 1):
        stop.position, stop.estimate = position, None
    tx.session.flush()


def _put_aside(tx: Transaction, run: Run) -> list[RunStop]:
    """The stops that have a history, moved out of the way of the new positions; the others are gone.

    Two may be of the same shop, one for each thing that it gave.
    """
    recorded = select(GoodsMovement.run_stop_id).where(GoodsMovement.run_stop_id.is_not(None))
    tx.session.execute(delete(RunStop).where(RunStop.run_id == run.id, RunStop.id.not_in(recorded)))
    kept = list(tx.session.scalars(select(RunStop).where(RunStop.run_id == run.id).order_by(RunStop.position)))
    for stop in kept:
        stop.position = -stop.position
    tx.session.flush()
    return kept


def enter(tx: Transaction, run: Run, results: Sequence[StopResult], *, at: datetime, by: str) -> RecordedRun:
    """The movements of a run that now is done. A part of services, never an action of its own."""
    stops = {one.id: one for one in tx.session.scalars(select(RunStop).where(RunStop.run_id == run.id))}
    named = [(run_estimates.place_name(tx, stops[one.stop_id]), one.figures) for one in results if one.stop_id in stops]
    if len(named) < len(results) or not results:
        raise RuleRefused(Refusal.RUN_WITHOUT_STOPS, "stops")
    run_estimates.ask_over_estimate(tx, stops, results)
    refuse_unbalanced(named)
    for one in results:
        _enter_stop(tx, run, stops[one.stop_id], one, at=at, by=by)
    run.state = RunState.DONE
    return RecordedRun(
        run.id,
        sum(one.collected for _, one in named),
        sum(one.handed_out for _, one in named),
        sum(one.disposed for _, one in named),
    )


def _enter_stop(tx: Transaction, run: Run, stop: RunStop, result: StopResult, *, at: datetime, by: str) -> None:
    stop.collected_at = result.collected_at or at
    if not result.collected:
        return
    ready = result.collected_at
    lot_form = LotForm(
        item=result.item,
        quantity=result.collected,
        unit=stop.unit,
        storage=result.storage,
        best_before=result.best_before,
        deliver_by=deliver_by(result.storage, ready, kept_so=result.kept_so) if ready else None,
        grams_each=result.grams_each,
        note=result.note,
    )
    occasion = Occasion(run_stop_id=stop.id)
    lot = goods.add_lot(tx, _donation(tx, run, stop, lot_form, at=at, by=by), lot_form, at=at, by=by, occasion=occasion)
    recipients = (
        (result.to_households, Recipient(Target.HOUSEHOLDS, people=result.households)),
        (result.to_group, Recipient(Target.GROUP, group_name=result.group_name)),
    )
    for quantity, recipient in recipients:
        if quantity:
            goods_ledger.enter_distribution(tx, lot, quantity, recipient, day=run.day, at=at, by=by, occasion=occasion, given_at=ready)
    if result.disposed:
        goods_ledger.enter_disposal(tx, lot, result.disposed, result.reason, day=run.day, at=at, by=by, occasion=occasion, note=result.note)


def _donation(tx: Transaction, run: Run, stop: RunStop, lot: LotForm, *, at: datetime, by: str) -> GoodsDonation:
    kind = GiverKind.SHOP if stop.shop_id is not None else GiverKind.PARTNER
    form = DonationForm(day=run.day, lots=(lot,), giver_kind=kind, giver=stop.place, shop_id=stop.shop_id)
    return goods.new_donation(tx, form, at=at, by=by)


def _refuse_second(tx: Transaction, kind: RunKind, day: date, run_id: int | None) -> None:
    other = select(func.count()).select_from(Run).where(Run.kind == kind, Run.day == day, Run.state != RunState.CANCELLED)
    if run_id is not None:
        other = other.where(Run.id != run_id)
    if tx.session.scalar(other):
        raise RuleRefused(Refusal.RUN_DAY_TAKEN, "day", day=day)


def _refuse_not_planned(run: Run) -> None:
    if run.state is not RunState.PLANNED:
        raise RuleRefused(Refusal.RUN_NOT_PLANNED, state=run.state)
