"""The street without a window: verbs for scripts and for nights."""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from caringstreet import logs
from caringstreet.commands import desk as desks
from caringstreet.commands import (
    voucher_commands,
)
from caringstreet.commands.desk import DONE, ENVIRONMENT, REFUSED, WRONG_USE, AnswerLost, Desk
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

#: What options call files, whose names on some systems are bytes and no text.
_FILES = frozenset({"data", "file", "plan", "out", "xlsx", "errors"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status says how it ended. Never a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _open_streams()
    logs.start()
    words = words_for(desks.asked_language(given))
    try:
        options = parser(words).parse_args(given)
    except SystemExit as stopped:
        return _helped() if stopped.code == 0 else WRONG_USE
    desk = desks.make_desk(options)
    odd = _no_text(options)
    if odd is not None:
        desk.say(words.say("“{text}” has bytes in it that are no text. Type it again, or paste it from elsewhere.", text=odd))
        return WRONG_USE
    if getattr(options, "run", None) is voucher_commands.issue and not options.plan and not (options.household and options.offer):
        desk.say(words.say("issue: --plan FILE, or --household and --offer"))
        return WRONG_USE
    try:
        with noticing() as substituted:
            status = int(options.run(desk))
        for line in substituted_lines(desk.words, substituted):
            desk.say(line)
        return status
    except KeyboardInterrupt:
        return 130
    except AnswerLost as lost:
        return _unheard(desk, lost)
    except Exception as error:
        return _stopped(desk, error)
    finally:
        desk.close()


def _open_streams() -> None:
    """UTF-8 whatever the system's code page; what has no text in it is shown by its number; a closed one swallows."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="strict" if name == "stdin" else "backslashreplace")


def _no_text(options: argparse.Namespace) -> str | None:
    """A word of the command line that is no text, and is to be kept as such. Names of files may be anything."""
    for name, value in vars(options).items():
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, str) and name not in _FILES:
                try:
                    one.encode()
                except UnicodeEncodeError:
                    return one
    return None


def _helped() -> int:
    """The help was asked for; whether it could be written shows only now."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _let_go(sys.stdout)
        return DONE if isinstance(error, BrokenPipeError) else ENVIRONMENT
    return DONE


def _unheard(desk: Desk, lost: AnswerLost) -> int:
    """The answer found no reader. What was done is not denied; who only closed a pipe early is told nothing more."""
    _let_go(desk.out)
    if desk.saved:
        desk.say(
            desk.words.say(
                "It was done and is saved; only the answer could not be written ({reason}). Do not run it a second time.",
                reason=lost.cause.strerror or lost.cause,
            )
        )
    elif not isinstance(lost.cause, BrokenPipeError):
        desk.say(desk.words.say("The answer could not be written ({reason}).", reason=lost.cause.strerror or lost.cause))
    else:
        return DONE
    return ENVIRONMENT


def _let_go(stream: TextIO) -> None:
    """Nothing more is written there, not even at the end of the program, where it would complain."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _stopped(desk: Desk, error: Exception) -> int:
    """The edge: every error becomes a sentence and a status, whether or not anybody reads the document about it."""
    status, kind, sentence = _explained(desk, error)
    if desk.wants_json:
        try:
            desk.answer({"refused": kind, "problem": sentence})
        except AnswerLost:
            _let_go(desk.out)
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
    if isinstance(error, UnicodeEncodeError):
        return (
            REFUSED,
            "no_text",
            words.say("“{text}” has bytes in it that are no text. Type it again, or paste it from elsewhere.", text=error.object),
        )
    logs.log.exception("command failed")
    if desk.saved:
        return (
            ENVIRONMENT,
            "bug",
            words.say(
                "Something went wrong in the program after the action was saved. Do not run it a second time. The log tells more: {path}",
                path=log_file(),
            ),
        )
    return (
        ENVIRONMENT,
        "bug",
        words.say("Something went wrong in the program; nothing was saved. The log tells more: {path}", path=log_file()),
    )


if __name__ == "__main__":
    sys.exit(main())
