"""What a shop can be: its states, how it hands vouchers in and how it is settled."""

from enum import StrEnum


class ShopState(StrEnum):
    CONTACTING = "contacting"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class CollectingWay(StrEnum):
    """How a shop tells the centre of a voucher; paper is always kept as well."""

    WHATSAPP = "whatsapp"
    SLIPS = "slips"
    PHONE = "phone"
    NONE = "none"


class SettlementWay(StrEnum):
    NONE = "none"
    FPS = "fps"
    CHEQUE = "cheque"
    CASH = "cash"


class Kindness(StrEnum):
    """Help a shop offers that is not money."""

    SEAT = "seat"
    SOFT_FOOD = "soft_food"
    EXCHANGE = "exchange"
    DELIVERY = "delivery"
    WATER = "water"
    TOILET = "toilet"
    STEP_FREE = "step_free"
    LANGUAGES = "languages"
    OTHER = "other"
