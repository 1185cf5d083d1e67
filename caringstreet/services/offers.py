"""Keeps offers: register, change by a new version, pause, end."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from caringstreet.clock import local_day
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.street import EligibilityCategory
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.changes import Changed
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.offers import OfferState, OfferTerms, check_terms
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import SettlementWay
from caringstreet.rules.texts import fold
from caringstreet.rules.usual import HIGH_PRICE, Limit, a_digit_off
from caringstreet.services import finding
from caringstreet.services.amount_checks import check_limits
from caringstreet.services.day_checks import check_days
from caringstreet.storage.transaction import Transaction

_DAYS = {"validity_until": DayOf.END, "pilot_until": DayOf.END}
_LIMITS = {
    "monthly_quota": Limit.MONTHLY_QUOTA,
    "per_household_month": Limit.PER_HOUSEHOLD_MONTH,
    "per_visit": Limit.PER_VISIT,
    "validity_days": Limit.VALIDITY_DAYS,
}


@dataclass(frozen=True)
class KeptOffer:
    """`version` tells which terms now hold; `new_version` whether issued vouchers keep older ones."""

    offer_id: int
    code: str
    version: int
    new_version: bool


def next_code(tx: Transaction, shop: Shop) -> str:
    """The shop's own code for its first offer, then S03b, S03c …"""
    taken = set(tx.session.scalars(select(Offer.code).where(Offer.shop_id == shop.id)))
    if shop.code not in taken:
        return shop.code
    return next(f"{shop.code}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz" if f"{shop.code}{letter}" not in taken)


def register(
    tx: Transaction,
    *,
    shop_id: int,
    terms: OfferTerms,
    at: datetime,
    by: str,
    code: str = "",
    state: OfferState = OfferState.ACTIVE,
) -> KeptOffer:
    """Add an offer; without `code` it gets the shop's next one.

    Refuses terms that do not add up, an unknown category, and a code in use.
    """
    shop = finding.shop(tx, shop_id)
    offer = add_offer(tx, shop, terms, at=at, code=code, state=state)
    ask_about_settlement(tx, shop, terms)
    tx.audit("offer.register", by=by, at=at, subject=("offer", offer.id), changed=(Changed.OFFERS,), code=offer.code)
    return KeptOffer(offer.id, offer.code, 1, new_version=False)


def add_offer(tx: Transaction, shop: Shop, terms: OfferTerms, *, at: datetime, code: str, state: OfferState) -> Offer:
    """The offer with its first version, within an action that audits it."""
    _check(tx, terms, None)
    check_days(tx, terms, None, _DAYS, local_day(at))
    code = code.strip() or next_code(tx, shop)
    if tx.session.scalar(select(Offer.id).where(Offer.code == code)) is not None:
        raise RuleRefused(Refusal.OFFER_CODE_TAKEN, "code", code=code)
    offer = Offer(code=code, shop_id=shop.id, state=state, current_version=1)
    tx.session.add(offer)
    tx.session.flush()
    _add_version(tx, offer, shop, terms, at)
    return offer


def change(tx: Transaction, *, offer_id: int, terms: OfferTerms, at: datetime, by: str) -> KeptOffer:
    """Change an offer's terms. Vouchers that carry the present version keep it: then a new version begins.

    Refuses terms that do not add up, and a quota below what is issued already.
    """
    offer = finding.offer(tx, offer_id)
    before = current_version(tx, offer).terms()
    made_new = change_terms(tx, offer, terms, at)
    if terms.fund_cents != before.fund_cents:
        ask_about_settlement(tx, finding.shop(tx, offer.shop_id), terms)
    tx.audit(
        "offer.change",
        by=by,
        at=at,
        subject=("offer", offer.id),
        changed=(Changed.OFFERS,),
        code=offer.code,
        version=offer.current_version,
    )
    return KeptOffer(offer.id, offer.code, offer.current_version, made_new)


def change_terms(tx: Transaction, offer: Offer, terms: OfferTerms, at: datetime) -> bool:
    """Write the terms, as a new version where a voucher carries the present one; True where it did."""
    shop = finding.shop(tx, offer.shop_id)
    current = current_version(tx, offer)
    _check(tx, terms, current.terms())
    check_days(tx, terms, current.terms(), _DAYS, local_day(at))
    carried = tx.session.scalar(select(func.count()).where(Voucher.offer_version_id == current.id))
    if not carried or current.terms().same_price(terms):
        current.take(terms)
        current.search_text = _search_text(offer, shop, terms)
        return False
    offer.current_version += 1
    _add_version(tx, offer, shop, terms, at)
    return True


def set_state(
    tx: Transaction, *, offer_id: int, state: OfferState, reason: str, at: datetime, by: str, restored: bool = False
) -> KeptOffer:
    """Pause, resume or end an offer; issued vouchers stay good.

    Asks a reason to pause or end, which stays with that state alone; an undo (`restored`) puts back the former one, even none.
    """
    offer = finding.offer(tx, offer_id)
    asked = state in (OfferState.PAUSED, OfferState.ENDED)
    given = finding.a_reason(reason) if asked and not restored else reason.strip()
    offer.state_reason = given if asked else ""
    before = offer.state
    offer.state = state
    tx.audit(
        "offer.set_state",
        by=by,
        at=at,
        subject=("offer", offer.id),
        changed=(Changed.OFFERS,),
        before=before,
        after=state,
        reason=given,
    )
    return KeptOffer(offer.id, offer.code, offer.current_version, new_version=False)


def current_version(tx: Transaction, offer: Offer) -> OfferVersion:
    """The terms that new vouchers get."""
    return tx.session.scalars(
        select(OfferVersion).where(OfferVersion.offer_id == offer.id, OfferVersion.number == offer.current_version)
    ).one()


def ask_about_settlement(tx: Transaction, shop: Shop, terms: OfferTerms) -> None:
    """Ask where the fund owes something to a shop that is said to need no settlement. A part of services."""
    if terms.fund_cents and shop.settlement is SettlementWay.NONE:
        named = f"{shop.code} {shop.name_zh}"
        tx.ask(Doubt.NO_SETTLEMENT, "fund_cents", shop=named, fund_cents=terms.fund_cents, offer=terms.title_zh)


def _check(tx: Transaction, terms: OfferTerms, before: OfferTerms | None) -> None:
    check_terms(terms)
    if terms.list_cents >= HIGH_PRICE and (before is None or before.list_cents != terms.list_cents):
        tx.ask(Doubt.HIGH_PRICE, "list_cents", listed=terms.list_cents)
    if before is not None and a_digit_off(terms.list_cents, before.list_cents):
        tx.ask(Doubt.OTHER_PRICE, "list_cents", before_cents=before.list_cents, listed=terms.list_cents)
    if 0 < terms.list_cents == terms.household_cents and (before is None or not before.same_price(terms)):
        tx.ask(Doubt.NO_BENEFIT, "household_cents", listed=terms.list_cents)
    check_limits(tx, terms, before, _LIMITS)
    known = set(tx.session.scalars(select(EligibilityCategory.code)))
    unknown = [code for code in terms.categories if code not in known]
    if unknown:
        raise RuleRefused(Refusal.CATEGORY_UNKNOWN, "categories", categories=unknown)


def _add_version(tx: Transaction, offer: Offer, shop: Shop, terms: OfferTerms, at: datetime) -> None:
    version = OfferVersion(offer_id=offer.id, number=offer.current_version, created_at=at)
    version.take(terms)
    version.search_text = _search_text(offer, shop, terms)
    tx.session.add(version)
    tx.session.flush()


def _search_text(offer: Offer, shop: Shop, terms: OfferTerms) -> str:
    return fold(" ".join((offer.code, terms.title_zh, terms.title_en, shop.code, shop.name_zh, shop.name_en)))
