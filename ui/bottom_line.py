"""The window's bottom: what just happened with its way back, running work, the last backup."""

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from ui.context import Context
from ui.icons import icon
from ui.runner import JobProgress
from ui.widgets.basics import button, label


class BottomLine(QFrame):
    """One line; undo and cancel stand in it while there is something to take back or to stop."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("bottom")
        self.setMinimumHeight(38)
        self._context = context
        self._then: Callable[[], object] | None = None
        self._undoes = False
        self._job: JobProgress | None = None
        words = context.words
        self._said = label("", "dim")
        self._action = button("", self.act, kind="quiet")
        self._action.hide()
        self._working = label("", "dim")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words.say("Progress"))
        self._stop = button(words.say("Cancel"), self._cancel, kind="quiet", picture="x")
        self._backup = label("", "dim")
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 3, 24, 3)
        line.addWidget(self._said)
        line.addWidget(self._action)
        line.addStretch(1)
        for widget in (self._working, self._bar, self._stop, self._backup):
            line.addWidget(widget)
        self.work_ended()
        self.show_backup()

    def show_backup(self) -> None:
        """Say when the last backup was made."""
        words, last = self._context.words, self._context.street.last_backup()
        text = words.say("No backup yet")
        if last is not None:
            text = words.say("Last backup {when}", when=f"{words.date_short(last.made_at.date())} {last.made_at:%H:%M}")
        self._backup.setText(text)

    # What just happened ---------------------------------------------------------------------------------------

    def say(self, text: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        """A sentence, with a button that leads back where there is one."""
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._then = then
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._undoes = action == self._context.words.say("Undo")
        self._action.setIcon(icon("undo-2", "accent") if self._undoes else QIcon())
        self._action.setVisible(then is not None)

    def text(self) -> str:
        """What the line says."""
        return self._said.text()

    def take_back(self) -> None:
        """Undo what just happened, once; nothing where the button leads elsewhere, or there is none."""
        if self._undoes:
            self.act()

    def act(self) -> None:
        """Do what the button does, once."""
        then, self._then = self._then, None
        self._action.hide()
        if then is not None:
            then()

    # Running work ---------------------------------------------------------------------------------------------

    def work_began(self, text: str, progress: JobProgress) -> None:
        """Show long work with its progress; short work has no text and is not shown."""
        self._job = progress
        if text:
            self._working.setText(text)
            self._bar.setRange(0, 0)
            for widget in (self._working, self._bar, self._stop):
                widget.show()
        progress.moved.connect(self._moved)

    def _moved(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._working.setText(f"{self._working.text().split('  ')[0]}  {done} / {total}")

    def work_ended(self) -> None:
        """Nothing runs any more."""
        self._job = None
        for widget in (self._working, self._bar, self._stop):
            widget.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
