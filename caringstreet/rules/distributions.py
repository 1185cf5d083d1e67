"""Planned hand-outs of goods: what became of each line."""

from enum import StrEnum


class LineState(StrEnum):
    """A line is planned until it was given, nobody came, or the neighbour said no thanks."""

    PLANNED = "planned"
    GIVEN = "given"
    NO_SHOW = "no_show"
    DECLINED = "declined"
