"""Imports what sheets of donated goods tell: bread runs, choice days, all other donations."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import func, select

from caringstreet.model.choice_events import ChoiceEvent
from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.model.runs import Run, RunStop
from caringstreet.model.shops import Shop
from caringstreet.rules.goods import DisposalReason, GiverKind, StorageClass, Target
from caringstreet.rules.inputs import BreadInput, ChoiceInput, GiftInput, GoodsInput
from caringstreet.rules.quantities import Unit, plain_quantity
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.runs import RunKind, RunState
from caringstreet.rules.texts import fold
from caringstreet.services import choice_events, choice_tables, goods, goods_ledger, runs
from caringstreet.services.choice_events import EventForm
from caringstreet.services.goods import DonationForm, LotForm
from caringstreet.services.goods_ledger import Occasion, Recipient
from caringstreet.services.import_run import FileRows, ImportOutcome, ImportRun, Occurrences
from caringstreet.services.import_undo import rows_of
from caringstreet.services.runs import StopForm, StopResult
from caringstreet.storage.transaction import Transaction

G = TypeVar("G", bound=GiftInput)
Lines = list[tuple[int, G]]

#: What the sheet around a row tells; the row itself stays the same row without it.
_AROUND = ("event", "visitors", "pick_limit", "group_name")
_SOMEBODY = Recipient(Target.HOUSEHOLDS)
_USUAL_LIMIT = 3


def import_goods(tx: Transaction, *, given: Sequence[FileRows], at: datetime, today: date, by: str, strict: bool = False) -> ImportOutcome:
    """Take the rows of one or more sheets into the ledger; a row that is there already is unchanged.

    Two equal rows of one file are two gifts. The rows of a day become one bread run with its stops, or one choice day that is closed. A shop that is not
    registered, a shop's stop that the run of the day has recorded with other figures, and a choice day that was
    recorded by hand are bad rows.
    """
    work = ImportRun(tx, given[0])
    taking = _Taking(work, at, by)
    for number, sheet in enumerate(given):
        if number:
            work.begin(sheet)
        taking.take(sheet.rows)
    work.facts["last_movement"] = tx.session.scalar(select(func.max(GoodsMovement.id))) or 0
    return work.finish("goods", strict=strict, at=at, by=by)


def source_of(row: GiftInput) -> str:
    """The hash by which a row is known again; a shop is known by its code, whatever its name beside it."""
    said = {name: str(value) for name, value in asdict(row).items() if name not in _AROUND}
    if row.shop:
        said["giver"] = ""
    return _hash(type(row).__name__, *(f"{name}={value}" for name, value in sorted(said.items())))


def _hash(*said: str) -> str:
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


class _Taking:
    """Takes rows one after the other, each day of runs and choice days as a whole."""

    def __init__(self, work: ImportRun, at: datetime, by: str) -> None:
        self.work, self.tx, self.at, self.by = work, work.tx, at, by
        self._occurrences = Occurrences()
        self._sources: dict[int, str] = {}  # by the row itself, since equal rows are not one
        found = self.tx.session.scalars(select(Shop)).all()
        self._codes = {one.code: one for one in found}
        self._names = {fold(one.name_zh): one for one in found}
        self._known = set(self.tx.session.scalars(select(GoodsDonation.source).where(GoodsDonation.source.is_not(None))))

    def take(self, rows: Sequence[tuple[int, object]]) -> None:
        """Take the rows of a sheet."""
        bread: dict[date, Lines[BreadInput]] = {}
        choice: dict[date, Lines[ChoiceInput]] = {}
        for line, row in rows:
            assert isinstance(row, GiftInput)
            source = self._occurrences.key(source_of(row))
            self._sources[id(row)] = source
            if source in self._known:
                self.work.outcome.unchanged += 1
            elif row.shop and row.shop not in self._codes:
                self.work.bad(line, "giver", f"{row.shop} {row.giver}".strip(), "unknown_shop", shop=row.shop)
            else:
                self._known.add(source)
                if isinstance(row, BreadInput):
                    bread.setdefault(row.day, []).append((line, row))
                elif isinstance(row, ChoiceInput):
                    choice.setdefault(row.day, []).append((line, row))
                else:
                    assert isinstance(row, GoodsInput)
                    self._together([(line, row)], self._take_other)
        for run in bread.values():
            self._take_bread(run)
        for tables in choice.values():
            self._take_tables(tables)

    def _together(self, rows: Lines[G], step: Callable[[Lines[G]], list[tuple[str, Any]]]) -> None:
        """All of these rows or none; a refusal is said of each. The step tells what it made, in the order of making."""
        try:
            with self.tx.session.begin_nested():
                made = step(rows)
        except RuleRefused as refused:
            for line, _ in rows:
                self.work.refused(line, refused, "item")
            return
        self.work.made += made
        for line, row in rows:
            self.work.write(line, row)

    # Other donations ------------------------------------------------------------------------------------------

    def _take_other(self, rows: Lines[GoodsInput]) -> list[tuple[str, Any]]:
        _, row = rows[0]
        donation, lot = self._take_in(row)
        if row.given:
            goods_ledger.enter_distribution(self.tx, lot, row.given, _SOMEBODY, day=row.day, at=self.at, by=self.by)
        if row.disposed:
            reason = DisposalReason(row.reason)
            goods_ledger.enter_disposal(self.tx, lot, row.disposed, reason, day=row.day, at=self.at, by=self.by, note=row.note)
        return [("goods_donation", donation)]

    def _take_in(self, row: GiftInput) -> tuple[GoodsDonation, GoodsLot]:
        shop = self._shop(row)
        lot = LotForm(
            item=row.item,
            quantity=row.quantity,
            unit=Unit(row.unit),
            storage=StorageClass(row.storage),
            best_before=row.best_before,
            note=row.note,
        )
        form = DonationForm(
            day=row.day,
            lots=(lot,),
            giver_kind=GiverKind.SHOP if shop else GiverKind(row.giver_kind),
            giver="" if shop else row.giver,
            shop_id=shop.id if shop else None,
        )
        donation = goods.new_donation(self.tx, form, at=self.at, by=self.by, source=self._sources[id(row)])
        return donation, goods.add_lot(self.tx, donation, lot, at=self.at, by=self.by)

    def _shop(self, row: GiftInput) -> Shop | None:
        """The shop of a code, or of a name that stands alone."""
        return self._codes.get(row.shop) or (self._names.get(fold(row.giver)) if not row.shop else None)

    # Choice days ----------------------------------------------------------------------------------------------

    def _take_tables(self, rows: Lines[ChoiceInput]) -> None:
        day = rows[0][1].day
        events = self.tx.session.scalars(select(ChoiceEvent).where(ChoiceEvent.day == day)).all()
        event = next((one for one in events if one.source == _hash("choice_day", day.isoformat())), None)
        if events and event is None:
            for line, _ in rows:
                self.work.bad(line, "day", day.isoformat(), "choice_day_recorded_already", day=day)
            return
        self._together(rows, lambda lines: self._lay_out(lines, event))

    def _lay_out(self, rows: Lines[ChoiceInput], event: ChoiceEvent | None) -> list[tuple[str, Any]]:
        first = rows[0][1]
        made: list[tuple[str, Any]] = []
        if event is None:
            form = EventForm(first.day, first.event, pick_limit=first.pick_limit or _USUAL_LIMIT)
            event = choice_events.new_event(self.tx, form, source=_hash("choice_day", first.day.isoformat()))
            made.append(("choice_event", event))
        if event.visitors_counted is None:
            event.visitors_counted = first.visitors
        for _, row in rows:
            made.append(("goods_donation", self._display(event, row)))
        event.closed_at = event.closed_at or self.at
        return made

    def _display(self, event: ChoiceEvent, row: ChoiceInput) -> GoodsDonation:
        donation, lot = self._take_in(row)
        choice_tables.display(self.tx, event, lot, row.quantity)
        leaving = ((row.unfit, DisposalReason.UNFIT, row.note), (row.recycled, DisposalReason.RECYCLED, ""))
        for quantity, reason, note in leaving:
            if quantity:
                choice_tables.dispose(self.tx, event, lot.id, quantity, reason, at=self.at, by=self.by, note=note)
        if row.chosen:
            occasion = Occasion(choice_event_id=event.id)
            goods_ledger.enter_distribution(self.tx, lot, row.chosen, _SOMEBODY, day=row.day, at=self.at, by=self.by, occasion=occasion)
        return donation

    # Bread runs -----------------------------------------------------------------------------------------------

    def _take_bread(self, rows: Lines[BreadInput]) -> None:
        day = rows[0][1].day
        run = self.tx.session.scalar(select(Run).where(Run.kind == RunKind.BREAD, Run.day == day, Run.state != RunState.CANCELLED))
        before = None if run is None else {"kind": "run", "id": run.id, "rows": rows_of(self.tx.session, "run", run.id)}
        fresh = rows if run is None or run.state is RunState.PLANNED else self._not_recorded(run, rows)
        if not fresh:
            return
        made_before = len(self.work.made)
        self._together(fresh, lambda lines: self._run(lines, run))
        if before is not None and len(self.work.made) > made_before:
            self.work.before.append(before)

    def _not_recorded(self, run: Run, rows: Lines[BreadInput]) -> Lines[BreadInput]:
        """The rows of places at which the run has no stop; a stop that brought nothing is known by that."""
        stops = {(one.shop_id, one.place): one.id for one in self._stops(run)}
        with_lots = set(self.tx.session.scalars(select(GoodsLot.run_stop_id).where(GoodsLot.run_stop_id.in_(stops.values()))))
        fresh = []
        for line, row in rows:
            stop = stops.get(self._place(row))
            if stop is None:
                fresh.append((line, row))
            elif not row.quantity and stop not in with_lots:
                self.work.outcome.unchanged += 1
            else:
                self.work.bad(line, "quantity", plain_quantity(row.quantity), "run_recorded_already", day=run.day)
        return fresh

    def _place(self, row: BreadInput) -> tuple[int | None, str]:
        shop = self._shop(row)
        return (shop.id, "") if shop else (None, row.giver)

    def _stops(self, run: Run) -> Sequence[RunStop]:
        return self.tx.session.scalars(select(RunStop).where(RunStop.run_id == run.id).order_by(RunStop.position)).all()

    def _run(self, rows: Lines[BreadInput], run: Run | None) -> list[tuple[str, Any]]:
        made: list[tuple[str, Any]] = []
        if run is None:
            run = runs.new_run(self.tx, rows[0][1].day)
            made.append(("run", run))
        positions = self._set_stops(run, rows)
        stops = self._stops(run)
        results = [_result(stops[at].id, row) for at, (_, row) in zip(positions, rows, strict=True)]
        runs.enter(self.tx, run, results, at=self.at, by=self.by)
        for at, (_, row) in zip(positions, rows, strict=True):
            # A sheet tells the day, not the hour.
            stops[at].collected_at = None
            if row.quantity:
                made.append(("goods_donation", self._donation(stops[at], row)))
        return made

    def _set_stops(self, run: Run, rows: Lines[BreadInput]) -> list[int]:
        """Give each row its stop, planned before or new at the end; where each stands in the run's order."""
        forms = [StopForm(one.shop_id, one.place, one.unit, one.estimate, one.note) for one in self._stops(run)]
        open_places = [(one.shop_id, one.place) for one in forms] if run.state is RunState.PLANNED else []
        positions = []
        for _, row in rows:
            shop_id, place = self._place(row)
            if (shop_id, place) in open_places:
                at = open_places.index((shop_id, place))
                open_places[at] = (None, "")
                estimate = forms[at].estimate if row.estimate is None else row.estimate
                forms[at] = StopForm(shop_id, place, Unit(row.unit), estimate, forms[at].note)
            else:
                at = len(forms)
                forms.append(StopForm(shop_id, place, Unit(row.unit), row.estimate))
            positions.append(at)
        runs.set_stops(self.tx, run, forms)
        return positions

    def _donation(self, stop: RunStop, row: BreadInput) -> GoodsDonation:
        """The donation that the run has made of a stop, marked with the row from which it came."""
        kept = self.tx.session.scalars(
            select(GoodsDonation)
            .join(GoodsLot, GoodsLot.donation_id == GoodsDonation.id)
            .where(GoodsLot.run_stop_id == stop.id)
            .order_by(GoodsDonation.id.desc())
        ).first()
        assert kept is not None
        kept.source = self._sources[id(row)]
        return kept


def _result(stop_id: int, row: BreadInput) -> StopResult:
    return StopResult(
        stop_id=stop_id,
        item=row.item,
        collected=row.quantity,
        to_households=row.to_households,
        to_group=row.to_group,
        group_name=row.group_name,
        disposed=row.disposed,
        reason=DisposalReason(row.reason),
        storage=StorageClass(row.storage),
        best_before=row.best_before,
        note=" · ".join(part for part in (row.reason_note, row.note) if part),
    )
