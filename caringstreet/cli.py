"""The street without a window: verbs for scripts and for nights."""

import sys
from collections.abc import Sequence

from caringstreet import logs
from caringstreet.commands import desk as desks
from caringstreet.commands import (
    voucher_commands,
)
from caringstreet.commands.desk import DONE, ENVIRONMENT, REFUSED, WRONG_USE, Desk
from caringstreet.commands.verbs import parser
from caringstreet.exchange.error_words import sheet_trouble_text
from caringstreet.exchange.spreadsheets import SheetTrouble, UnreadableSheet
from caringstreet.paths import log_file
from caringstreet.printing.substitutes import noticing
from caringstreet.rules.doubts import Doubt, Doubted
from caringstreet.rules.refusals import RuleRefused
from caringstreet.scanning.chat_files import ChatTrouble, UnreadableChat
from caringstreet.storage.problems import StorageProblem, StorageTrouble, trouble_of
from caringstreet.wording.messages import chat_trouble_text
from caringstreet.wording.paper import substituted_lines
from caringstreet.wording.refusals import refusal_text, trouble_text
from caringstreet.words import words_for


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status says how it ended. Never a traceback."""
    logs.start()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        options = parser(words_for(desks.asked_language(sys.argv[1:] if arguments is None else arguments))).parse_args(arguments)
    except SystemExit as stopped:
        return DONE if stopped.code == 0 else WRONG_USE
    if getattr(options, "run", None) is voucher_commands.issue and not options.plan and not (options.household and options.offer):
        sys.stderr.write("issue: --plan FILE, or --household and --offer\n")
        return WRONG_USE
    desk = desks.make_desk(options)
    try:
        with noticing() as substituted:
            status = int(options.run(desk))
        for line in substituted_lines(desk.words, substituted):
            desk.say(line)
        return status
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _stopped(desk, error)


def _stopped(desk: Desk, error: Exception) -> int:
    """The edge: every error becomes a sentence and a status."""
    status, kind, sentence = _explained(desk, error)
    if desk.wants_json:
        desk.answer({"refused": kind, "problem": sentence})
    desk.say(sentence)
    return status


def _explained(desk: Desk, error: Exception) -> tuple[int, str, str]:
    words = desk.words
    if isinstance(error, Doubted):
        option = "--again" if error.reason is Doubt.PLAN_AGAIN else f"--accept {error.reason}"
        how = words.say("To go on all the same, add {option}.", option=option)
        return REFUSED, str(error.reason), f"{refusal_text(words, error)} {how}"
    if isinstance(error, RuleRefused):
        return REFUSED, str(error.reason), refusal_text(words, error)
    if isinstance(error, UnreadableSheet):
        wrong_use = error.kind in (SheetTrouble.NO_SUCH_COLUMN, SheetTrouble.NO_SUCH_FIELD)
        status = ENVIRONMENT if error.kind is SheetTrouble.MISSING else WRONG_USE if wrong_use else REFUSED
        return status, str(error.kind), sheet_trouble_text(words, error)
    if isinstance(error, UnreadableChat):
        status = ENVIRONMENT if error.kind is ChatTrouble.MISSING else REFUSED
        return status, str(error.kind), chat_trouble_text(words, error)
    if isinstance(error, StorageProblem):
        return ENVIRONMENT, str(error.kind), " ".join(trouble_text(words, error.kind, error.path, error.kept))
    if isinstance(error, OSError):
        trouble = StorageTrouble.FOLDER_UNUSABLE if isinstance(error, FileNotFoundError) else trouble_of(error)
        return ENVIRONMENT, "file", " ".join(trouble_text(words, trouble, str(error.filename or "")))
    logs.log.exception("command failed")
    return ENVIRONMENT, "bug", words.say("Something went wrong in the program; nothing was saved. The log tells more: {path}", path=log_file())


if __name__ == "__main__":
    sys.exit(main())
