"""The real window on a real street, as tests sit down at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import ClassVar, TypeVar

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import FixedClock
from ui import theme
from ui.context import Target
from ui.desktop import set_language
from ui.house import House
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.runner import Runner
from ui.widgets.ask import AskDialog
from ui.widgets.page import Page

D = TypeVar("D", bound=QDialog)


def in_dialog(kind: type[D], then: Callable[[D], object]) -> list[D]:
    """Do something in the dialog that opens next, and close it; the list tells whether it opened."""
    seen: list[D] = []
    waiting = QTimer(QApplication.instance(), interval=5)

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            waiting.stop()
            waiting.deleteLater()
            assert isinstance(dialog, kind)
            seen.append(dialog)
            then(dialog)
            if dialog.isVisible():
                dialog.reject()

    waiting.timeout.connect(act)
    waiting.start()
    return seen


class WindowDesk:
    """One sitting: pages by name, buttons by their words."""

    #: Those that a failing test left open; they hold locks.
    still_open: ClassVar[list["WindowDesk"]] = []

    def __init__(self, folder: Path, at: datetime, language: str = "zh_HK", *, inline: bool = True) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if not application.styleSheet():
            # As in the program: without its look, widgets have other sizes.
            theme.load_fonts(application)
            theme.apply(application, "light")
        set_language(application, language)
        preferences = Preferences(folder / "window.ini")
        preferences.set("language", language)
        preferences.set("actor", "林姑娘")
        preferences.set("scan/sound", False)
        self.clock = FixedClock(at)
        self.failures: list[BaseException] = []
        self.house = House(application, preferences, language, clock=self.clock, inline=inline)

    def sit_down(self, data: Path) -> None:
        """Open a street; errors that nobody expected are collected instead of shown."""
        self.still_open.append(self)
        self.house.enter(data)
        window = self.window
        self.runner.failed.disconnect(window._failed)
        self.runner.failed.connect(self.failures.append)
        window.showNormal()
        window.resize(1366, 768)

    @property
    def window(self) -> MainWindow:
        found = self.house.window
        assert isinstance(found, MainWindow)
        return found

    @property
    def runner(self) -> Runner:
        return self.window.context.runner

    @property
    def street(self) -> OpenStreet:
        found = self.house.street
        assert found is not None
        return found

    def at(self, moment: datetime) -> None:
        """Move the clock."""
        self.clock.set(moment)

    def page(self, name: str, subject: object = None, action: str = "") -> Page:
        """Go to a page."""
        self.window.show_page(Target(name, subject, action))
        return self.window.page()

    def press(self, words: str, inside: QWidget | None = None) -> None:
        """Press the enabled button that says these words, or whose accessible name does."""
        place = inside or self.window.page()

        def named() -> list[QAbstractButton]:
            found = place.findChildren(QAbstractButton)
            return [one for one in found if words in (one.text(), one.accessibleName()) and not one.isHidden()]

        # What is built anew shows itself some events later; a person waits for it, too.
        QApplication.processEvents()
        waited = QElapsedTimer()
        waited.start()
        while not (found := named()) and waited.elapsed() < 2000:
            QTest.qWait(5)
        assert found, (words, [one.text() for one in place.findChildren(QAbstractButton)])
        assert found[0].isEnabled(), words
        found[0].click()

    @contextmanager
    def answering(self, reason: str) -> Iterator[None]:
        """Give a reason in the dialog that opens next, and say yes."""
        answered: list[bool] = []

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, AskDialog) and dialog.isVisible():
                dialog.text.setPlainText(reason)
                dialog.yes.click()
                answered.append(True)

        looking = QTimer()
        looking.setInterval(10)
        looking.timeout.connect(answer)
        looking.start()
        yield
        looking.stop()
        assert answered

    def leave(self) -> None:
        """Close window and street."""
        self.still_open.remove(self)
        self.house.close()
        assert self.failures == []
