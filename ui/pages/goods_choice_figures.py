"""The tally of a choice day, the fill of its time slots, and its last visitors."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caringstreet.queries.choice_events import ChoiceDayFigures, EventRow, VisitRow
from caringstreet.rules.quantities import ONE, plain_quantity
from caringstreet.words import Words
from ui.widgets.basics import button, clear, label, row

_VISIT = Qt.ItemDataRole.UserRole
_SHOWN = 60


class FiguresStrip(QFrame):
    """Received, unfit, displayed, chosen, left, visitors: six numbers in one line."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("card", True)
        say = words.say
        self._words = words
        line = QGridLayout(self)
        line.setContentsMargins(16, 6, 16, 6)
        line.setHorizontalSpacing(18)
        self.numbers: dict[str, QLabel] = {}
        for place, (key, text) in enumerate(
            (
                ("received", say("received")),
                ("unfit", say("sorted out")),
                ("displayed", say("displayed")),
                ("chosen", say("chosen")),
                ("left", say("left")),
                ("visitors", say("visitors")),
            )
        ):
            number = label("0", "big")
            number.setAccessibleName(text)
            self.numbers[key] = number
            line.addLayout(row(number, label(text, "dim"), None, spacing=6), 0, place)

    def show_figures(self, found: ChoiceDayFigures | None) -> None:
        """The figures of a day; noughts where there is none."""
        for key, shown in self.numbers.items():
            value = getattr(found, key) if found is not None else 0
            text = self._words.number(value) if key == "visitors" else plain_quantity(value)
            shown.setText(text)
            shown.setAccessibleDescription(text)


def sentence(words: Words, found: ChoiceDayFigures, recycled: int) -> str:
    """What the day comes to, in figures."""
    return words.say(
        "{visitors} visitors took {chosen} of {displayed}. {left} are left: {kept} kept in stock, {recycled} recycled.",
        visitors=words.number(found.visitors),
        chosen=plain_quantity(found.chosen),
        displayed=plain_quantity(found.displayed),
        left=plain_quantity(found.left),
        kept=plain_quantity(found.left - recycled),
        recycled=plain_quantity(recycled),
    )


class SlotBar(QWidget):
    """The time slots with how many of their places are taken; the chosen one goes with the visit."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        self._chosen: tuple[int, str] | None = None
        self._shown: tuple[object, ...] = ()

    def show_slots(self, event: EventRow, visits: Sequence[VisitRow], now: str) -> None:
        """The slots of a day; until a person chooses, the running one is chosen (`now` as "14:05")."""
        taken = Counter(one.slot for one in visits)
        chosen = self.chosen_of(event, now)
        shown = (event.event_id, event.slots, tuple(taken[at] for at, _ in event.slots), chosen)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._line)
        self.buttons = {}
        for at, places in event.slots:
            said = self._words.say("{time}: {taken} of {places}", time=at, taken=taken[at], places=places)
            chip = QPushButton(said)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setChecked(at == chosen)
            if taken[at] >= places:
                chip.setText(self._words.say("{time}: {taken} of {places}, full", time=at, taken=taken[at], places=places))
            chip.setAccessibleName(chip.text())
            chip.clicked.connect(lambda _=False, at=at, of=event.event_id: self._choose(of, at))
            self._group.addButton(chip)
            self.buttons[at] = chip
            self._line.addWidget(chip)
        self.setVisible(bool(event.slots))

    def chosen_of(self, event: EventRow, now: str) -> str:
        """The slot that a person chose on this day; else the last one that has begun, or the first."""
        if self._chosen is not None and self._chosen[0] == event.event_id and self._chosen[1] in dict(event.slots):
            return self._chosen[1]
        begun = [at for at, _ in event.slots if at <= now]
        return max(begun) if begun else min((at for at, _ in event.slots), default="")

    def _choose(self, event_id: int, at: str) -> None:
        self._chosen = (event_id, at)


class LastVisitors(QWidget):
    """The visitors, the last on top; Delete or the button takes the selected one back, else the last."""

    taken_back = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.take_back = button(words.say("Undo…"), self._take_back, kind="quiet", picture="undo-2")
        self.take_back.setToolTip("Delete")
        column.addLayout(row(label(words.say("Last visitors"), "heading"), None, self.take_back))
        self.list = QListWidget()
        self.list.setAccessibleName(words.say("Last visitors"))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.list, 1)

    def show_visits(self, visits: Sequence[VisitRow]) -> None:
        """The last ones; all of them stay in the records."""
        self.list.clear()
        for one in visits[:_SHOWN]:
            item = QListWidgetItem(self.text_of(one))
            item.setData(_VISIT, one)
            self.list.addItem(item)
        self.take_back.setEnabled(bool(visits))

    def text_of(self, one: VisitRow) -> str:
        """Number, time, who, and what they took."""
        words = self._words
        who = f"{one.household} {one.display_name}" if one.household else words.say("Nobody named")
        took = "、" if words.language == "zh_HK" else ", "
        things = took.join(pick.item if pick.quantity == ONE else f"{pick.item} ×{plain_quantity(pick.quantity)}" for pick in one.picks)
        nothing = words.say("Not needed this time")
        return f"{one.number} · {words.time(one.at)} · {who}\n{things or nothing}"

    def _take_back(self) -> None:
        item = self.list.currentItem() or self.list.item(0)
        if item is not None:
            self.taken_back.emit(item.data(_VISIT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.list.hasFocus():
            self._take_back()
        else:
            super().keyPressEvent(event)
