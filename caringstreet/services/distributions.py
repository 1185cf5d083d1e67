"""Keeps hand-out lists of goods: who is to receive what, who came, who did not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from caringstreet.clock import local_day
from caringstreet.model.distributions import Distribution, DistributionLine
from caringstreet.rules.changes import Changed
from caringstreet.rules.distributions import LineState
from caringstreet.rules.goods import Target
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import finding, goods_ledger
from caringstreet.services.day_checks import check_day
from caringstreet.services.goods_ledger import Recipient
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.DISTRIBUTIONS, Changed.GOODS)


@dataclass(frozen=True)
class LineForm:
    """What a household or a named group is to receive, in thousandths of the lot's unit."""

    lot_id: int
    quantity: int
    household_id: int | None = None
    group_name: str = ""


@dataclass(frozen=True)
class ListForm:
    """A hand-out list of a local day."""

    day: date
    name: str
    lines: tuple[LineForm, ...] = ()


@dataclass(frozen=True)
class PlannedList:
    distribution_id: int
    line_ids: tuple[int, ...]


@dataclass(frozen=True)
class DoneLines:
    line_ids: tuple[int, ...]


def plan(tx: Transaction, *, form: ListForm, at: datetime, by: str) -> PlannedList:
    """Make a hand-out list; nothing leaves the stock before it is given. Refuses a list without a name.

    Refuses to plan more of a lot than is there.
    """
    if not form.name.strip():
        raise RuleRefused(Refusal.NAME_MISSING, "name")
    check_day(tx, form.day, DayOf.PLANNED, local_day(at))
    kept = Distribution(day=form.day, name=form.name.strip(), created_at=at)
    tx.session.add(kept)
    tx.session.flush()
    rows = _add_lines(tx, kept, form.lines)
    tx.audit("distributions.plan", by=by, at=at, subject=("distribution", kept.id), changed=_CHANGED, lines=len(rows))
    return PlannedList(kept.id, tuple(one.id for one in rows))


def add_lines(tx: Transaction, *, distribution_id: int, lines: Sequence[LineForm], at: datetime, by: str) -> PlannedList:
    """More lines on an open list. Refuses as `plan` does, and a closed list."""
    kept = _open_list(tx, distribution_id)
    rows = _add_lines(tx, kept, lines)
    tx.audit("distributions.add_lines", by=by, at=at, subject=("distribution", kept.id), changed=_CHANGED, lines=len(rows))
    return PlannedList(kept.id, tuple(one.id for one in rows))


def remove_lines(tx: Transaction, *, line_ids: Sequence[int], at: datetime, by: str) -> DoneLines:
    """Take planned lines off an open list. Refuses lines on which something is recorded."""
    rows = _open_lines(tx, line_ids)
    for row in rows:
        tx.session.delete(row)
    tx.audit("distributions.remove_lines", by=by, at=at, changed=_CHANGED, lines=len(rows))
    return DoneLines(tuple(line_ids))


def give_lines(tx: Transaction, *, line_ids: Sequence[int], at: datetime, by: str) -> DoneLines:
    """Record that these lines were handed out. Refuses more than is there, stale food, and lines done already."""
    rows = _open_lines(tx, line_ids)
    for row in rows:
        _give(tx, row, _the_list(tx, row.distribution_id), at=at, by=by)
    tx.audit("distributions.give_lines", by=by, at=at, changed=_CHANGED, lines=len(rows))
    return DoneLines(tuple(line_ids))


def pass_over_lines(tx: Transaction, *, line_ids: Sequence[int], state: LineState, at: datetime, by: str) -> DoneLines:
    """Record that nobody came, or that it was not needed this time; neither touches what they may receive later.

    Refuses lines done already, and any other state.
    """
    if state not in (LineState.NO_SHOW, LineState.DECLINED):
        raise ValueError(f"{state} is no way to pass a line over")
    rows = _open_lines(tx, line_ids)
    for row in rows:
        row.state = state
    tx.audit("distributions.pass_over_lines", by=by, at=at, changed=_CHANGED, lines=len(rows), state=state)
    return DoneLines(tuple(line_ids))


def take_back_lines(tx: Transaction, *, line_ids: Sequence[int], reason: str, at: datetime, by: str) -> DoneLines:
    """Set lines back to planned; what was given is countered in the ledger. Asks a reason.

    Refuses lines on which nothing is recorded yet.
    """
    given = finding.a_reason(reason)
    if not line_ids:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    for line_id in line_ids:
        row = _line(tx, line_id)
        _open_list(tx, row.distribution_id)
        if row.state is LineState.PLANNED:
            raise RuleRefused(Refusal.DISTRIBUTION_LINE_OPEN)
        if row.movement_id is not None:
            goods_ledger.enter_correction(tx, goods_ledger.movement(tx, row.movement_id), at=at, by=by, note=given)
        row.state, row.movement_id = LineState.PLANNED, None
    tx.audit("distributions.take_back_lines", by=by, at=at, changed=_CHANGED, lines=len(line_ids), reason=given)
    return DoneLines(tuple(line_ids))


def walk_in(tx: Transaction, *, distribution_id: int, line: LineForm, at: datetime, by: str) -> DoneLines:
    """Somebody who was not on the list comes and receives at once. Refuses as giving does."""
    kept = _open_list(tx, distribution_id)
    row = _new_line(tx, kept, line)
    row.walk_in = True
    tx.session.flush()
    _give(tx, row, kept, at=at, by=by)
    tx.audit("distributions.walk_in", by=by, at=at, subject=("distribution", kept.id), changed=_CHANGED)
    return DoneLines((row.id,))


def close(tx: Transaction, *, distribution_id: int, at: datetime, by: str) -> DoneLines:
    """End a list: who has not come by now is a no-show. Refuses a closed list."""
    kept = _open_list(tx, distribution_id)
    missed = tx.session.scalars(
        select(DistributionLine).where(DistributionLine.distribution_id == kept.id, DistributionLine.state == LineState.PLANNED)
    ).all()
    for row in missed:
        row.state = LineState.NO_SHOW
    kept.closed_at = at
    tx.audit("distributions.close", by=by, at=at, subject=("distribution", kept.id), changed=_CHANGED, missed=len(missed))
    return DoneLines(tuple(one.id for one in missed))


def reopen(tx: Transaction, *, distribution_id: int, missed: Sequence[int] = (), at: datetime, by: str) -> PlannedList:
    """Open a closed list again; its no-shows stay as they are until somebody takes them back.

    `missed` are lines that the closing itself made no-shows and that are to come again, where it was a mistake.
    """
    kept = _the_list(tx, distribution_id)
    kept.closed_at = None
    for row in (_line(tx, line_id) for line_id in missed):
        if row.distribution_id == kept.id and row.state is LineState.NO_SHOW:
            row.state = LineState.PLANNED
    tx.audit("distributions.reopen", by=by, at=at, subject=("distribution", kept.id), changed=_CHANGED)
    return PlannedList(kept.id, ())


def _add_lines(tx: Transaction, kept: Distribution, lines: Sequence[LineForm]) -> list[DistributionLine]:
    rows = [_new_line(tx, kept, one) for one in lines]
    tx.session.flush()
    for lot_id in {one.lot_id for one in lines}:
        goods_ledger.refuse_short(tx, goods_ledger.lot(tx, lot_id), _planned_of(tx, lot_id), kept.day)
    return rows


def _planned_of(tx: Transaction, lot_id: int) -> int:
    """What open lists want of a lot."""
    wanted = tx.session.scalars(
        select(DistributionLine.quantity).where(DistributionLine.lot_id == lot_id, DistributionLine.state == LineState.PLANNED)
    )
    return sum(wanted)


def _new_line(tx: Transaction, kept: Distribution, form: LineForm) -> DistributionLine:
    if form.household_id is None and not form.group_name.strip():
        raise RuleRefused(Refusal.GOODS_TARGET_MISSING, "recipient")
    if form.household_id is not None:
        finding.household(tx, form.household_id)
    row = DistributionLine(
        distribution_id=kept.id,
        lot_id=goods_ledger.lot(tx, form.lot_id).id,
        household_id=form.household_id,
        group_name=form.group_name.strip(),
        quantity=goods_ledger.a_quantity(form.quantity),
        state=LineState.PLANNED,
    )
    tx.session.add(row)
    return row


def _give(tx: Transaction, row: DistributionLine, kept: Distribution, *, at: datetime, by: str) -> None:
    target = Target.HOUSEHOLD if row.household_id is not None else Target.GROUP
    recipient = Recipient(target, household_id=row.household_id, group_name=row.group_name)
    lot = goods_ledger.lot(tx, row.lot_id)
    moved = goods_ledger.enter_distribution(tx, lot, row.quantity, recipient, day=kept.day, at=at, by=by)
    row.state, row.movement_id = LineState.GIVEN, moved.id


def _line(tx: Transaction, line_id: int) -> DistributionLine:
    found = tx.session.get(DistributionLine, line_id)
    if found is None:
        raise RuleRefused(Refusal.DISTRIBUTION_UNKNOWN)
    return found


def _open_lines(tx: Transaction, line_ids: Sequence[int]) -> list[DistributionLine]:
    """Planned lines of open lists. Refuses none at all, and any other."""
    if not line_ids:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    rows = [_line(tx, line_id) for line_id in line_ids]
    for row in rows:
        _open_list(tx, row.distribution_id)
        if row.state is not LineState.PLANNED:
            raise RuleRefused(Refusal.DISTRIBUTION_LINE_DONE, state=row.state)
    return rows


def _the_list(tx: Transaction, distribution_id: int) -> Distribution:
    found = tx.session.get(Distribution, distribution_id)
    if found is None:
        raise RuleRefused(Refusal.DISTRIBUTION_UNKNOWN)
    return found


def _open_list(tx: Transaction, distribution_id: int) -> Distribution:
    found = _the_list(tx, distribution_id)
    if found.closed_at is not None:
        raise RuleRefused(Refusal.DISTRIBUTION_CLOSED)
    return found
