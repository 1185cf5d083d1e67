"""Asks who sits at the keyboard now."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from caringstreet.words import Words
from ui.widgets.ask import yes_or_cancel
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog
from ui.widgets.form import Form
from ui.widgets.text_field import TextField


class ChangeUserDialog(Dialog):
    """Takes any name but an empty one."""

    def __init__(self, parent: QWidget, words: Words, now: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.say("Change user"))
        self.setMinimumWidth(400)
        column = QVBoxLayout(self)
        column.addWidget(label(words.say("Who sits here now?"), "heading"))
        form = Form()
        self.user_name = TextField(now)
        form.add("actor", words.say("Your name"), self.user_name, words.say("It is noted beside everything you do."))
        column.addWidget(form)
        foot, self.yes = yes_or_cancel(self, words, words.say("Change user"), self.accept)
        column.addWidget(foot)
        self.user_name.textChanged.connect(lambda text: self.yes.setEnabled(bool(text.strip())))
        self.user_name.selectAll()
        self.keep_as(words.say("Change user"))


def ask_user(parent: QWidget, words: Words, now: str) -> str | None:
    """The new name, or None where the person changed their mind."""
    dialog = ChangeUserDialog(parent, words, now)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return dialog.user_name.text().strip()
