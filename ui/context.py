"""What every page is given: the open street, the words, the runner, the month in view."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import Clock
from caringstreet.rules.months import Month
from caringstreet.storage.database import Database
from caringstreet.words import Words
from ui.drafts import Drafts
from ui.preferences import Preferences
from ui.runner import Runner


class MonthInView(QObject):
    """The one month of the whole window."""

    changed = Signal()

    def __init__(self, month: Month) -> None:
        super().__init__()
        self._month = month

    @property
    def month(self) -> Month:
        return self._month

    def show(self, month: Month) -> None:
        """Look at another month."""
        if month != self._month:
            self._month = month
            self.changed.emit()


class StatusLine(QObject):
    """What just happened, with a way back where there is one."""

    said = Signal(str, str, object)

    def say(self, text: str) -> None:
        self.said.emit(text, "", None)

    def say_with(self, text: str, action: str, then: Callable[[], object]) -> None:
        """A line with one button, such as undo."""
        self.said.emit(text, action, then)


@dataclass(frozen=True)
class Target:
    """A place in the window: a page, what to show there, and what to begin."""

    page: str
    subject: Any = None
    action: str = ""


@dataclass
class Context:
    """Handed to each page; there are no globals."""

    street: OpenStreet
    words: Words
    runner: Runner
    preferences: Preferences
    month: MonthInView
    status: StatusLine
    actor: str
    drafts: Drafts

    @property
    def database(self) -> Database:
        return self.street.database

    @property
    def clock(self) -> Clock:
        return self.street.clock
