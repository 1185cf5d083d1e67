"""What the window says when the environment or the program says no."""

import traceback

from PySide6.QtWidgets import QMessageBox, QWidget

from caringstreet.exchange.error_words import sheet_trouble_text
from caringstreet.exchange.spreadsheets import UnreadableSheet
from caringstreet.logs import log
from caringstreet.paths import log_file
from caringstreet.rules.refusals import RuleRefused
from caringstreet.storage.problems import StorageProblem, StorageTrouble, trouble_of
from caringstreet.wording.refusals import refusal_text, trouble_text
from caringstreet.words import Words


def explained(words: Words, error: BaseException) -> tuple[str, str]:
    """What happened, and what to do about it."""
    if isinstance(error, RuleRefused):
        return refusal_text(words, error), ""
    if isinstance(error, StorageProblem):
        return trouble_text(words, error.kind, error.path, error.kept)
    if isinstance(error, UnreadableSheet):
        return sheet_trouble_text(words, error), ""
    if isinstance(error, OSError):
        trouble = StorageTrouble.FOLDER_UNUSABLE if isinstance(error, FileNotFoundError) else trouble_of(error)
        return trouble_text(words, trouble, str(error.filename or ""))
    return words.say("Something went wrong in the program."), words.say(
        "Nothing of this action was saved. The log tells more: {path}", path=log_file()
    )


def is_known(error: BaseException) -> bool:
    """Whether it is a no of a rule or of the environment, and not a bug."""
    return isinstance(error, RuleRefused | StorageProblem | UnreadableSheet | OSError)


def report(words: Words, error: BaseException, parent: QWidget | None = None) -> None:
    """One dialog; a bug goes to the log with where it happened."""
    if not is_known(error):
        log.error("%s", "".join(traceback.format_exception(error)))
    what, then = explained(words, error)
    box = QMessageBox(parent)
    box.setWindowTitle(words.say("Caring Street"))
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(what)
    box.setInformativeText(then)
    box.exec()
