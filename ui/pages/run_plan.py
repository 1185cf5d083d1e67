"""Plans a run: its day, its stops, what shops announce for tonight."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QDialog

from caringstreet.queries import names as name_queries
from caringstreet.queries import runs as run_queries
from caringstreet.queries import shops as shop_queries
from caringstreet.queries.runs import RunRow
from caringstreet.queries.shops import ShopView
from caringstreet.rules.runs import announcements
from caringstreet.services import runs as run_services
from caringstreet.services.runs import PlannedRun, RunForm, StopForm
from ui.context import Target
from ui.dialogs.plan_run import PlanRunDialog
from ui.pages.run_stops import RunStops
from ui.widgets.ask import ask_reason
from ui.widgets.page import Page
from ui.widgets.text_field import TextField


class RunPlan:
    """What is done before the team goes; `run` tells which run is looked at."""

    def __init__(self, page: Page, stops: RunStops, run: Callable[[], RunRow | None]) -> None:
        self._page, self._words, self._stops, self._run = page, page.words, stops, run

    def _shops(self) -> list[tuple[int, str]]:
        month = self._page.context.month.month
        with self._page.context.database.reader() as reader:
            ids = shop_queries.matching_ids(reader, ShopView.ALL, "", self._page.context.clock.today())
            rows = shop_queries.rows(reader, ids, month)
        return [(one.shop_id, f"{one.code} {self._words.own(one.name_zh, one.name_en)}") for one in (rows[shop_id] for shop_id in ids)]

    def new(self) -> None:
        """Ask the day and the shops of a run that is to come."""
        shops = self._shops()
        if not shops:
            self._page.note.say(self._words.say("Register the shops that give bread first."), "info")
            return
        with self._page.context.database.reader() as reader:
            usual = run_queries.usual_shops(reader)
            day = self._page.context.clock.today()
            while run_queries.of_day(reader, day) is not None:
                day += timedelta(days=1)
        dialog = PlanRunDialog(self._page, self._words, day, shops, usual)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            form = RunForm(dialog.day(), tuple(StopForm(shop_id=shop_id) for shop_id in dialog.chosen()))
            self._page.do(run_services.plan, form=form, done=self._planned)

    def _planned(self, planned: PlannedRun) -> None:
        self._page.open(Target(self._page.name, planned.run_id))

    def change(self, stops: list[StopForm]) -> None:
        """Other stops, or in another order."""
        run = self._run()
        if run is not None:
            form, before = (RunForm(run.day, tuple(one), note=run.note) for one in (stops, self._stops.forms()))
            said = self._words.say("The stops are changed")
            undo = partial(self._page.undoable, said, run_services.change_plan, run_id=run.run_id, form=before)
            self._page.do(run_services.change_plan, run_id=run.run_id, form=form, done=lambda _: undo())

    def add_stop(self) -> None:
        """Ask which shops are passed, too."""
        here = {line.stop.shop_id for line in self._stops.lines}
        others = [one for one in self._shops() if one[0] not in here]
        run = self._run()
        if run is None:
            return
        if not others:
            self._page.note.say(self._words.say("All shops are on this run already."), "info")
            return
        dialog = PlanRunDialog(self._page, self._words, run.day, others, (), title=self._words.say("Add a stop"))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            added = [StopForm(shop_id=shop_id) for shop_id in dialog.chosen()]
            form = RunForm(dialog.day(), (*self._stops.forms(), *added), note=run.note)
            self._page.do(run_services.change_plan, run_id=run.run_id, form=form)

    def announce_text(self, field: TextField) -> None:
        """Note what shops wrote; what cannot be read stays in the field."""
        text = field.text()
        found = announcements(text) or announcements(text, bare=True)
        with self._page.context.database.reader() as reader:
            shops = name_queries.shops(reader)
        known = {shops[one.shop]: one.quantity for one in found if one.shop in shops}
        unknown = [one.shop for one in found if one.shop not in shops]
        if not known:
            said = (
                self._words.say("There is no shop {shop}. Check its code.", shop=", ".join(unknown))
                if unknown
                else self._words.say("No estimate was found. Write 包, the shop's code and a number, such as 包 S05 30.")
            )
            self._page.note.say(said, "warn")
            return
        field.clear()
        self.announce(known)
        if unknown:
            self._page.note.say(self._words.say("There is no shop {shop}. Check its code.", shop=", ".join(unknown)), "warn")

    def announce(self, estimates: dict[int, int]) -> None:
        """Note tonight's estimates, by the id of the shop."""
        run = self._run()
        if run is not None:
            said = self._words.say_count("The estimate of {n} shop is noted", "The estimates of {n} shops are noted", len(estimates))
            noted = partial(self._page.context.status.say, said)
            self._page.do(run_services.announce, day=run.day, estimates=estimates, done=lambda _: noted())

    def cancel(self) -> None:
        """Ask why the run does not take place."""
        run = self._run()
        if run is None:
            return
        question = self._words.say("Cancel the run of {day}?", day=self._words.date(run.day))
        reason = ask_reason(self._page, self._words, question, self._words.say("Cancel the run"))
        if reason:
            self._page.do(run_services.cancel, run_id=run.run_id, reason=reason)
