"""The list of the hand-out page: who is to receive what, ticked as they come."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caringstreet.queries import distributions
from caringstreet.queries.distributions import LineRow, ListRow
from caringstreet.rules.distributions import LineState
from caringstreet.rules.texts import fold
from caringstreet.services import distributions as services
from caringstreet.services.distributions import DoneLines
from caringstreet.wording.labels import label as named
from ui.pages.goods_list_adding import AddingCard
from ui.pages.goods_list_missed import MissedLines
from ui.pages.goods_list_paper import SignatureSheet
from ui.pages.goods_list_plan import ListPlanCard
from ui.pages.goods_visitor import find
from ui.tables.goods_list_table import GoodsListModel, GoodsListTable
from ui.widgets.ask import ask, ask_reason
from ui.widgets.basics import RECORD_KEYS, EmptyState, button, icon_button, label, shortcuts
from ui.widgets.chips import Chips
from ui.widgets.fields import ChoiceField, SearchField
from ui.widgets.flow import Flow
from ui.widgets.inputs import passing
from ui.widgets.page import Page
from ui.widgets.scrolling import Scrolling, Stack

_ALL = "all"
_EMPTY, _PLAN, _LINES = range(3)


class ListDesk(QWidget):
    """Without a list it teaches how to make one; ticks stay while one looks at another part."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.words = page, page.words
        self.lists: Sequence[ListRow] = ()
        self._lines: Sequence[LineRow] = ()
        self.paper = SignatureSheet(page)
        self.model = GoodsListModel(self.words)
        self.missed = MissedLines(page, self.model, lambda: self._lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.bar = self._make_bar()
        self.places = Stack()
        self.plan_card = ListPlanCard(page, saved=self._planned, left=self._left_plan)
        for part in (self._make_empty(), self.plan_card, self._make_lines()):
            self.places.addWidget(part)
        column.addWidget(self.places, 1)
        shortcuts(self.lines_part, self.give, *RECORD_KEYS)
        say = self.words.say
        keep = partial(page.keep_part, action="list")
        keep("ticks", say("Lines of the list"), self._typed_ticks, self._tick_again)
        keep("adding", say("Put on the list"), self._typed_adding, self._add_again)
        self._plan_keeper = keep("list", say("Make a hand-out list"), self.plan_card.typed, self._plan_again, always=False)

    # The parts ------------------------------------------------------------------------------------------------

    def _make_bar(self) -> QWidget:
        say = self.words.say
        self.chosen = ChoiceField([])
        passing(self.chosen)
        self.chosen.setAccessibleName(say("Hand-out list"))
        self.chosen.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chosen.setFixedWidth(250)
        self.chosen.activated.connect(lambda _: self._choose())
        self.add_list = icon_button(say("Make a hand-out list"), self.plan, picture="plus")
        self.sheet_button = button(say("Signature sheet"), lambda: None, picture="printer")
        self.sheet_button.setMenu(
            self._menu(((say("Print…"), self.paper.print_), (say("Save PDF…"), self.paper.save), (say("Open the PDF"), self.paper.open)))
        )
        self.missed_button = button(say("Who did not come"), lambda: None, picture="copy")
        self.missed_button.setMenu(self._menu(((say("Copy"), lambda _: self.missed.copy()), (say("Export…"), self.missed.export))))
        self.close_button = button(say("Close the list…"), self.close_list, picture="check")
        self.reopen_button = button(say("Open it again"), self.reopen, picture="folder-open")
        for one in (self.missed_button, self.reopen_button):
            one.hide()
        bar = QWidget()
        line = Flow(self.chosen, self.add_list, None, self.sheet_button, self.missed_button, self.close_button, self.reopen_button)
        line.setContentsMargins(0, 0, 0, 0)
        bar.setLayout(line)
        return bar

    def _menu(self, entries: Sequence[tuple[str, object]]) -> QMenu:
        menu = QMenu(self)
        for text, then in entries:
            menu.addAction(text).triggered.connect(partial(self._with_list, then))
        return menu

    def _with_list(self, then: object, _: bool = False) -> None:
        shown = self.shown()
        if shown is not None and callable(then):
            then(shown)

    def _make_empty(self) -> EmptyState:
        say = self.words.say
        self.begin_button = button(say("Make a hand-out list"), self.plan, kind="primary", picture="plus")
        return EmptyState(
            "clipboard-list",
            say("No hand-out list yet"),
            say(
                "A list says who is to receive what on a day: rice for every household, say. The rule proposes who got least lately; you adjust it, print the sheet for signatures, and tick who came."
            ),
            self.begin_button,
        )

    def _make_lines(self) -> QWidget:
        say = self.words.say
        self.lines_part = QWidget()
        line = QHBoxLayout(self.lines_part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        upper = QWidget()
        left = QVBoxLayout(upper)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        self.search = SearchField(say("Find"))
        self.search.setMinimumWidth(110)
        self.search.searched.connect(lambda _: self._show())
        self.chips = Chips([(_ALL, say("All")), *((str(state), named(self.words, state)) for state in LineState)])
        self.chips.chosen.connect(lambda _: self._show())
        self.all_button = button(say("Tick all"), self._tick_all, kind="quiet", picture="list-checks")
        left.addLayout(Flow(self.search, self.chips))
        self.model.ticked_changed.connect(self._show_buttons)
        self.table = GoodsListTable(self.model)
        self.table.setAccessibleName(say("Lines of the list"))
        self._tables = Stack()
        self._tables.addWidget(self.table)
        self._tables.addWidget(
            EmptyState(
                "list-checks",
                say("Nobody on the list yet"),
                say("On the right: choose what is given and how much, and let the rule propose who receives it."),
            )
        )
        left.addWidget(self._tables, 1)
        self.told = label("", "dim", wrap=True)
        self.back_button = button(say("Undo…"), self.take_back, kind="quiet", picture="undo-2")
        self.back_button.hide()
        self.remove_button = button(say("Take off the list"), self.remove, kind="quiet", picture="x")
        self.missed_mark = button(say("Did not come"), partial(self.pass_over, LineState.NO_SHOW), picture="clock")
        self.declined_mark = button(say("Not needed this time"), partial(self.pass_over, LineState.DECLINED), picture="hand-helping")
        self.give_button = button(say("Give"), self.give, kind="primary", picture="check")
        left.addWidget(self.told)
        bottom = Flow(self.all_button, None, self.back_button, self.remove_button, self.missed_mark, self.declined_mark, self.give_button)
        whole = QVBoxLayout()
        whole.setSpacing(8)
        whole.addWidget(Scrolling(upper, sideways=False), 1)
        whole.addLayout(bottom)
        line.addLayout(whole, 1)
        self.adding = AddingCard(self._page)
        line.addWidget(self.adding)
        return self.lines_part

    # What is shown --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Load again; what is chosen stays chosen."""
        before = self.chosen.value()
        with self._page.context.database.reader() as reader:
            self.lists = distributions.rows(reader)
            known = {one.distribution_id: one for one in self.lists}
            shown = known.get(before) or self._likely()
            self._lines = distributions.lines(reader, shown.distribution_id) if shown else ()
        self.model.ticked &= {one.line_id for one in self._lines}
        self.chosen.clear()
        self.chosen._values = [one.distribution_id for one in self.lists]
        self.chosen.addItems([self._name_of(one) for one in self.lists])
        if shown is None:
            self.places.setCurrentIndex(_PLAN if self.places.currentIndex() == _PLAN else _EMPTY)
        else:
            self.chosen.choose(shown.distribution_id)
            if self.places.currentIndex() != _PLAN:
                self.places.setCurrentIndex(_LINES)
            self.adding.show_list(shown)
            for key, number in (
                (_ALL, shown.lines),
                (LineState.PLANNED, shown.to_come),
                (LineState.GIVEN, shown.given),
                (LineState.NO_SHOW, shown.no_show),
                (LineState.DECLINED, shown.declined),
            ):
                self.chips.count(str(key), number)
        self.chosen.setVisible(bool(self.lists))
        self.sheet_button.setVisible(bool(self._lines))
        self.missed_button.setVisible(shown is not None and shown.no_show > 0)
        self.close_button.setVisible(shown is not None and not shown.closed)
        self.reopen_button.setVisible(shown is not None and shown.closed)
        self._show()

    def shown(self) -> ListRow | None:
        """The list that is chosen."""
        return next((one for one in self.lists if one.distribution_id == self.chosen.value()), None)

    def _likely(self) -> ListRow | None:
        """Today's open list, else the next one, else the last one that was."""
        today = self._page.context.clock.today()
        ahead = [one for one in self.lists if one.day >= today and not one.closed]
        return min(ahead, key=lambda one: one.day) if ahead else next(iter(self.lists), None)

    def _name_of(self, one: ListRow) -> str:
        closed = self.words.say("closed") if one.closed else ""
        return " · ".join(part for part in (self.words.date_short(one.day), one.name, closed) if part)

    def _show(self) -> None:
        state, wanted = self.chips.current(), [fold(word) for word in self.search.text().split()]

        def fits(one: LineRow) -> bool:
            said = fold(f"{one.household} {one.display_name} {one.group_name} {one.item}")
            return state in (_ALL, str(one.state)) and all(word in said for word in wanted)

        self.model.show_rows([one for one in self._lines if fits(one)])
        self._tables.setCurrentIndex(0 if self._lines else 1)
        self._show_buttons()

    def _ticked(self, *, open_lines: bool) -> list[int]:
        return [one.line_id for one in self._lines if one.line_id in self.model.ticked and (one.state is LineState.PLANNED) is open_lines]

    def _show_buttons(self) -> None:
        words, shown = self.words, self.shown()
        to_come, done = self._ticked(open_lines=True), self._ticked(open_lines=False)
        is_open = shown is not None and not shown.closed
        for one in (self.give_button, self.declined_mark, self.missed_mark, self.remove_button):
            one.setEnabled(is_open and bool(to_come))
        self.remove_button.setVisible(not done)
        self.back_button.setVisible(is_open and bool(done))
        self.give_button.setText(words.say_count("Give: {n}", "Give: {n}", len(to_come)) if to_come else words.say("Give"))
        self.all_button.setEnabled(bool(self.model.rows))
        visible = {one.line_id for one in self.model.rows}
        hidden = len(self.model.ticked - visible)
        self.told.setText(
            words.say_count("{n} ticked row is not shown now.", "{n} ticked rows are not shown now.", hidden) if hidden else ""
        )

    def arrive(self) -> None:
        """The lines, or what the card in view begins with."""
        if self.places.currentIndex() == _PLAN:
            self.plan_card.arrive()
        elif self.places.currentIndex() == _LINES:
            if self._lines:
                self.table.setFocus()
            else:
                self.adding.arrive()
        else:
            self.begin_button.setFocus()

    def _choose(self) -> None:
        self.model.ticked.clear()
        self.places.setCurrentIndex(_EMPTY)
        self.refresh()
        self.arrive()

    # What is typed --------------------------------------------------------------------------------------------

    def _typed_ticks(self) -> Any:
        return {"list": self.chosen.value(), "lines": sorted(self.model.ticked)} if self.model.ticked else None

    def _tick_again(self, kept: Any) -> None:
        if self._show_list(kept["list"]):
            here = {one.line_id for one in self._lines}
            self.model.tick([one for one in kept["lines"] if one in here], True)

    def _typed_adding(self) -> Any:
        typed = self.adding.typed()
        return None if typed is None else {"list": self.chosen.value(), "typed": typed}

    def _add_again(self, kept: Any) -> None:
        if self._show_list(kept["list"]):
            self.adding.bring_back(kept["typed"])

    def _show_list(self, distribution_id: int) -> bool:
        """Show a list, if it is still there."""
        if not any(one.distribution_id == distribution_id for one in self.lists):
            return False
        if self.chosen.value() != distribution_id or self.places.currentIndex() != _LINES:
            self._plan_keeper.end()
            self.chosen.choose(distribution_id)
            self._choose()
        return True

    def _plan_again(self, kept: Any) -> None:
        self.plan()
        self.plan_card.bring_back(kept)

    def _tick_all(self) -> None:
        ids = [one.line_id for one in self.model.rows]
        self.model.tick(ids, not all(one in self.model.ticked for one in ids))

    def take_code(self, text: str) -> bool:
        """A card or voucher ticks its household's lines; who stands on none may be given as a walk-in."""
        if self.places.currentIndex() != _LINES or not self.adding.isEnabled():
            return False
        found = find(self._page.context, text)
        if len(found) != 1:
            return False
        mine = [one for one in self._lines if one.household_id == found[0].household_id]
        if not mine:
            self.adding.welcome(found[0])
            self._page.note.say(
                self.words.say("{who} is not on the list. On the right it can be given as to somebody who walked in.", who=found[0].number),
                "info",
            )
            return True
        self.chips.choose(_ALL)
        self.search.clear()
        self._show()
        self.model.tick([one.line_id for one in mine if one.state is LineState.PLANNED], True)
        place = self.model.row_of(mine[0].line_id)
        if place is not None:
            self.table.go_to(place)
        return True

    # Recording ------------------------------------------------------------------------------------------------

    def give(self) -> None:
        """Record that the ticked ones came and received."""
        ids = self._ticked(open_lines=True)
        if ids:
            self._page.do(services.give_lines, line_ids=ids, done=partial(self._done, LineState.GIVEN))

    def pass_over(self, state: LineState) -> None:
        """Record that the ticked ones did not come, or did not need it this time."""
        ids = self._ticked(open_lines=True)
        if ids:
            self._page.do(services.pass_over_lines, line_ids=ids, state=state, done=partial(self._done, state))

    def _done(self, state: LineState, done: DoneLines) -> None:
        self.model.tick(done.line_ids, False)
        said = self.words.say_count(
            "{n} line recorded: {state}", "{n} lines recorded: {state}", len(done.line_ids), state=named(self.words, state)
        )
        reason = self.words.say("Recorded by mistake")
        self._page.undoable(said, services.take_back_lines, line_ids=done.line_ids, reason=reason)

    def take_back(self) -> None:
        """Set the ticked ones that are done back to be recorded anew, with a reason."""
        ids, words = self._ticked(open_lines=False), self.words
        if not ids:
            return
        what = words.say_count(
            "Undo {n} line: what was given is in the stock again.", "Undo {n} lines: what was given is in the stock again.", len(ids)
        )
        reason = ask_reason(self, words, what, words.say("Undo"), words.say("Recorded by mistake"))
        if reason is not None:
            self._page.do(services.take_back_lines, line_ids=ids, reason=reason, done=lambda done: self.model.tick(done.line_ids, False))

    def remove(self) -> None:
        """Take the ticked ones that are still to come off the list."""
        ids = self._ticked(open_lines=True)
        lines = [services.LineForm(one.lot_id, one.quantity, one.household_id, one.group_name) for one in self._lines if one.line_id in ids]
        shown = self.shown()
        if not ids or shown is None:
            return
        said = self.words.say_count("{n} line taken off the list", "{n} lines taken off the list", len(ids))
        back = partial(self._page.undoable, said, services.add_lines, distribution_id=shown.distribution_id, lines=lines)
        self._page.do(services.remove_lines, line_ids=ids, done=lambda _: back())

    # The end of a list ----------------------------------------------------------------------------------------

    def close_list(self) -> None:
        """Close, after a question in figures."""
        shown, words = self.shown(), self.words
        if shown is None:
            return
        what = words.say_count(
            "{n} has not come: it is recorded as “did not come”. The list is closed.",
            "{n} have not come: they are recorded as “did not come”. The list is closed.",
            shown.to_come,
        )
        if ask(self, words, what, words.say("Close the list")):
            self._page.do(services.close, distribution_id=shown.distribution_id, done=lambda done: self._closed(shown, done))

    def _closed(self, shown: ListRow, done: DoneLines) -> None:
        said = self.words.say_count("The list is closed; {n} did not come", "The list is closed; {n} did not come", len(done.line_ids))
        self._page.undoable(said, services.reopen, distribution_id=shown.distribution_id, missed=done.line_ids)

    def reopen(self) -> None:
        """Open a closed list again; who did not come is taken back line by line."""
        shown = self.shown()
        if shown is not None:
            self._page.do(services.reopen, distribution_id=shown.distribution_id)

    # Planning -------------------------------------------------------------------------------------------------

    def plan(self) -> None:
        """Begin a new list."""
        self._plan_keeper.end()
        self.plan_card.begin()
        self._plan_keeper.start()
        self.places.setCurrentIndex(_PLAN)
        self.plan_card.arrive()

    def _planned(self, distribution_id: int) -> None:
        self._plan_keeper.saved()
        self.places.setCurrentIndex(_EMPTY)
        self.model.ticked.clear()
        self.chosen.choose(distribution_id)
        self.refresh()
        self.arrive()

    def _left_plan(self) -> None:
        self._plan_keeper.end()
        self.places.setCurrentIndex(_EMPTY)
        self.refresh()
        self.arrive()
