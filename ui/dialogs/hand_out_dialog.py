"""Asks on which day vouchers were handed out, and who took them."""

from datetime import date

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from caringstreet.rules.vouchers import HandedTo
from caringstreet.wording.labels import label as label_of
from caringstreet.words import Words
from ui.widgets.ask import yes_or_cancel
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog
from ui.widgets.fields import ChoiceField, DayField
from ui.widgets.form import Form


class HandOutDialog(Dialog):
    """Today and the neighbour in person, unless said otherwise; no identity document is asked."""

    def __init__(self, parent: QWidget, words: Words, count: int, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.say("Hand out"))
        self.setMinimumWidth(400)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        said = words.say_count("Record the hand-out of {n} voucher", "Record the hand-out of {n} vouchers", count)
        column.addWidget(label(said, "heading", wrap=True))
        form = Form()
        self.day = DayField(today)
        self.to = ChoiceField([(one, label_of(words, one)) for one in HandedTo], HandedTo.SELF)
        form.add("day", words.say("Day"), self.day)
        form.add("to", words.say("Taken by"), self.to)
        column.addWidget(form)
        foot, _ = yes_or_cancel(self, words, words.say("Record"), self.accept)
        column.addWidget(foot)
        self.keep_as(said)


def ask_hand_out(parent: QWidget, words: Words, count: int, today: date) -> tuple[date, HandedTo] | None:
    """The day and who took them, or None where the person changed their mind."""
    dialog = HandOutDialog(parent, words, count, today)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    day = dialog.day.day()
    return (day or today, dialog.to.value())
