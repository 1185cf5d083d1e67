"""A page with one form: what a newcomer needs first, the rest under More, a draft kept when one leaves."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caringstreet.rules.refusals import RuleRefused
from caringstreet.wording.refusals import refusal_text
from ui.context import Context, Target
from ui.widgets.basics import RECORD_KEYS, button, card, clear, row, scrolled, shortcuts
from ui.widgets.form import Form
from ui.widgets.page import Page


class FormPage(Page):
    """A subclass builds its fields from values, gathers them again, and saves."""

    back = "today"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.subject: int | None = None
        self.form = Form()
        self.more = Form()
        frame, self._body = card(margins=24)
        frame.setMaximumWidth(900)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 8, 0)
        outer.addWidget(frame)
        outer.addStretch(1)
        self.column.addWidget(scrolled(holder), 1)
        self.save_button = button(say("Save"), self.save, kind="primary", picture="check")
        self.cancel_button = button(say("Cancel"), self.leave)
        self.more_button = button(say("More"), self._toggle_more, kind="quiet", picture="ellipsis")
        self.foot = row(self.more_button, None, self.cancel_button, self.save_button)
        self.column.addLayout(self.foot)
        shortcuts(self, self.save, *RECORD_KEYS, "Ctrl+S")
        shortcuts(self, self.leave, "Escape")

    # What a form is -------------------------------------------------------------------------------------------

    def values(self, target: Target) -> Any:
        """What the fields begin with."""
        raise NotImplementedError

    def build(self, values: Any) -> None:
        """Make the fields in `self.form` and `self.more`."""
        raise NotImplementedError

    def gather(self) -> Any:
        """The values of the fields; None where one says itself what is wrong."""
        raise NotImplementedError

    def save(self) -> None:
        """Run the service."""
        raise NotImplementedError

    # How it works ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        # Come to by its name in the search, a form is a new one.
        if not hasattr(self, "target"):
            self.open(Target(self.name, None, "new"))

    def open(self, target: Target) -> None:
        self.note.silence()
        key = f"{self.name}/{target.action}/{target.subject}"
        if key != getattr(self, "_key", None):
            self._keep_draft()
        self._key = key
        self.target = target
        self.begin(target)
        draft = self.context.drafts.get(key)
        self._show(draft if draft is not None else self.values(target))
        if draft is not None:
            self.note.say(self.words.say("This is what you had begun. Cancel starts afresh."))

    def begin(self, target: Target) -> None:
        """Remember what is edited."""
        self.subject = target.subject if isinstance(target.subject, int) else None

    def _show(self, values: Any) -> None:
        clear(self._body)
        self.form, self.more = Form(), Form()
        self.build(values)
        self._body.addWidget(self.form)
        self._body.addWidget(self.more)
        self.more.setVisible(False)
        self.more_button.setText(self.words.say("More"))
        self._first = values
        self.form.begin()

    def _toggle_more(self) -> None:
        self.more.setVisible(not self.more.isVisible())
        self.more_button.setText(self.words.say("Less") if self.more.isVisible() else self.words.say("More"))

    def refused(self, error: RuleRefused) -> None:
        text = refusal_text(self.words, error)
        if self.more.refuse(error.field, text):
            self.more.setVisible(True)
        elif not self.form.refuse(error.field, text):
            self.note.say(text, "warn")

    def hideEvent(self, event: Any) -> None:
        self._keep_draft()
        super().hideEvent(event)

    def _keep_draft(self) -> None:
        key = getattr(self, "_key", None)
        if key is None or getattr(self, "_done", False):
            return
        now = self.gather()
        if now is not None and now != self._first:
            self.context.drafts[key] = now

    def finished(self) -> None:
        """The form was saved: its draft goes."""
        self.context.drafts.pop(self._key, None)
        self._key = None  # type: ignore[assignment]

    def leave(self) -> None:
        """Go back; what was typed is given up."""
        self.finished()
        self.go_to(self.back, self.subject)
