"""Sets up the tables of a choice day: from the stock, straight from a giver, and what is not fit sorted out."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caringstreet.queries.choice_events import TableRow
from caringstreet.rules.quantities import plain_quantity
from caringstreet.services import choice_events as services
from caringstreet.services.choice_events import BroughtGoods, SortedOut
from caringstreet.wording.goods import amount
from ui.pages.goods_choice_receive import ReceiveForm
from ui.pages.goods_choice_shown import ShownDay
from ui.pages.goods_lot_chooser import LotChooser
from ui.tables.widths import Widths
from ui.widgets.ask import ask_reason
from ui.widgets.basics import RECORD_KEYS, EmptyState, button, card, label, row, shortcuts
from ui.widgets.chips import Chips
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.quantity_field import QuantityField
from ui.widgets.scrolling import Scrolling, Stack
from ui.widgets.text_field import TextField

_STOCK, _GIVEN, _UNFIT = "stock", "given", "unfit"
#: A lot of the stock, with a bit of the next one.
_STOCK_LEAST = 44
_LOT = Qt.ItemDataRole.UserRole


class TableList(QTableWidget):
    """The lots on the tables, a line each."""

    def __init__(self, page: Page) -> None:
        say = page.words.say
        titles = (
            say("Item"),
            say("Size"),
            say("Condition"),
            say("Giver"),
            say("Brought"),
            say("Sorted out"),
            say("Taken"),
            say("On the table"),
        )
        super().__init__(0, len(titles))
        self._words = page.words
        self.setHorizontalHeaderLabels(titles)
        self.setAccessibleName(say("On the tables"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        Widths(self, (0, 3), (3, 4, 2, 1))

    def show_rows(self, rows: list[TableRow]) -> None:
        """Show these; the selected lot stays selected."""
        before = self.lot()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for place, one in enumerate(rows):
            figures = (one.brought, one.unfit, one.chosen, one.on_table)
            *numbers, lies = figures
            texts = (one.item, one.size, one.condition, one.giver, *map(plain_quantity, numbers), amount(self._words, lies, one.unit))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column > 3:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setData(_LOT, one)
                self.setItem(place, column, item)
        ids = [one.lot_id for one in rows]
        if rows:
            self.selectRow(ids.index(before.lot_id) if before and before.lot_id in ids else 0)
        self.blockSignals(False)

    def lot(self) -> TableRow | None:
        """The selected one."""
        item = self.item(self.currentRow(), 0)
        found: TableRow | None = item.data(_LOT) if item is not None else None
        return found

    def choose(self, lot_id: int) -> None:
        """Select a lot."""
        for place in range(self.rowCount()):
            item = self.item(place, 0)
            if item is not None and item.data(_LOT).lot_id == lot_id:
                self.selectRow(place)


class TablesDesk(QWidget):
    """The list on the left; on the right the three ways in which it changes."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.words = page, page.words
        self._day: ShownDay | None = None
        self._suggested: tuple[int, int] | None = None
        say = self.words.say
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.list = TableList(page)
        self.list.itemSelectionChanged.connect(self._selected)
        self._places = Stack()
        self._places.addWidget(self.list)
        self._places.addWidget(
            EmptyState(
                "package",
                say("The tables are bare"),
                say(
                    "On the right: bring what is in the stock, or take in what somebody gives today, straight onto the tables. Sort out what is not fit before the first visitor comes."
                ),
            )
        )
        line.addWidget(self._places, 1)
        frame, column = card(margins=14)
        frame.setFixedWidth(370)
        self.ways = Chips([(_STOCK, say("From stock")), (_GIVEN, say("Received today")), (_UNFIT, say("Sort out"))])
        self.ways.chosen.connect(lambda _: self._show_way())
        column.addWidget(self.ways)
        self.parts = Stack()
        for part in (self._make_stock(), self._make_given(), self._make_unfit()):
            self.parts.addWidget(part)
        column.addWidget(self.parts, 1)
        line.addWidget(frame)
        shortcuts(self, self._go_on, *RECORD_KEYS)

    def _make_stock(self) -> QWidget:
        say = self.words.say
        part, column = _part()
        self.stock = LotChooser(self._page.context)
        self.stock.chosen.connect(self._suggest)
        self.quantity = QuantityField()
        self.quantity.setAccessibleName(say("How many"))
        self.stock.entered.connect(self._to_quantity)
        self.quantity.returnPressed.connect(self.bring)
        self.bring_button = button(say("Put on the table"), self.bring, kind="primary", picture="plus")
        self.unit = label("", "dim")
        self.stock.list.setMinimumHeight(_STOCK_LEAST)
        column.addWidget(Scrolling(self.stock, sideways=False), 1)
        column.addLayout(Flow(label(say("How many"), "dim"), self.quantity, self.unit, None, self.bring_button))
        return part

    def _make_given(self) -> QWidget:
        self.given = ReceiveForm(self._page)
        self.given.received.connect(self._brought)
        return self.given

    def _make_unfit(self) -> QWidget:
        say = self.words.say
        part, column = _part()
        self.which = label("", "heading", wrap=True)
        self.lies = label("", "dim", wrap=True)
        self.unfit, self.why = QuantityField(), TextField()
        self.unfit.setAccessibleName(say("How many"))
        self.why.setPlaceholderText(say("stained, torn, broken…"))
        self.why.setAccessibleName(say("Note"))
        for field in (self.unfit, self.why):
            field.returnPressed.connect(self.sort_out)
        self.unfit_button = button(say("Not fit: take off and throw away"), self.sort_out, kind="primary", picture="trash-2")
        self.away_button = button(say("Back into the stock"), self.put_away, picture="package")
        self.fit_button = button(say("It was fit after all…"), self.take_back_sorting, kind="quiet", picture="undo-2")
        column.addWidget(label(say("Choose a line on the left."), "dim"))
        column.addWidget(self.which)
        column.addWidget(self.lies)
        column.addLayout(row(label(say("How many"), "dim"), self.unfit, self.why))
        for one in (self.unfit_button, self.away_button, self.fit_button):
            column.addLayout(row(one, None))
        column.addStretch(1)
        return part

    # What is shown --------------------------------------------------------------------------------------------

    def show_day(self, day: ShownDay) -> None:
        """Show the tables of a day."""
        self._day = day
        self.list.show_rows(list(day.tables))
        self._places.setCurrentIndex(0 if day.tables else 1)
        self.stock.show_stock(day.event.day, {one.lot_id: one.on_table for one in day.tables})
        self.given.show_day(day.event)
        self.setEnabled(not day.event.closed)
        self._selected()

    def arrive(self) -> None:
        """Begin at the field of the chosen way."""
        {_STOCK: self.stock, _GIVEN: self.given, _UNFIT: self.unfit}[self.ways.current()].setFocus()

    def typed(self) -> Any:
        """What is typed of each of the three ways; what is only suggested is not."""
        lot, line = self.stock.lot(), self.list.lot()
        found: dict[str, Any] = {}
        if lot is not None and self.quantity.text() != plain_quantity(self.stock.free(lot)):
            found["stock"] = {"lot": lot.lot_id, "quantity": self.quantity.text()}
        if (given := self.given.typed()) is not None:
            found["given"] = given
        if line is not None and (self.unfit.text() or self.why.text()):
            found["unfit"] = {"lot": line.lot_id, "quantity": self.unfit.text(), "why": self.why.text()}
        return {"way": self.ways.current(), **found} if found else None

    def bring_back(self, typed: Any) -> None:
        """Put in what a draft kept, as far as it is still there."""
        if (stock := typed.get("stock")) and self.stock.choose(stock["lot"]):
            self.quantity.put_back(stock["quantity"])
        if "given" in typed:
            self.given.bring_back(typed["given"])
        if unfit := typed.get("unfit"):
            self.list.choose(unfit["lot"])
            self.unfit.put_back(unfit["quantity"])
            self.why.put_back(unfit["why"])
        self.ways.choose(typed["way"])
        self._show_way()

    def _show_way(self) -> None:
        self.parts.setCurrentIndex((_STOCK, _GIVEN, _UNFIT).index(self.ways.current()))
        self.arrive()

    def _selected(self) -> None:
        lot, words = self.list.lot(), self.words
        self.which.setText(" ".join(part for part in (lot.item, lot.size) if part) if lot else "")
        self.lies.setText(words.say("{amount} on the table", amount=amount(words, lot.on_table, lot.unit)) if lot else "")
        for one in (self.unfit, self.why, self.unfit_button, self.away_button):
            one.setEnabled(lot is not None)
        self.fit_button.setVisible(lot is not None and lot.unfit > 0)

    def _suggest(self) -> None:
        lot = self.stock.lot()
        self.bring_button.setEnabled(lot is not None)
        self.unit.setText(amount(self.words, 0, lot.unit).split(" ", 1)[1] if lot else "")
        suggested = (lot.lot_id, self.stock.free(lot)) if lot is not None else None
        # The same lot found again says nothing new; what is typed meanwhile stays.
        if lot is not None and suggested != self._suggested:
            self.quantity.show_quantity(self.stock.free(lot))
        self._suggested = suggested

    def _to_quantity(self) -> None:
        self.quantity.setFocus()
        self.quantity.selectAll()

    # What is done ---------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        {_STOCK: self.bring, _GIVEN: self.given.save, _UNFIT: self.sort_out}[self.ways.current()]()

    def bring(self) -> None:
        """Put the chosen lot of the stock on the tables."""
        lot, quantity = self.stock.lot(), self.quantity.quantity()
        if lot is None or self._day is None:
            return
        done = partial(self._put, lot.lot_id, quantity or 0)
        self._page.do(services.bring, event_id=self._day.event.event_id, quantities={lot.lot_id: quantity or 0}, done=done)

    def _put(self, lot_id: int, quantity: int, brought: BroughtGoods) -> None:
        self._brought(brought)
        said = self.words.say("On the table now: {item}", item=self._name(lot_id))
        self._page.undoable(said, services.put_away, event_id=brought.event_id, quantities={lot_id: quantity})
        self.stock.search.clear()
        self.stock.setFocus()

    def _brought(self, brought: BroughtGoods) -> None:
        self.list.choose(brought.lot_ids[-1])

    def sort_out(self) -> None:
        """Take what is not fit off the selected lot."""
        lot, quantity = self.list.lot(), self.unfit.quantity()
        if lot is None or self._day is None:
            return
        self._page.do(
            services.sort_out,
            event_id=self._day.event.event_id,
            quantities={lot.lot_id: quantity or 0},
            note=self.why.text(),
            done=partial(self._sorted, lot.lot_id),
        )

    def _sorted(self, lot_id: int, done: SortedOut) -> None:
        said = self.words.say("Sorted out: {item}", item=self._name(lot_id))
        reason = self.words.say("Recorded by mistake")
        self._page.undoable(said, services.take_back_sorting, event_id=done.event_id, movement_ids=done.movement_ids, reason=reason)
        self.unfit.clear()
        self.why.clear()
        self.list.setFocus()

    def put_away(self) -> None:
        """Take so much of the selected lot off the tables, back into the stock; without a number all of it."""
        lot = self.list.lot()
        if lot is None or self._day is None:
            return
        quantity = self.unfit.quantity() if self.unfit.text().strip() else lot.on_table
        said = self.words.say("Back in the stock: {item}", item=lot.item)
        self._page.do(
            services.put_away,
            event_id=self._day.event.event_id,
            quantities={lot.lot_id: quantity or 0},
            done=lambda done: self._page.undoable(said, services.bring, event_id=done.event_id, quantities={lot.lot_id: quantity or 0}),
        )

    def take_back_sorting(self) -> None:
        """What was sorted out of the selected lot lies on the tables again, with a reason."""
        lot, words = self.list.lot(), self.words
        if lot is None or self._day is None:
            return
        what = words.say("{amount} of {item} are on the tables again.", amount=amount(words, lot.unfit, lot.unit), item=lot.item)
        reason = ask_reason(self, words, what, words.say("Undo"), words.say("Recorded by mistake"))
        if reason is not None:
            self._page.do(services.take_back_sorting, event_id=self._day.event.event_id, lot_ids=[lot.lot_id], reason=reason)

    def _name(self, lot_id: int) -> str:
        return next((one.item for one in (self._day.tables if self._day else ()) if one.lot_id == lot_id), "")


def _part() -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return part, column
