"""Fields of a form: money, days, weekdays, choices."""

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Any

from PySide6.QtCore import QDate, QTime, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QGridLayout, QHBoxLayout, QLineEdit, QTimeEdit, QWidget

from caringstreet.rules.money import NotMoney, parse_money
from caringstreet.words import Words
from ui.icons import icon


class SearchField(QLineEdit):
    """Tells what was typed when the typing pauses."""

    searched = Signal(str)

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", "dim"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=130)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(lambda: self._pause.start())


class MoneyField(QLineEdit):
    """Dollars as people write them; `cents()` is None while they are no amount."""

    def __init__(self, cents: int = 0) -> None:
        super().__init__(_dollars(cents))

    def cents(self) -> int | None:
        """Whole cents, 0 for an empty field."""
        if not self.text().strip():
            return 0
        try:
            return parse_money(self.text())
        except NotMoney:
            return None


def _dollars(cents: int) -> str:
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents / 100:.2f}"


class _DateEdit(QDateEdit):
    """A day that Tab leaves at once: what is typed runs on from day to month to year by itself."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Qt's own would stop at each of the three parts.
        return QWidget.focusNextPrevChild(self, forward)


class _TimeEdit(QTimeEdit):
    """An hour that Tab leaves at once."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forward)


class DayField(QWidget):
    """A day; with `optional` a tick says whether there is one."""

    changed = Signal()

    def __init__(self, day: date | None, *, optional: bool = False, today: date | None = None) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self._edit = _DateEdit()
        self._edit.setCalendarPopup(True)
        self._edit.setDisplayFormat("dd/MM/yyyy")
        self._tick = QCheckBox()
        shown = day or today or date(2026, 1, 1)
        self._edit.setDate(QDate(shown.year, shown.month, shown.day))
        self._tick.setChecked(day is not None or not optional)
        self._edit.setEnabled(self._tick.isChecked())
        self._tick.toggled.connect(self._edit.setEnabled)
        self._tick.toggled.connect(lambda: self.changed.emit())
        self._edit.dateChanged.connect(lambda: self.changed.emit())
        line.addWidget(self._tick)
        line.addWidget(self._edit, 1)
        # Only now: shown without a parent it would flash up as a window of its own.
        self._tick.setVisible(optional)
        self.setFocusProxy(self._edit)

    def day(self) -> date | None:
        """The day, or None where there is none."""
        if not self._tick.isChecked():
            return None
        shown = self._edit.date()
        return date(shown.year(), shown.month(), shown.day())

    def set_day(self, day: date) -> None:
        self._tick.setChecked(True)
        self._edit.setDate(QDate(day.year, day.month, day.day))

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
        self._edit = _TimeEdit(QTime(at.hour, at.minute) if at else QTime(14, 0))
        self._edit.setDisplayFormat("HH:mm")
        self._tick.setChecked(at is not None)
        self._edit.setEnabled(at is not None)
        self._tick.toggled.connect(self._edit.setEnabled)
        line.addWidget(self._tick)
        line.addWidget(self._edit, 1)

    def time(self) -> time | None:
        shown = self._edit.time()
        return time(shown.hour(), shown.minute()) if self._tick.isChecked() else None

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
