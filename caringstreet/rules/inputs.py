"""Rows as files give them, before any rule of the street was held against them."""

from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True)
class RowError:
    """What is wrong with one cell; `line` as people see it in their program, `column` as its header is written."""

    line: int
    column: str
    value: str
    kind: str
    facts: dict[str, object] = field(default_factory=dict)
    sheet: str = ""  # where a file has several


@dataclass(frozen=True)
class ShopInput:
    code: str
    name_zh: str
    name_en: str = ""
    kind: str = ""
    street: str = ""
    address: str = ""
    landmark: str = ""
    contact: str = ""
    phone: str = ""
    whatsapp: str = ""
    joined_on: date | None = None
    agreement_until: date | None = None
    collecting: str = "slips"
    settlement: str = "none"
    state: str = "active"
    opening: str = ""
    rest_days: int = 0
    note: str = ""


@dataclass(frozen=True)
class FundInput:
    """A line of the fund's book; exactly one of the amounts, in cents, is above nought."""

    day: date
    kind: str
    text: str
    in_cents: int
    out_cents: int
    note: str = ""


@dataclass(frozen=True)
class OfferInput:
    """Money in cents; `weekdays` has bit 0 for Monday; `shop_name` is what the list says beside or for the shop's code."""

    code: str
    shop: str
    title_zh: str
    title_en: str = ""
    kind: str = "special_price"
    list_cents: int = 0
    household_cents: int = 0
    shop_cents: int = 0
    fund_cents: int = 0
    percent: int | None = None
    min_spend_cents: int | None = None
    monthly_quota: int | None = None
    per_household_month: int | None = None
    categories: tuple[str, ...] = ()
    weekdays: int = 127
    time_from: time | None = None
    time_to: time | None = None
    lunar_days: tuple[int, ...] = ()
    validity: str = "month_end"
    validity_days: int | None = None
    validity_until: date | None = None
    state: str = "active"
    note: str = ""
    shop_name: str = ""


@dataclass(frozen=True)
class MemberInput:
    name: str
    birth_year: int | None = None
    relation: str = ""
    household: str = ""


@dataclass(frozen=True)
class HouseholdInput:
    number: str
    display_name: str
    size: int
    members: tuple[MemberInput, ...] = ()
    language: str = "zh_HK"
    categories: tuple[str, ...] = ()
    eligible_until: date | None = None
    phone: str = ""
    contact_way: str = "none"
    street: str = ""
    street_address: str = ""
    building: str = ""
    floor: str = ""
    unit: str = ""
    lift: bool | None = None
    large_print: bool = False
    consent_on: date | None = None
    referral: str = ""
    note: str = ""
    state: str = "eligible"


@dataclass(frozen=True)
class PlanInput:
    """A line of an issue plan: `count` vouchers of an offer for a household, planned for a day."""

    day: date
    household: str
    offer: str
    count: int
    note: str = ""


@dataclass(frozen=True)
class GiftInput:
    """A line of donated goods, in thousandths of its unit; `shop` is a code where a shop gave."""

    day: date
    giver: str
    giver_kind: str
    shop: str
    item: str
    quantity: int
    unit: str
    storage: str
    best_before: date | None
    note: str


@dataclass(frozen=True)
class GoodsInput(GiftInput):
    """Any other donation; what was neither given nor thrown away is stock."""

    given: int = 0
    disposed: int = 0
    reason: str = "other"


@dataclass(frozen=True)
class BreadInput(GiftInput):
    """A stop of a bread run; `reason_note` holds a reason in other words than ours."""

    to_households: int = 0
    to_group: int = 0
    group_name: str = ""
    disposed: int = 0
    reason: str = "other"
    reason_note: str = ""
    estimate: int | None = None


@dataclass(frozen=True)
class ChoiceInput(GiftInput):
    """A lot on the tables of a choice day; `visitors` and `pick_limit` where the sheet tells them."""

    unfit: int = 0
    chosen: int = 0
    recycled: int = 0
    event: str = ""
    visitors: int | None = None
    pick_limit: int | None = None
