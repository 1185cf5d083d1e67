"""One beep for good, two for a question, three for no; a setting silences them."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from caringstreet.rules.evidence import Verdict
from ui.preferences import Preferences

_KEY = "scan/sound"
#: Closer together, most computers sound them as one.
_APART = 220
_BEEPS = {Verdict.ASK: 2, Verdict.REFUSED: 3}


class Sounder(QObject):
    """Beeps the verdict, where the computer can."""

    def __init__(self, parent: QObject, preferences: Preferences) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._left = 0
        self._timer = QTimer(self, interval=_APART)
        self._timer.timeout.connect(self._beep)

    @property
    def on(self) -> bool:
        return self._preferences.flag(_KEY, True)

    def switch(self) -> None:
        """Turn the sound on or off; the computer remembers."""
        self._preferences.set(_KEY, not self.on)

    def tell(self, verdict: Verdict) -> None:
        """Sound a verdict; a new one cuts the former short."""
        self._timer.stop()
        if not self.on:
            return
        self._left = _BEEPS.get(verdict, 1)
        self._beep()
        if self._left:
            self._timer.start()

    def _beep(self) -> None:
        QApplication.beep()
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
