"""Fields of a form: money, days, weekdays, choices."""

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from caringstreet.rules.money import MOST_CENTS, NotMoney, TooMuchMoney, parse_money
from caringstreet.words import Words
from ui.icons import icon
from ui.widgets.day_line import DayLine, TimeLine
from ui.widgets.inputs import passing, show_trouble, words_of
from ui.widgets.text_field import TextField


class SearchField(TextField):
    """Tells what was typed when the typing pauses."""

    searched = Signal(str)

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        passing(self)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", "dim"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=130)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(lambda: self._pause.start())


class MoneyField(TextField):
    """Dollars as people write them; `cents()` is None while they are no amount, or more than any amount here can be."""

    def __init__(self, cents: int = 0) -> None:
        super().__init__(_dollars(cents))
        self.editingFinished.connect(lambda: show_trouble(self, self.trouble(words_of(self))))

    def cents(self) -> int | None:
        """Whole cents, 0 for an empty field."""
        if not self.text().strip():
            return 0
        try:
            return parse_money(self.text())
        except NotMoney:
            return None

    def set_cents(self, cents: int) -> None:
        """Show an amount."""
        self.setText(_dollars(cents))
        show_trouble(self, "")

    def trouble(self, words: Words) -> str:
        """No amount, or too much."""
        try:
            parse_money(self.text().strip() or "0")
        except TooMuchMoney:
            return words.say("An amount can be at most {most}.", most=words.money(MOST_CENTS))
        except NotMoney:
            return words.say("Write amounts as 20 or 20.50.")
        return ""


def _dollars(cents: int) -> str:
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents / 100:.2f}"


class DayField(QWidget):
    """A day; with `optional` a tick says whether there is one."""

    changed = Signal()

    def __init__(self, day: date | None, *, optional: bool = False, today: date | None = None) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        shown = day or today or date.today()  # noqa: DTZ011 (a day to begin with, not what is recorded)
        self._edit = DayLine(shown, today or shown)
        self._tick = QCheckBox()
        self._tick.setChecked(day is not None or not optional)
        self._edit.setEnabled(self._tick.isChecked())
        self._tick.toggled.connect(self._edit.setEnabled)
        self._tick.toggled.connect(lambda: self.changed.emit())
        self._edit.changed.connect(self.changed)
        line.addWidget(self._tick)
        line.addWidget(self._edit, 1)
        # Only now: shown without a parent it would flash up as a window of its own.
        self._tick.setVisible(optional)
        self.setFocusProxy(self._edit)

    def day(self) -> date | None:
        """The day, or None where there is none, or none that can be read: `trouble` tells which."""
        return self._edit.day() if self._tick.isChecked() else None

    def set_day(self, day: date) -> None:
        self._tick.setChecked(True)
        self._edit.set_day(day)

    def trouble(self, words: Words) -> str:
        """Not a day."""
        return self._edit.trouble(words) if self._tick.isChecked() else ""

    def kept(self) -> Any:
        return [self._tick.isChecked(), self._edit.text()]

    def put_back(self, kept: Any) -> None:
        if isinstance(kept, list) and len(kept) == 2:
            self._tick.setChecked(bool(kept[0]))
            self._edit.put_back(kept[1])

    def name_for_readers(self, name: str) -> None:
        """What a screen reader calls the field."""
        self._edit.setAccessibleName(name)
        self._tick.setAccessibleName(name)


class TimeField(QWidget):
    """An hour of the day, or none."""

    def __init__(self, at: time | None) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self._tick = QCheckBox()
        self._edit = TimeLine(at or time(14, 0))
        self._tick.setChecked(at is not None)
        self._edit.setEnabled(at is not None)
        self._tick.toggled.connect(self._edit.setEnabled)
        line.addWidget(self._tick)
        line.addWidget(self._edit, 1)

    def time(self) -> time | None:
        """The hour, or None where there is none, or none that can be read: `trouble` tells which."""
        return self._edit.at() if self._tick.isChecked() else None

    def trouble(self, words: Words) -> str:
        """Not an hour."""
        return self._edit.trouble(words) if self._tick.isChecked() else ""

    def kept(self) -> Any:
        return [self._tick.isChecked(), self._edit.text()]

    def put_back(self, kept: Any) -> None:
        if isinstance(kept, list) and len(kept) == 2:
            self._tick.setChecked(bool(kept[0]))
            self._edit.put_back(kept[1])

    def name_for_readers(self, name: str) -> None:
        """What a screen reader calls the field."""
        self._edit.setAccessibleName(name)
        self._tick.setAccessibleName(name)


class WeekdaysField(QWidget):
    """Seven ticks from Monday to Sunday."""

    def __init__(self, mask: int, words: Words) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self._ticks = []
        for number in range(7):
            name = words.weekdays(1 << number)
            tick = QCheckBox(name.removeprefix("星期"))
            tick.setAccessibleName(name)
            tick.setChecked(bool(mask >> number & 1))
            self._ticks.append(tick)
            line.addWidget(tick)
        line.addStretch(1)

    def kept(self) -> Any:
        return self.days_mask()

    def put_back(self, kept: Any) -> None:
        for number, tick in enumerate(self._ticks):
            tick.setChecked(bool(isinstance(kept, int) and kept >> number & 1))

    def days_mask(self) -> int:
        """Bit 0 is Monday."""
        return sum(1 << number for number, tick in enumerate(self._ticks) if tick.isChecked())


class TicksField(QWidget):
    """Some of a few values, each with its own tick."""

    def __init__(self, choices: Sequence[tuple[Any, str]], chosen: Collection[Any] = (), *, across: int = 3) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self.ticks: dict[Any, QCheckBox] = {}
        for number, (value, name) in enumerate(choices):
            tick = QCheckBox(name)
            tick.setChecked(value in chosen)
            self.ticks[value] = tick
            grid.addWidget(tick, number // across, number % across)
        grid.setColumnStretch(across, 1)
        self.setFocusProxy(next(iter(self.ticks.values())))

    def values(self) -> tuple[Any, ...]:
        """What is ticked, in the order of the choices."""
        return tuple(value for value, tick in self.ticks.items() if tick.isChecked())


class ChoiceField(QComboBox):
    """One of some values, each shown by its name."""

    def __init__(self, choices: Sequence[tuple[Any, str]], chosen: Any = None) -> None:
        super().__init__()
        self._values = [value for value, _ in choices]
        self.addItems([name for _, name in choices])
        self.setMaxVisibleItems(16)
        if chosen in self._values:
            self.setCurrentIndex(self._values.index(chosen))

    def kept(self) -> Any:
        return self.currentText() if self.isEditable() else self._name_of(self.value())

    def put_back(self, kept: Any) -> None:
        if self.isEditable() and isinstance(kept, str):
            place = self.findText(kept)
            self.setCurrentIndex(place)
            self.setEditText(kept)
            return
        for place, value in enumerate(self._values):
            if self._name_of(value) == kept:
                self.setCurrentIndex(place)

    @staticmethod
    def _name_of(value: Any) -> Any:
        """A value as JSON can hold it; a choice is never a thing of its own."""
        return value if isinstance(value, int | str | None) else str(value)

    def setEditable(self, editable: bool) -> None:
        super().setEditable(editable)
        if editable:
            self.setLineEdit(TextField())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def set_choices(self, choices: Sequence[tuple[Any, str]], chosen: Any = None) -> None:
        """Offer other values, without a word about it; the first is chosen where the wanted one is not among them."""
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _ in choices]
        self.addItems([name for _, name in choices])
        self.choose(chosen)
        self.blockSignals(False)

    def value(self) -> Any:
        """The chosen value; None where there is nothing to choose."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def setAccessibleName(self, name: str) -> None:
        """The name is also that of the field inside, where one may type."""
        super().setAccessibleName(name)
        inside = self.lineEdit()
        if inside is not None:
            inside.setAccessibleName(name)

    def choose(self, value: Any) -> None:
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Renew the choices; what is chosen stays while it is among them."""
        chosen = self.value()
        self._values = [value for value, _ in choices]
        self.clear()
        self.addItems([name for _, name in choices])
        self.choose(chosen)
