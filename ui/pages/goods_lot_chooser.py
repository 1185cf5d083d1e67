"""Chooses a lot of the stock by typing: what is free of it, and until when it is good."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from caringstreet.queries import goods
from caringstreet.queries.goods import LotRow, LotView
from caringstreet.rules.goods import stale_reason
from caringstreet.wording.goods import amount
from ui.context import Context
from ui.widgets.fields import SearchField

_LOT = Qt.ItemDataRole.UserRole
_SHOWN = 200


class LotChooser(QWidget):
    """Down goes from the field to the list, Return says that a lot is chosen."""

    chosen = Signal()
    entered = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._words = context, context.words
        self._day = context.clock.today()
        self._taken: Mapping[int, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.search = SearchField(self._words.say("Search the stock"))
        self.search.searched.connect(lambda _: self.refresh())
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self._words.say("Stock"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(lambda *_: self.chosen.emit())
        self.list.itemActivated.connect(lambda _: self.entered.emit())
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.search)

    def show_stock(self, day: date, taken: Mapping[int, int] | None = None) -> None:
        """The stock of a day, less what is taken of it already (by lot) and what lists have promised."""
        self._day, self._taken = day, taken or {}
        self.refresh()

    def refresh(self) -> None:
        """Find again; the lot that is chosen stays while it is there."""
        before, now = self.lot(), self._context.clock.now()
        with self._context.database.reader() as reader:
            ids = goods.matching_ids(reader, LotView.STOCK, self.search.text(), self._day, now, "first")[:_SHOWN]
            rows = goods.rows(reader, ids, self._day)
        self.list.blockSignals(True)
        self.list.clear()
        for lot_id in ids:
            lot = rows[lot_id]
            if self.free(lot) > 0 and stale_reason(lot.freshness, self._day, now) is None:
                item = QListWidgetItem(self._text(lot))
                item.setData(_LOT, lot)
                self.list.addItem(item)
                if before is not None and before.lot_id == lot_id:
                    self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.chosen.emit()

    def lot(self) -> LotRow | None:
        """The chosen one."""
        item = self.list.currentItem()
        found: LotRow | None = item.data(_LOT) if item is not None else None
        return found

    def choose(self, lot_id: int) -> bool:
        """Choose a lot; False where it is not there any more."""
        self.search.clear()
        self.refresh()
        for place in range(self.list.count()):
            if self.list.item(place).data(_LOT).lot_id == lot_id:
                self.list.setCurrentRow(place)
                return True
        return False

    def free(self, lot: LotRow) -> int:
        """What is there of a lot and promised to nobody."""
        return lot.stock - lot.promised - self._taken.get(lot.lot_id, 0)

    def _text(self, lot: LotRow) -> str:
        words = self._words
        last = lot.freshness.last_day
        until = words.say("good until {day}", day=words.date_short(last)) if last is not None else ""
        what = " ".join(part for part in (lot.item, lot.size) if part)
        free = words.say("{amount} free", amount=amount(words, self.free(lot), lot.unit))
        return f"{what}  {free}\n" + " · ".join(part for part in (lot.giver, lot.condition, until) if part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes to the list, Return chooses its first."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.refresh()
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)
