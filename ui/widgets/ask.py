"""Short decisions: a reason, a yes."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from caringstreet.words import Words
from ui.widgets.basics import RECORD_KEYS, label, shortcuts
from ui.widgets.dialog import Dialog
from ui.widgets.text_field import NoteField


def yes_or_cancel(dialog: QDialog, words: Words, yes: str, then: Callable[[], object]) -> tuple[QDialogButtonBox, QPushButton]:
    """The foot of a dialog, Cancel beside yes, and the button of yes."""
    foot = QDialogButtonBox()
    button = foot.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    button.setProperty("kind", "primary")
    foot.addButton(words.say("Cancel"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
    foot.accepted.connect(then)
    foot.rejected.connect(dialog.reject)
    return foot, button


class AskDialog(Dialog):
    """Says what will happen, in figures; with `reason` it asks for one and stays until there is one."""

    def __init__(self, parent: QWidget, words: Words, what: str, yes: str, *, reason: bool = False, suggested: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(words.say("Caring Street"))
        self.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(label(what, "heading", wrap=True))
        self.text = NoteField(suggested)
        self.text.setPlaceholderText(words.say("Reason"))
        self.text.setAccessibleName(words.say("Reason"))
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(90)
        column.addWidget(self.text)
        self.text.setVisible(reason)
        foot, self.yes = yes_or_cancel(self, words, yes, self.accept)
        column.addWidget(foot)
        shortcuts(self, self.yes.click, *RECORD_KEYS)
        if reason:
            self.keep_as(what)
            self.yes.setEnabled(bool(suggested))
            self.text.textChanged.connect(lambda: self.yes.setEnabled(bool(self.given())))

    def given(self) -> str:
        """The reason."""
        return self.text.toPlainText().strip()


def ask(parent: QWidget, words: Words, what: str, yes: str) -> bool:
    """Whether the person says yes."""
    return AskDialog(parent, words, what, yes).exec() == QDialog.DialogCode.Accepted


def ask_reason(parent: QWidget, words: Words, what: str, yes: str, suggested: str = "") -> str | None:
    """The reason, or None where the person changed their mind."""
    dialog = AskDialog(parent, words, what, yes, reason=True, suggested=suggested)
    return dialog.given() if dialog.exec() == QDialog.DialogCode.Accepted else None
