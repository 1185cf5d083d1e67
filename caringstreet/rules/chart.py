"""What a chart shows, for screen and paper alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bars:
    """Bars with their names and values; `highlight` is the place of the one that matters."""

    title: str
    labels: tuple[str, ...]
    values: tuple[int, ...]
    highlight: int | None = None


@dataclass(frozen=True)
class Shares:
    """Parts of a whole: name, value and the value as people read it."""

    title: str
    parts: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class PairedBars:
    """Two bars beside each other for each name, in thousandths, such as what was collected and what was handed out."""

    title: str
    labels: tuple[str, ...]
    names: tuple[str, str]
    first: tuple[int, ...]
    second: tuple[int, ...]
