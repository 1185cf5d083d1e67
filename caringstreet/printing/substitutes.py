"""What no font of ours can print: a visible sign stands in its place, and whoever prints is told which characters.

Light to import: the edges (window, commands) ask here without loading the fonts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: The printers' own sign for a character that is not in the case.
SUBSTITUTE = "〓"

#: Missing characters by the text in which they stand.
Noticed = dict[str, str]

_noticed: ContextVar[Noticed | None] = ContextVar("noticed", default=None)


@contextmanager
def noticing() -> Iterator[Noticed]:
    """Gather what is substituted on any paper drawn within, in this thread."""
    found: Noticed = {}
    token = _noticed.set(found)
    try:
        yield found
    finally:
        _noticed.reset(token)


def notice(text: str, characters: str) -> None:
    """Remember that these characters of a text were substituted."""
    found = _noticed.get()
    if found is not None:
        found[text] = characters
