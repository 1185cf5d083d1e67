"""Long work says how far it is; cancelling raises inside the work, so that everything rolls back."""

from typing import Protocol


class Cancelled(Exception):
    """The person asked to stop; nothing of the work stays."""


class Progress(Protocol):
    """Told by long work after each part."""

    def at(self, done: int, total: int) -> None:
        """`done` of `total` parts are finished. May raise Cancelled."""


class NoProgress:
    """Nobody watches."""

    def at(self, done: int, total: int) -> None:
        """Say nothing."""
