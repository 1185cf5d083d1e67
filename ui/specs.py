"""What the window knows of a page before it is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from caringstreet.queries.street import StreetRow
from ui.context import Context
from ui.widgets.page import Page


@dataclass(frozen=True)
class PageSpec:
    """A page of the window; without `picture` it has no place in the navigation and lies `under` one that has.

    `module` is the switch of the street's settings without which the page is not there at all.
    """

    name: str
    title: str
    make: Callable[[Context], Page]
    picture: str = ""
    module: str = ""
    under: str = ""


def in_use(specs: Sequence[PageSpec], settings: StreetRow) -> tuple[PageSpec, ...]:
    """The pages of a street with these settings."""
    return tuple(one for one in specs if not one.module or getattr(settings, one.module))
