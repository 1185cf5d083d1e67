"""Arguments read in the reader's language: argparse itself knows only English."""

import argparse
import re
from collections.abc import Iterable
from functools import partial
from typing import Any, NoReturn

from caringstreet.words import Words, mark

_ARGUMENT = r"argument (?P<name>.+?): "
#: What argparse says, and how we say it; the first that fits counts.
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), said)
    for pattern, said in (
        (r"the following arguments are required: (?P<names>.+)", mark("Missing: {names}.")),
        (r"unrecognized arguments: (?P<names>.+)", mark("“{names}” means nothing here.")),
        (r"ambiguous option: (?P<name>\S+) could match (?P<choices>.+)", mark("{name} can mean {choices}. Write it in full.")),
        (_ARGUMENT + r"invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)", mark("{name}: {value} is none of: {choices}.")),
        (_ARGUMENT + r"expected .+ arguments?", mark("{name}: something must follow it.")),
        (_ARGUMENT + r"ignored explicit argument (?P<value>.+)", mark("{name}: nothing may follow it, such as {value}.")),
        (_ARGUMENT + r"invalid int value: (?P<value>.+)", mark("{name}: {value} is no whole number.")),
        (_ARGUMENT + r"invalid \S+ value: (?P<value>.+)", mark("{name}: {value} cannot be right.")),
        (_ARGUMENT + r"(?P<problem>.+)", mark("{name}: {problem}")),
    )
)


class SpokenParser(argparse.ArgumentParser):
    """One whose help and refusals are in our words; its verbs are, too."""

    def __init__(self, *, words: Words, **given: Any) -> None:
        usage_word = words.say("Usage:") + " "

        class Formatter(argparse.HelpFormatter):
            def add_usage(
                self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
            ) -> None:
                super().add_usage(usage, actions, groups, usage_word if prefix is None else prefix)

        super().__init__(add_help=False, formatter_class=Formatter, **given)
        self._words = words
        self._positionals.title, self._optionals.title = words.say("What follows"), words.say("Options")
        self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help=words.say("show this help"))

    def verbs(self, metavar: str) -> Any:
        """The words that may follow, of which one must."""

        # argparse only ever calls it.
        made: Any = partial(SpokenParser, words=self._words)
        return self.add_subparsers(metavar=metavar, required=True, parser_class=made)

    def error(self, message: str) -> NoReturn:
        """Say how it is used and what is wrong, and end. Status 2."""
        self.exit(2, f"{self.format_usage()}{self.prog}: {_spoken(self._words, message)}\n")


def _spoken(words: Words, message: str) -> str:
    for pattern, said in _SAID:
        found = pattern.fullmatch(message)
        if found is not None:
            return words.say(said, **{name: value.replace("'", "").strip('"') for name, value in found.groupdict().items()})
    return message
