"""Puts lines on a hand-out list: by rule, who got least lately first, or one by hand."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from caringstreet.queries import proposals
from caringstreet.queries.distributions import ListRow
from caringstreet.queries.goods import LotRow
from caringstreet.queries.proposals import ProposedRow
from caringstreet.queries.visitors import Visitor
from caringstreet.rules.quantities import ONE
from caringstreet.services import distributions as services
from caringstreet.services.distributions import DoneLines, LineForm, PlannedList
from caringstreet.wording.goods import amount
from ui.pages.goods_lot_chooser import LotChooser
from ui.pages.goods_visitor import VisitorFinder, find, said_of
from ui.widgets.basics import Note, button, label, row
from ui.widgets.chips import Chips
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.quantity_field import QuantityField
from ui.widgets.scrolling import Scrolling, Stack
from ui.widgets.text_field import TextField

_RULE, _HAND = "rule", "hand"
_ROW = Qt.ItemDataRole.UserRole
_ONE = "1"


class AddingCard(QFrame):
    """A lot and how much of it; then a proposal whose ticks a person adjusts, or somebody found by hand."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.words = page, page.words
        self._list: ListRow | None = None
        self._visitor: Visitor | None = None
        say = self.words.say
        self.setProperty("card", True)
        self.setFixedWidth(350)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 0, 14, 0)
        column.setSpacing(8)
        self.ways = Chips([(_RULE, say("By rule")), (_HAND, say("One by hand"))])
        self.ways.chosen.connect(lambda _: self._show_way())
        column.addWidget(self.ways)
        self.lots = LotChooser(page.context)
        self.lots.list.setMaximumHeight(132)
        self.lots.chosen.connect(self._lot_chosen)
        self.lots.entered.connect(self._to_quantity)
        column.addWidget(self.lots)
        self.quantity = QuantityField(ONE)
        self.quantity.setFixedWidth(60)
        self.quantity.setAccessibleName(say("How much"))
        self.quantity.returnPressed.connect(self._go_on)
        self.quantity.textChanged.connect(lambda _: self._forget())
        self.unit = label("", "dim")
        self.per_person = QCheckBox(say("for each person"))
        self.per_person.toggled.connect(lambda _: self._forget())
        column.addLayout(Flow(label(say("How much"), "dim"), self.quantity, self.unit, self.per_person, None))
        self.said = Note()
        column.addWidget(self.said)
        self.parts = Stack()
        self.parts.addWidget(self._make_rule())
        self.parts.addWidget(self._make_hand())
        column.addWidget(self.parts, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 10)
        whole.addWidget(Scrolling(body, sideways=False), 1)
        foot = row(None, self.put_button, self.add_button)
        foot.setContentsMargins(14, 0, 14, 0)
        whole.addLayout(foot)
        self.add_button.hide()

    def _make_rule(self) -> QWidget:
        say = self.words.say
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        self.propose_button = button(say("Propose"), self.propose, picture="list-checks")
        self.outcome = label(say("Who got least lately comes first; each gets a whole share or stays for the next time."), "dim", wrap=True)
        self.proposed = QListWidget()
        self.proposed.setAccessibleName(say("Proposed households"))
        self.proposed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.proposed.itemChanged.connect(lambda _: self._show_count())
        self.put_button = button(say("Put on the list"), self.put, kind="primary", picture="plus")
        column.addLayout(row(self.propose_button, None))
        column.addWidget(self.outcome)
        column.addWidget(self.proposed, 1)
        return part

    def _make_hand(self) -> QWidget:
        say = self.words.say
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        self.finder = VisitorFinder(self._page.context, say("Household: number, name, card…"))
        self.finder.found.connect(self._found)
        self.finder.missed.connect(lambda text: self.said.say(say("“{text}” fits no household.", text=text), "warn"))
        self.who = label("", "heading", wrap=True)
        self.group = TextField()
        self.group.setPlaceholderText(say("…or a group, such as: street cleaners"))
        self.group.setAccessibleName(say("Group"))
        self.group.textEdited.connect(self._group_typed)
        self.group.returnPressed.connect(self.add)
        self.walk_in = QCheckBox(say("has come: receives it now"))
        self.walk_in.toggled.connect(lambda _: self._show_add())
        self.add_button = button("", self.add, kind="primary", picture="plus")
        column.addWidget(self.finder)
        column.addWidget(self.who)
        column.addWidget(self.group)
        column.addWidget(self.walk_in)
        column.addStretch(1)
        return part

    # What is shown --------------------------------------------------------------------------------------------

    def show_list(self, shown: ListRow) -> None:
        """The list to which lines are added."""
        if self._list is not None and self._list.distribution_id != shown.distribution_id:
            self._forget()
        self._list = shown
        self.lots.show_stock(shown.day)
        self.setEnabled(not shown.closed)
        self._show_count()
        self._show_add()

    def arrive(self) -> None:
        """Begin at the stock."""
        self.lots.setFocus()

    def typed(self) -> Any:
        """A share, somebody, or the ticks of a proposal; None while nothing is typed or chosen."""
        lot, proposed = self.lots.lot(), self.proposed.count()
        somebody = self._visitor is not None or bool(self.group.text())
        if lot is None or not (proposed or somebody or self.quantity.text() != _ONE or self.per_person.isChecked()):
            return None
        return {
            "way": self.ways.current(),
            "lot": lot.lot_id,
            "quantity": self.quantity.text(),
            "per_person": self.per_person.isChecked(),
            "ticked": [one.household_id for one in self._ticked()] if proposed else None,
            "visitor": self._visitor.number if self._visitor else "",
            "group": self.group.text(),
            "walk_in": self.walk_in.isChecked(),
        }

    def bring_back(self, typed: Any) -> None:
        """Put in what a draft kept, as far as the stock still holds it; a proposal is made anew, with the ticks of then."""
        self.ways.choose(typed["way"])
        self._show_way()
        self.lots.choose(typed["lot"])
        self.quantity.put_back(typed["quantity"])
        self.per_person.setChecked(typed["per_person"])
        if typed["ticked"] is not None:
            self.propose()
            for item in map(self.proposed.item, range(self.proposed.count())):
                if item.data(_ROW).household_id not in typed["ticked"]:
                    item.setCheckState(Qt.CheckState.Unchecked)
        visitor = next(iter(find(self._page.context, typed["visitor"])), None) if typed["visitor"] else None
        if visitor is not None:
            self._found(visitor)
        self.group.put_back(typed["group"])
        self.walk_in.setChecked(typed["walk_in"])
        self._show_add()

    def _show_way(self) -> None:
        rule = self.ways.current() == _RULE
        self.parts.setCurrentIndex(0 if rule else 1)
        self.per_person.setVisible(rule)
        self.put_button.setVisible(rule)
        self.add_button.setVisible(not rule)
        self.said.silence()
        (self.lots if rule else self.finder).setFocus()

    def _lot_chosen(self) -> None:
        lot = self.lots.lot()
        self.unit.setText(amount(self.words, 0, lot.unit).split(" ", 1)[1] if lot else "")
        self.propose_button.setEnabled(lot is not None)
        self._show_add()

    def _to_quantity(self) -> None:
        self.quantity.setFocus()
        self.quantity.selectAll()

    def _forget(self) -> None:
        """A proposal of other figures is none."""
        self.proposed.clear()
        self._show_count()

    def _show_count(self) -> None:
        chosen = self._ticked()
        self.put_button.setEnabled(bool(chosen))
        say_count = self.words.say_count
        said = say_count("Put {n} household on the list", "Put {n} households on the list", len(chosen))
        self.put_button.setText(said if chosen else self.words.say("Put on the list"))

    def _show_add(self) -> None:
        say = self.words.say
        self.add_button.setText(say("Give it now") if self.walk_in.isChecked() else say("Put on the list"))
        somebody = self._visitor is not None or bool(self.group.text().strip())
        self.add_button.setEnabled(somebody and self.lots.lot() is not None)

    # By rule --------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self.ways.current() == _HAND:
            self.add()
        else:
            self.propose()

    def propose(self) -> None:
        """Show whom the rule proposes; all of them are ticked."""
        lot, each = self.lots.lot(), self.quantity.quantity()
        if lot is None or self._list is None:
            return
        if not each:
            self.said.say(self.words.say("Please give a quantity above zero, such as 3 or 6.5."), "warn")
            return
        self.said.silence()
        with self._page.context.database.reader() as reader:
            found = proposals.proposal(reader, self._list.distribution_id, lot.lot_id, each, per_person=self.per_person.isChecked())
        self.proposed.blockSignals(True)
        self.proposed.clear()
        for one in found.rows:
            item = QListWidgetItem(self._line(one, lot))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setData(_ROW, one)
            self.proposed.addItem(item)
        self.proposed.blockSignals(False)
        say, say_count = self.words.say, self.words.say_count
        said = [say("{amount} stay in the stock.", amount=amount(self.words, found.left, lot.unit))]
        if found.unsuited:
            said.append(
                say_count(
                    "{n} passed over: it does not suit what they eat.", "{n} passed over: it does not suit what they eat.", found.unsuited
                )
            )
        if found.beyond:
            said.append(say_count("For {n} not enough is there this time.", "For {n} not enough is there this time.", found.beyond))
        if not found.rows:
            said.insert(0, say("Nobody can be proposed: all are on the list already, or less than one share is free."))
        self.outcome.setText(" ".join(said))
        if found.rows:
            self.proposed.setCurrentRow(0)
            self.proposed.setFocus()
        self._show_count()

    def _line(self, one: ProposedRow, lot: LotRow) -> str:
        words = self.words
        last = words.say("last {day}", day=words.date_short(one.last_day)) if one.last_day else words.say("nothing yet")
        return f"{one.number}  {one.display_name}  {amount(words, one.quantity, lot.unit)} · {last}"

    def _ticked(self) -> list[ProposedRow]:
        items = [self.proposed.item(place) for place in range(self.proposed.count())]
        return [one.data(_ROW) for one in items if one.checkState() is Qt.CheckState.Checked]

    def put(self) -> None:
        """Put the ticked ones on the list."""
        lot, chosen = self.lots.lot(), self._ticked()
        if lot is not None and chosen:
            self._add([LineForm(lot.lot_id, one.quantity, one.household_id) for one in chosen])

    # By hand --------------------------------------------------------------------------------------------------

    def _found(self, visitor: Visitor) -> None:
        self.said.silence()
        self._visitor = visitor
        self.group.clear()
        self.who.setText(said_of(self.words, visitor))
        self._show_add()
        self.add_button.setFocus()

    def _group_typed(self) -> None:
        self._visitor = None
        self.who.setText("")
        self._show_add()

    def welcome(self, visitor: Visitor) -> None:
        """Somebody who stands on no line has come."""
        self.ways.choose(_HAND)
        self._show_way()
        self.walk_in.setChecked(True)
        self._found(visitor)

    def add(self) -> None:
        """One household or group: planned, or given at once to somebody who has come."""
        lot, quantity = self.lots.lot(), self.quantity.quantity() or 0
        if lot is None or self._list is None:
            return
        household_id = self._visitor.household_id if self._visitor else None
        line = LineForm(lot.lot_id, quantity, household_id, self.group.text())
        if self.walk_in.isChecked():
            self._page.do(services.walk_in, distribution_id=self._list.distribution_id, line=line, done=self._walked_in)
        else:
            self._add([line])

    def _add(self, lines: Sequence[LineForm]) -> None:
        assert self._list is not None
        self._page.do(services.add_lines, distribution_id=self._list.distribution_id, lines=lines, done=self._added)

    def _added(self, done: PlannedList) -> None:
        said = self.words.say_count("{n} line put on the list", "{n} lines put on the list", len(done.line_ids))
        self._begin_again()
        self._page.undoable(said, services.remove_lines, line_ids=done.line_ids)

    def _walked_in(self, done: DoneLines) -> None:
        self._begin_again()
        said = self.words.say("Given to somebody who walked in")
        self._page.undoable(said, services.take_back_lines, line_ids=done.line_ids, reason=self.words.say("Recorded by mistake"))

    def _begin_again(self) -> None:
        self._forget()
        self._visitor = None
        self.who.setText("")
        self.group.clear()
        self._show_add()
        if self.ways.current() == _HAND:
            self.finder.begin()
