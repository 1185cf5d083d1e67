"""The window's bottom: what just happened with its way back, running work, the last backup."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from ui.context import Context
from ui.icons import icon
from ui.runner import JobProgress
from ui.widgets.basics import button, label
from ui.widgets.page import Page


class BottomLine(QFrame):
    """One line; undo and cancel stand in it while there is something to take back or to stop.

    `page` finds a page by its name, or with "" the one in view.
    """

    def __init__(self, context: Context, page: Callable[[str], Page]) -> None:
        super().__init__()
        self.setObjectName("bottom")
        self.setMinimumHeight(38)
        self._context, self._page = context, page
        self._job: JobProgress | None = None
        words = context.words
        self._said = label("", "dim")
        self._action = button("", self.act, kind="quiet")
        self._action.setIconSize(QSize(18, 18))
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
        self._show_said()
        # Bound to this line, these end with it; the window's runner and status live longer.
        context.status.changed.connect(self._show_said)
        context.runner.started.connect(self.work_began)
        context.runner.finished.connect(self.work_ended)

    def show_backup(self) -> None:
        """Say when the last backup was made."""
        words, last = self._context.words, self._context.street.last_backup()
        text = words.say("No backup yet")
        if last is not None:
            text = words.say("Last backup {when}", when=f"{words.date_short(last.made_at.date())} {last.made_at:%H:%M}")
        self._backup.setText(text)

    # What just happened ---------------------------------------------------------------------------------------

    def _show_said(self) -> None:
        """A sentence, with a button that leads back or on where there is one."""
        now = self._context.status.now
        self._said.setText(now.text)
        self._said.setAccessibleName(now.text)
        self._action.setText(now.action)
        self._action.setAccessibleName(now.action)
        self._action.setIcon(icon("undo-2", "accent") if now.undo else QIcon())
        self._action.setVisible(now.then is not None)

    def text(self) -> str:
        """What the line says."""
        return self._said.text()

    def take_back(self) -> None:
        """Undo what just happened, once; nothing where the button leads elsewhere, or there is none."""
        if self._context.status.now.undo:
            self.act()

    def act(self) -> None:
        """Do what the button does, once."""
        pressed = self._action.hasFocus()
        happened = self._context.status.take()
        page = self._page(happened.page)
        if pressed:
            # The button has gone; one goes on in the page, not wherever the keyboard fell.
            page.arrive()
            page.settle()
        if happened.then is not None:
            happened.then(page)

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
