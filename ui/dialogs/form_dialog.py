"""A short decision with a few fields; it stays open until the service has taken it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from caringstreet.rules.refusals import RuleRefused
from caringstreet.wording.refusals import refusal_text
from ui.widgets.ask import yes_or_cancel
from ui.widgets.basics import Note, label
from ui.widgets.dialog import Dialog
from ui.widgets.form import Form
from ui.widgets.page import Page


class FormDialog(Dialog):
    """A subclass adds its fields to `form` and calls `run` in `save`; a refusal is said beside its field."""

    def __init__(self, page: Page, what: str, yes: str) -> None:
        super().__init__(page)
        self._page, self.words = page, page.words
        self.setWindowTitle(page.words.say("Caring Street"))
        self.setMinimumWidth(480)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(label(what, "heading", wrap=True))
        self.form = Form()
        column.addWidget(self.form)
        self.note = Note()
        column.addWidget(self.note)
        foot, self.yes = yes_or_cancel(self, page.words, yes, self._save)
        column.addWidget(foot)
        self.keep_as(what)

    def save(self) -> None:
        """Run the service with what the fields say."""
        raise NotImplementedError

    def _save(self) -> None:
        self.form.clear_refusals()
        self.note.silence()
        if not self.refuse_unreadable():
            self.save()

    def run(self, service: Callable[..., Any], *, done: Callable[[Any], None], **arguments: Any) -> None:
        """Do it; the dialog closes when it went well."""

        def went_well(result: Any) -> None:
            self.accept()
            done(result)

        self._page.do(service, done=went_well, refused=self.refused, **arguments)

    def refused(self, error: RuleRefused) -> None:
        """Say a refusal beside its field, or below all of them."""
        text = refusal_text(self.words, error)
        if not self.form.refuse(error.field, text):
            self.note.say(text, "warn")
        self.adjustSize()
