"""A review: which proofs hold, until when, and when to look again."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caringstreet.queries.households import HouseholdDetail
from caringstreet.queries.street import CategoryRow
from caringstreet.services.households import CheckForm
from caringstreet.words import Words
from ui.dialogs.household_proofs import ProofsField
from ui.widgets.ask import yes_or_cancel
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog
from ui.widgets.fields import DayField
from ui.widgets.form import Form


class ReviewDialog(Dialog):
    """Begins with what is known; a proof that ends soon is taken as seen again, for a year."""

    def __init__(self, parent: QWidget, words: Words, household: HouseholdDetail, categories: Sequence[CategoryRow], today: date) -> None:
        super().__init__(parent)
        self._words = words
        self.setWindowTitle(words.say("Review"))
        self.setMinimumWidth(720)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        named = f"{household.number} {household.display_name}"
        column.addWidget(label(words.say("Review of {household}", household=named), "heading", wrap=True))
        known = [CheckForm(one.category, one.seen_on, one.valid_until) for one in household.checks]
        self.proofs = ProofsField(words, categories, known, today, reviewing=True)
        self.review_on = DayField(None, optional=True, today=today)
        self.form = Form()
        hint = words.say("Tick what you have seen; look at it and give it back. Untick what no longer holds.")
        self.form.add("checks", words.say("Proof seen"), self.proofs, hint)
        self.form.add("review_on", words.say("Next review"), self.review_on, words.say("Without a tick it is the last day of the proofs."))
        column.addWidget(self.form)
        foot, self.yes = yes_or_cancel(self, words, words.say("Record"), self._save)
        column.addWidget(foot)
        self.keep_as(words.say("Review of {household}", household=named))

    def checks(self) -> tuple[CheckForm, ...]:
        """The proofs that hold now."""
        return self.proofs.checks()

    def _save(self) -> None:
        if self.refuse_unreadable():
            return
        words, past = self._words, self.proofs.past()
        if not self.checks():
            self.form.refuse("checks", words.say("Tick at least one proof, or let the household pause or end its participation."))
        elif past:
            self.form.refuse("checks", words.say("The last day of {what} is over. Untick it, or give a later day.", what=past[0]))
        else:
            self.accept()
