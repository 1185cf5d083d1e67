"""Runs: outings of the team with ordered stops."""

from enum import StrEnum


class RunKind(StrEnum):
    """What a run is for; later kinds join here."""

    BREAD = "bread"


class RunState(StrEnum):
    """A run is planned, done, or did not take place."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"
