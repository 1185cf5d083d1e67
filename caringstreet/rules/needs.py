"""Needs: what somebody wants and has not received yet."""

from enum import StrEnum


class NeedKind(StrEnum):
    """What a need is of; later kinds join here."""

    GOODS = "goods"


class NeedState(StrEnum):
    """The life of a need, as far as goods take it."""

    NEW = "new"
    DONE = "done"
    UNMET = "unmet"
    WITHDRAWN = "withdrawn"
