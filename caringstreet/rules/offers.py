"""What an offer promises: price split, who, when, how many and until when."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from caringstreet.rules.lunar_dates import lunar_day
from caringstreet.rules.months import Month
from caringstreet.rules.refusals import Refusal, RuleRefused

EVERY_DAY = 0b1111111


class OfferKind(StrEnum):
    SPECIAL_PRICE = "special_price"
    AMOUNT_OFF = "amount_off"
    PERCENT = "percent"
    FREE_ITEM = "free_item"
    VALUE_NOTE = "value_note"


class Funding(StrEnum):
    """Who bears what the household does not pay beyond the shop's own gift."""

    FUND = "fund"
    SHOP = "shop"
    PAY_FORWARD = "pay_forward"


class OfferState(StrEnum):
    DRAFT = "draft"
    PILOT = "pilot"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


OPEN_STATES = frozenset({OfferState.PILOT, OfferState.ACTIVE})


class Validity(StrEnum):
    MONTH_END = "month_end"
    DAYS = "days"
    UNTIL = "until"


@dataclass(frozen=True)
class OfferTerms:
    """Everything that is frozen into a version; money in cents.

    `categories` are eligibility codes, empty for every household; `weekdays` has bit 0 for Monday;
    `lunar_days` are days of the lunar month, empty for every day; quota and limits None for none.
    """

    title_zh: str
    kind: OfferKind
    title_en: str = ""
    list_cents: int = 0
    household_cents: int = 0
    shop_cents: int = 0
    fund_cents: int = 0
    percent: int | None = None
    min_spend_cents: int | None = None
    funding: Funding = Funding.SHOP
    categories: tuple[str, ...] = ()
    weekdays: int = EVERY_DAY
    time_from: time | None = None
    time_to: time | None = None
    lunar_days: tuple[int, ...] = ()
    monthly_quota: int | None = None
    per_household_month: int | None = None
    per_visit: int | None = None
    validity: Validity = Validity.MONTH_END
    validity_days: int | None = None
    validity_until: date | None = None
    pilot_until: date | None = None
    note: str = ""

    @property
    def pays_cents(self) -> int | None:
        """What the household pays, or None where only the till knows (a percentage)."""
        if self.kind is OfferKind.PERCENT or self.kind is OfferKind.AMOUNT_OFF:
            return None
        return self.household_cents

    def same_price(self, other: "OfferTerms") -> bool:
        """True where a new version differs in no promise printed on a voucher or paid to a shop."""
        ignored = {"note": "", "monthly_quota": None, "pilot_until": None}
        return replace(self, **ignored) == replace(other, **ignored)  # type: ignore[arg-type]


def check_terms(terms: OfferTerms) -> None:
    """Refuse terms that do not add up: list = household + shop + fund, each at least 0; a percentage only without fund."""
    if not terms.title_zh.strip():
        raise RuleRefused(Refusal.NAME_MISSING, "title_zh")
    for field in ("list_cents", "household_cents", "shop_cents", "fund_cents"):
        if getattr(terms, field) < 0:
            raise RuleRefused(Refusal.OFFER_NEGATIVE_SHARE, field)
    if terms.kind is OfferKind.PERCENT:
        if terms.fund_cents:
            raise RuleRefused(Refusal.OFFER_PERCENT_WITH_FUND, "fund_cents")
        if terms.percent is None or not 1 <= terms.percent <= 100:
            raise RuleRefused(Refusal.OFFER_PERCENT_UNUSABLE, "percent")
    shares = terms.household_cents + terms.shop_cents + terms.fund_cents
    if terms.list_cents != shares:
        raise RuleRefused(Refusal.OFFER_SPLIT_DOES_NOT_ADD_UP, "list_cents", listed=terms.list_cents, shares=shares)
    if terms.time_from and terms.time_to and terms.time_from >= terms.time_to:
        raise RuleRefused(Refusal.OFFER_TIMES_REVERSED, "time_to")
    if terms.validity is Validity.DAYS and not terms.validity_days:
        raise RuleRefused(Refusal.OFFER_VALIDITY_INCOMPLETE, "validity_days")
    if terms.validity is Validity.UNTIL and terms.validity_until is None:
        raise RuleRefused(Refusal.OFFER_VALIDITY_INCOMPLETE, "validity_until")
    for field in ("monthly_quota", "per_household_month", "per_visit"):
        value = getattr(terms, field)
        if value is not None and value < 0:
            raise RuleRefused(Refusal.COUNT_UNUSABLE, field)


def last_day_for(terms: OfferTerms, first_day: date) -> date:
    """The last day, which counts in full, of a voucher whose planned hand-out is `first_day`.

    days(7) issued for the 9th ends on the 16th. Refuses an end before the first day.
    """
    if terms.validity is Validity.DAYS:
        return first_day + timedelta(days=terms.validity_days or 0)
    if terms.validity is Validity.UNTIL and terms.validity_until is not None:
        if terms.validity_until < first_day:
            raise RuleRefused(Refusal.OFFER_ENDED_BEFORE_DAY, until=terms.validity_until, day=first_day)
        return terms.validity_until
    return Month.of(first_day).last_day


def outside_window(terms: OfferTerms, local: datetime) -> bool:
    """Whether a local moment lies outside the weekdays, hours or lunar days of the offer."""
    if not terms.weekdays >> local.weekday() & 1:
        return True
    if terms.lunar_days and lunar_day(local.date()).day not in terms.lunar_days:
        return True
    moment = local.time().replace(second=0, microsecond=0)
    return bool((terms.time_from and moment < terms.time_from) or (terms.time_to and moment > terms.time_to))
