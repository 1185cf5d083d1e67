"""Money paid to a shop outside the redemptions: visible, counted and priced for itself."""

from enum import StrEnum


class AdjustmentKind(StrEnum):
    """Why a shop is paid apart from a redemption."""

    GOODWILL = "goodwill"
