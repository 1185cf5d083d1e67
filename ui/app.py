"""Starts the window: paints first, opens the street after."""

import contextlib
import faulthandler
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from caringstreet import paths
from caringstreet.words import LANGUAGES, words_for
from ui import theme
from ui.desktop import place, set_language
from ui.preferences import Preferences


def main(arguments: Sequence[str]) -> int:
    """Open the window on the street named, the last one, or with --demo the practice street."""
    application = QApplication.instance() or QApplication(["caringstreet"])
    assert isinstance(application, QApplication)
    application.setApplicationName("Caring Street")
    application.setDesktopFileName("caringstreet")
    preferences = Preferences(paths.data_folder() / "window.ini")
    language = preferences.text("language") or _system_language()
    theme.load_fonts(application)
    theme.apply(application, preferences.text("scheme", "system"))
    set_language(application, language)
    _keep_crashes(preferences)
    shell = _Shell()
    shell.setWindowTitle(words_for(language).say("Caring Street"))
    place(shell, preferences.state("geometry"))
    starting = _Starting(application, shell, preferences, language, arguments)
    shell.painted.connect(starting.go, Qt.ConnectionType.QueuedConnection)
    shell.show()
    status = application.exec()
    starting.close()
    return status


class _Shell(QMainWindow):
    """The empty window that stands there at once; says when it was painted for the first time."""

    painted = Signal()
    _told = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told:
            self._told = True
            self.painted.emit()


class _Starting:
    """Loads what takes time once the first paint is done."""

    def __init__(
        self,
        application: QApplication,
        shell: QMainWindow,
        preferences: Preferences,
        language: str,
        arguments: Sequence[str],
    ) -> None:
        self._application, self._shell, self._preferences = application, shell, preferences
        self._language, self._arguments = language, list(arguments)
        self._house: object | None = None

    def go(self) -> None:
        """Import the rest of the program and open the street."""
        # The database and its mapping take longer to load than the window to paint.
        from ui.house import House

        house = House(self._application, self._preferences, self._language)
        self._house = house
        named = [Path(one) for one in self._arguments if not one.startswith("-")]
        if "--demo" in self._arguments:
            house.enter_practice()
        else:
            house.enter(named[0] if named else paths.default_street())
        self._shell.close()

    def close(self) -> None:
        """Back up and let go of the street."""
        if self._house is not None:
            self._house.close()  # type: ignore[attr-defined]


def _system_language() -> str:
    return "zh_HK" if QLocale.system().name().startswith("zh") else LANGUAGES[0] if not QLocale.system().name().startswith("en") else "en"


def _keep_crashes(preferences: Preferences) -> None:
    """A windowed program has no terminal: what breaks goes to the log, and one dialog says so."""
    from caringstreet import logs

    logs.start()
    with contextlib.suppress(OSError):
        faulthandler.enable((paths.data_folder() / "crash.log").open("a", encoding="utf-8"))
    said = False

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal said
        logs.log.error("%s", "".join(traceback.format_exception(kind, error, trace)))
        if said:
            return
        said = True
        from ui import problems

        problems.report(words_for(preferences.text("language") or _system_language()), error)
        said = False

    sys.excepthook = hook
