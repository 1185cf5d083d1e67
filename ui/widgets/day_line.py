"""A day and an hour, typed as people write them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QDate, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout

from caringstreet.rules.days import NotADay, NotAWindow
from caringstreet.rules.typed import read_day, read_time
from caringstreet.words import Words
from ui.icons import icon
from ui.widgets.inputs import show_trouble, words_of
from ui.widgets.text_field import TextField

_PAUSE_MS = 400
#: Frame, padding and the picture of the calendar.
_BESIDE = 52
_QUARTER = 15
_STEPS: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class DayLine(TextField):
    """`5/10`, `05102026`, 「10月5日」, `5 Oct`; what cannot be read stays, is said, and is no day.

    Up and Down go a day on or back, F4 or Alt+Down opens the calendar.
    """

    changed = Signal()

    def __init__(self, day: date, today: date) -> None:
        super().__init__(f"{day:%d/%m/%Y}")
        self._today, self._told = today, day
        self._calendar: _Calendar | None = None
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("00/00/0000") + _BESIDE)
        self._opens = self.addAction(icon("calendar", "dim"), QLineEdit.ActionPosition.TrailingPosition)
        self._opens.triggered.connect(self.open_calendar)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textEdited.connect(lambda _: self._pause.start())
        self.editingFinished.connect(self._settle)

    def day(self) -> date | None:
        """The day; None while the text is none."""
        try:
            return read_day(self.text(), self._today)
        except NotADay:
            return None

    def set_day(self, day: date) -> None:
        self.setText(f"{day:%d/%m/%Y}")
        show_trouble(self, "")
        self._tell()

    def trouble(self, words: Words) -> str:
        """Not a day."""
        if self.day() is not None:
            return ""
        if not self.text().strip():
            return words.say("Write a day, such as 5/10 or 5/10/2026.")
        return words.say("“{text}” is no day. Write it as 5/10, 5/10/2026 or 2026-10-05.", text=self.text().strip())

    def open_calendar(self) -> None:
        """Choose on a calendar; Escape closes it and changes nothing."""
        if not self.isEnabled():
            return
        self._calendar = _Calendar(self)
        self._calendar.open_at(self.mapToGlobal(QPoint(0, self.height())))

    def _settle(self) -> None:
        day = self.day()
        if day is not None:
            self.setText(f"{day:%d/%m/%Y}")
        show_trouble(self, self.trouble(words_of(self)))
        self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        day = self.day()
        if day is not None and day != self._told:
            self._told = day
            self.changed.emit()

    def put_back(self, kept: Any) -> None:
        super().put_back(kept)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(event.key(), 0)
        alt, day = event.modifiers() & Qt.KeyboardModifier.AltModifier, self.day()
        if event.key() == Qt.Key.Key_F4 or (alt and steps):
            self.open_calendar()
        elif steps and day is not None and date.min < day < date.max:
            self.set_day(day + timedelta(days=steps))
            self.selectAll()
        else:
            super().keyPressEvent(event)


class _Calendar(QFrame):
    """Opens below its field, and goes with a choice, Escape or a click elsewhere."""

    def __init__(self, line: DayLine) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        self._line = line
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        self._days = QCalendarWidget()
        self._days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = line.day()
        if day is not None:
            self._days.setSelectedDate(QDate(day.year, day.month, day.day))
        self._days.clicked.connect(self._chosen)
        self._days.activated.connect(self._chosen)
        column.addWidget(self._days)

    def open_at(self, place: QPoint) -> None:
        room, size = self._line.screen().availableGeometry(), self.sizeHint()
        place.setX(max(room.left(), min(place.x(), room.right() - size.width())))
        if place.y() + size.height() > room.bottom():
            place.setY(place.y() - self._line.height() - size.height())
        self.setGeometry(QRect(place, size))
        self.show()
        self._days.setFocus()

    def _chosen(self, day: QDate) -> None:
        self._line.set_day(date(day.year(), day.month(), day.day()))
        self.close()
        self._line.setFocus()


class TimeLine(TextField):
    """`9`, `930`, `14:15`, 「下午2:15」; Up and Down go a quarter of an hour."""

    changed = Signal()

    def __init__(self, at: time) -> None:
        super().__init__(f"{at:%H:%M}")
        self.editingFinished.connect(self._settle)
        self.textChanged.connect(lambda _: self.changed.emit())

    def at(self) -> time | None:
        """The hour; None while the text is none."""
        try:
            return read_time(self.text())
        except NotAWindow:
            return None

    def set_time(self, at: time) -> None:
        self.setText(f"{at:%H:%M}")
        show_trouble(self, "")

    def trouble(self, words: Words) -> str:
        """Not an hour."""
        return "" if self.at() is not None else words.say("Write a time, such as 9:30 or 14:15.")

    def _settle(self) -> None:
        at = self.at()
        if at is not None:
            self.setText(f"{at:%H:%M}")
        show_trouble(self, self.trouble(words_of(self)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps, at = _STEPS.get(event.key(), 0), self.at()
        if steps and at is not None:
            moved = datetime.combine(date(2026, 1, 2), at) + timedelta(minutes=steps * _QUARTER)
            self.set_time(moved.time())
            self.selectAll()
        else:
            super().keyPressEvent(event)
