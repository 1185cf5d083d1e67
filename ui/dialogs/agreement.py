"""Asks the days of a newly signed agreement."""

from datetime import date

from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from caringstreet.words import Words
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog
from ui.widgets.fields import DayField
from ui.widgets.form import Form


class AgreementDialog(Dialog):
    """The day of signing, and the last day where there is one."""

    def __init__(self, parent: QWidget, words: Words, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.say("Renew agreement"))
        self.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.addWidget(label(words.say("Renew agreement"), "heading"))
        self._signed = DayField(today)
        year_after = date(today.year + 1, today.month, min(today.day, 28))
        self._until = DayField(year_after, optional=True, today=year_after)
        self._form = Form()
        self._form.add("signed", words.say("Signed on"), self._signed)
        self._form.add("until", words.say("Until"), self._until, words.say("Without a tick it has no end."))
        column.addWidget(self._form)
        self._words = words
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.keep_as(words.say("Renew agreement"))

    def signed_on(self) -> date:
        found = self._signed.day()
        assert found is not None
        return found

    def until(self) -> date | None:
        return self._until.day()

    def _save(self) -> None:
        if self.refuse_unreadable():
            return
        until = self.until()
        if until is not None and until < self.signed_on():
            self._form.refuse("until", self._words.say("The last day is before the day of signing. Check both days."))
            return
        self.accept()
