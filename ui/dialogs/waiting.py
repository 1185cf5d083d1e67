"""Work that stands in the way of everything else: how far it is, and a way out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from caringstreet.words import Words


class WaitingDialog(QProgressDialog):
    """Stays until it is told that the work ended; Cancel and closing it ask the work to stop."""

    def __init__(self, parent: QWidget | None, words: Words, what: str) -> None:
        super().__init__(what, words.say("Cancel"), 0, 0, parent)
        self._what = what
        self.setWindowTitle(words.say("Caring Street"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumDuration(0)
        self.setMinimumWidth(380)
        self.setAutoClose(False)
        self.setAutoReset(False)
        bar = self.findChild(QProgressBar)
        if bar is not None:
            bar.setTextVisible(False)

    def moved(self, done: int, total: int) -> None:
        """So many parts of so many are done."""
        self.setMaximum(total)
        self.setValue(done)
        self.setLabelText(f"{self._what}  {done} / {total}")

    def ended(self) -> None:
        """Go away without asking anything to stop."""
        self.blockSignals(True)
        self.hide()
        self.deleteLater()
