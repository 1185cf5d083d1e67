"""Asks once about all rows of a file that are unusual: take them too, or leave them out."""

from collections import Counter
from enum import IntEnum

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from caringstreet.exchange.error_words import problem_text
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.inputs import RowError
from caringstreet.services.import_run import ImportOutcome
from caringstreet.words import Words
from ui.widgets.ask import AskDialog


class Answer(IntEnum):
    """What the person wants; Cancel imports nothing."""

    CANCEL = QDialog.DialogCode.Rejected
    TAKE = QDialog.DialogCode.Accepted
    WITHOUT = 2


class ImportQuestion(AskDialog):
    """Lists the kinds with how many rows there are of each, and the first of them."""

    def __init__(self, parent: QWidget, words: Words, outcome: ImportOutcome) -> None:
        super().__init__(parent, words, question(words, outcome), words.say("Take them too"))
        foot = self.findChild(QDialogButtonBox)
        assert isinstance(foot, QDialogButtonBox)
        self.without = foot.addButton(words.say("Import without them"), QDialogButtonBox.ButtonRole.ActionRole)
        self.without.setAutoDefault(False)
        self.without.clicked.connect(lambda: self.done(Answer.WITHOUT))


def question(words: Words, outcome: ImportOutcome) -> str:
    """One sentence for all, then a line for each kind."""
    counts: Counter[Doubt] = outcome.asked
    first: dict[str, RowError] = {}
    for error in outcome.errors:
        first.setdefault(error.kind, error)
    lines = [words.say_count("{n} row is unusual. Take it too?", "{n} rows are unusual. Take them too?", counts.total())]
    for kind, count in counts.most_common():
        error = first[str(kind)]
        lines.append(words.say("{n} × line {line}: {what}", n=count, line=error.line, what=problem_text(words, error)))
    return "\n".join(lines)
