"""What every page is given: the open street, the words, the runner, the month in view."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import Clock
from caringstreet.rules.months import Month
from caringstreet.storage.database import Database
from caringstreet.words import Words, said_again
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


@dataclass(frozen=True)
class Happened:
    """What was done last, and a button that leads on from it: `then` is given the `page` of that name, or the one in view.

    It is never bound to a page itself, which may have been built anew in the meantime.
    """

    text: str = ""
    action: str = ""
    then: Callable[[Any], object] | None = None
    page: str = ""
    undo: bool = False


class StatusLine(QObject):
    """What just happened, with a way back or on where there is one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.now = Happened()

    def say(self, text: str) -> None:
        self.tell(Happened(text))

    def tell(self, happened: Happened) -> None:
        """A line with one button, such as undo."""
        self.now = happened
        self.changed.emit()

    def take(self) -> Happened:
        """The way back or on, which is there once; the text stays."""
        taken = self.now
        self.tell(Happened(taken.text))
        return taken

    def speak(self, words: Words) -> None:
        """Say it again in other words."""
        now = self.now
        text, action = said_again(now.text, words), said_again(now.action, words)
        self.tell(replace(now, text=text, action=action))


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
