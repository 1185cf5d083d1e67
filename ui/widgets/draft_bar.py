"""The one bar that offers back what was typed and not saved."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from caringstreet.clock import local_day
from caringstreet.words import Words
from ui.drafts import Draft
from ui.widgets.basics import button, icon_label, label


class DraftBar(QFrame):
    """The latest of the drafts that stand in no form in view; hidden while there is none."""

    wanted = Signal(object)
    discarded = Signal(object)

    def __init__(self, words: Words, today: Callable[[], date]) -> None:
        super().__init__()
        self._words, self._today = words, today
        self._draft: Draft | None = None
        inside = QFrame()
        inside.setProperty("note", "info")
        line = QHBoxLayout(inside)
        line.setContentsMargins(12, 4, 8, 4)
        self._said = label("", wrap=True)
        self.back_button = button(words.say("Bring back what you typed"), self._bring_back, picture="pencil")
        self.discard_button = button(words.say("Discard"), self._discard, kind="quiet", picture="trash-2")
        line.addWidget(icon_label("save", "accent", 18))
        line.addWidget(self._said, 1)
        line.addWidget(self.back_button)
        line.addWidget(self.discard_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 6)
        column.addWidget(inside)
        self.hide()

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Offer the first of these."""
        self._draft = drafts[0] if drafts else None
        if self._draft is not None:
            self._said.setText(self._sentence(self._draft, len(drafts) - 1))
            self._said.setAccessibleName(self._said.text())
        self.setVisible(self._draft is not None)

    def text(self) -> str:
        """What the bar says; empty while it offers nothing."""
        return self._said.text() if self._draft is not None else ""

    def _sentence(self, draft: Draft, others: int) -> str:
        words, day = self._words, local_day(draft.typed_at)
        time = words.time(draft.typed_at)
        when = time if day == self._today() else f"{words.date_short(day)} {time}"
        said = words.say("“{form}” was not saved: what you typed until {when} is kept.", form=draft.title, when=when)
        return said if not others else " ".join((said, words.say_count("{n} more waits.", "{n} more wait.", others)))

    def _bring_back(self) -> None:
        if self._draft is not None:
            self.wanted.emit(self._draft)

    def _discard(self) -> None:
        if self._draft is not None:
            self.discarded.emit(self._draft)
