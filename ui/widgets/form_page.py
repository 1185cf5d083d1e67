"""A page with one form: what a newcomer needs first, the rest under More; what was typed is kept until it is saved."""

from typing import Any

from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caringstreet.rules.refusals import RuleRefused
from caringstreet.wording.refusals import refusal_text
from ui.context import Context, Target
from ui.widgets.basics import RECORD_KEYS, button, card, clear, close_popup, row, scrolled, shortcuts
from ui.widgets.form import Form
from ui.widgets.inputs import kept_in, name_input, put_back_in
from ui.widgets.page import Page

#: A narrower window has room for the form alone.
_BESIDE = 1340


class FormPage(Page):
    """A subclass builds its fields from values, gathers them again, and saves."""

    back = "today"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.subject: int | None = None
        self.form = Form()
        self.more = Form()
        self._place = self._saving = ""
        self._keep = self.keep_typed(self.typed, self.put_back)
        frame, self._body = card(margins=24)
        self._body_frame = frame
        frame.setMaximumWidth(900)
        holder = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._across.setContentsMargins(0, 0, 8, 0)
        self._across.setSpacing(14)
        outer = QVBoxLayout()
        outer.addWidget(frame)
        outer.addStretch(1)
        self._across.addLayout(outer, 1)
        self.column.addWidget(scrolled(holder), 1)
        self.save_button = button(say("Save"), self._save_once, kind="primary", picture="check")
        self.cancel_button = button(say("Cancel"), self.leave)
        self.more_button = button(say("More"), self._toggle_more, kind="quiet", picture="ellipsis")
        self.foot = row(self.more_button, None, self.cancel_button, self.save_button)
        self.column.addLayout(self.foot)
        shortcuts(self, self._save_once, *RECORD_KEYS, "Ctrl+S")
        shortcuts(self, self.leave, "Escape")

    def put_beside(self, aside: QWidget) -> None:
        """Something to look at while one types: right of the form, or below it where there is no room."""
        self._across.addWidget(aside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.window().width() < _BESIDE
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

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
        self._keep.end()
        self.target = target
        self.begin(target)
        self._show(self.values(target))
        self._place = self.context.drafts.free_place(f"{self.name}/{target.action}/{target.subject}")
        self._keep.begin(self._place, self.title(), (target.page, target.subject, target.action))

    def begin(self, target: Target) -> None:
        """Remember what is edited."""
        self.subject = target.subject if isinstance(target.subject, int) else None

    def _show(self, values: Any) -> None:
        clear(self._body)
        self.form, self.more = Form(), Form()
        name_input(self.form, "form")
        name_input(self.more, "more")
        self.build(values)
        self._body.addWidget(self.form)
        self._body.addWidget(self.more)
        self.more.setVisible(False)
        self.more_button.setText(self.words.say("More"))
        self.form.begin()

    def typed(self) -> Any:
        """What a draft keeps of the form."""
        return kept_in(self._body_frame)

    def put_back(self, typed: Any) -> None:
        """Put what a draft kept into a form that was just opened."""
        if isinstance(typed, dict):
            put_back_in(self._body_frame, typed)

    def _toggle_more(self) -> None:
        self.more.setVisible(not self.more.isVisible())
        self.more_button.setText(self.words.say("Less") if self.more.isVisible() else self.words.say("More"))

    def _save_once(self) -> None:
        """A second press of the key, once the form is saved, finds nothing to save."""
        if self._place and not self._refuse_typed():
            self._saving = self._place
            self.save()

    def _refuse_typed(self) -> bool:
        if self.form.refuse_unreadable():
            return True
        if self.more.refuse_unreadable():
            self.more.setVisible(True)
            self.more.refuse_unreadable()
            return True
        return False

    def refused(self, error: RuleRefused) -> None:
        text = refusal_text(self.words, error)
        if self.more.refuse(error.field, text):
            self.more.setVisible(True)
        elif not self.form.refuse(error.field, text):
            self.note.say(text, "warn")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._keep.end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._place and not event.spontaneous():
            self._keep.resume(self._place)

    def finished(self) -> None:
        """The form was saved: its draft goes, and not the one of a form that was opened in the meantime."""
        saved, self._saving = self._saving or self._place, ""
        self.context.drafts.discard(saved)
        if self._place == saved:
            self._place = ""
            self._keep.saved()

    def go_on(self, page: str, subject: int | None) -> None:
        """Show what was saved, unless somebody has gone elsewhere while it was being saved."""
        if self.isVisible():
            self.go_to(page, subject)

    def leave(self) -> None:
        """Go back, with Escape a list or calendar first; what was typed is kept and offered."""
        if close_popup():
            return
        self._keep.end()
        self._place = ""
        self.go_to(self.back, self.subject)
