"""Makes a hand-out list: its day and its name."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import distributions as services
from caringstreet.services.distributions import ListForm, PlannedList
from caringstreet.wording.refusals import refusal_text
from ui.widgets.basics import RECORD_KEYS, button, card, clear, label, row, shortcuts
from ui.widgets.fields import DayField
from ui.widgets.form import Form
from ui.widgets.inputs import kept_in, put_back_in
from ui.widgets.page import Page
from ui.widgets.text_field import TextField


class ListPlanCard(QWidget):
    """Two fields; the lines follow on the list itself."""

    def __init__(self, page: Page, *, saved: Callable[[int], None], left: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._saved, self._left = page, saved, left
        self.words = page.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        frame, self._body = card(margins=24)
        frame.setMaximumWidth(760)
        column.addWidget(frame)
        column.addStretch(1)
        shortcuts(self, self.save, *RECORD_KEYS, "Ctrl+S")
        shortcuts(self, left, "Escape")
        self.begin()

    def begin(self) -> None:
        """Fields of a new list."""
        say = self.words.say
        clear(self._body)
        self.form = Form()
        self.day, self.list_name = DayField(self._page.context.clock.today()), TextField()
        self.list_name.setPlaceholderText(say("such as: rice of November"))
        self.list_name.returnPressed.connect(self.save)
        self._body.addWidget(label(say("Make a hand-out list"), "heading"))
        self.form.add("day", say("Day"), self.day)
        self.form.add("name", say("Name of the list"), self.list_name)
        self._body.addWidget(self.form)
        self.save_button = button(say("Save"), self.save, kind="primary", picture="check")
        self._body.addLayout(row(None, button(say("Cancel"), self._left), self.save_button))

    def arrive(self) -> None:
        """Begin at the name."""
        self.list_name.setFocus()

    def typed(self) -> Any:
        """The two fields."""
        return kept_in(self.form)

    def bring_back(self, typed: Any) -> None:
        """Put in what a draft kept."""
        put_back_in(self.form, typed)

    def save(self) -> None:
        """Make the list."""
        self.form.clear_refusals()
        form = ListForm(self.day.day() or self._page.context.clock.today(), self.list_name.text())
        self._page.do(services.plan, form=form, done=self._done, refused=self._refused)

    def _done(self, planned: PlannedList) -> None:
        self._page.context.status.say(self.words.say("{name} saved", name=self.list_name.text().strip()))
        self._saved(planned.distribution_id)

    def _refused(self, refused: RuleRefused) -> None:
        text = refusal_text(self.words, refused)
        if not self.form.refuse(refused.field, text):
            self._page.note.say(text, "warn")
