"""Short decisions: a reason, a yes."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from caringstreet.words import Words
from ui.widgets.basics import RECORD_KEYS, label, shortcuts


class AskDialog(QDialog):
    """Says what will happen, in figures; with `reason` it asks for one and stays until there is one."""

    def __init__(self, parent: QWidget, words: Words, what: str, yes: str, *, reason: bool = False, suggested: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(words.say("Caring Street"))
        self.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(label(what, "heading", wrap=True))
        self.text = QPlainTextEdit(suggested)
        self.text.setPlaceholderText(words.say("Reason"))
        self.text.setAccessibleName(words.say("Reason"))
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(90)
        column.addWidget(self.text)
        self.text.setVisible(reason)
        buttons = QDialogButtonBox()
        self.yes = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.yes.setProperty("kind", "primary")
        no = buttons.addButton(words.say("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        no.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        shortcuts(self, self.yes.click, *RECORD_KEYS)
        if reason:
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
