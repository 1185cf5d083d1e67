"""Says how far long work is that has no window of its own to say it in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from caringstreet.words import Words
from ui.runner import JobProgress


class WorkingDialog(QProgressDialog):
    """Shown once the work takes a moment; cancelling asks the work to stop."""

    def __init__(self, parent: QWidget | None, words: Words, text: str) -> None:
        super().__init__(text, words.say("Cancel"), 0, 0, parent)
        self.setWindowTitle(words.say("Caring Street"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumDuration(300)
        self.setMinimumWidth(380)
        self.setAutoReset(False)
        self.setAutoClose(False)

    def follow(self, progress: JobProgress) -> None:
        """Show this work until the dialog is closed."""
        progress.moved.connect(self._moved)
        self.canceled.connect(progress.cancel)

    def done_with(self) -> None:
        """Take it away; closing it would count as a cancel."""
        self.hide()
        self.deleteLater()

    def _moved(self, done: int, total: int) -> None:
        self.setMaximum(total)
        self.setValue(done)
