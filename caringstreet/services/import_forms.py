"""Merges a row of a file into what is known: a column that the file lacks changes nothing."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date
from typing import Any

from caringstreet.rules.households import ContactWay, HouseholdState, PrintLanguage
from caringstreet.rules.inputs import HouseholdInput, OfferInput, ShopInput
from caringstreet.rules.offers import Funding, OfferKind, OfferTerms, Validity
from caringstreet.rules.shops import CollectingWay, SettlementWay, ShopState
from caringstreet.services.households import CheckForm, HouseholdForm, MemberForm
from caringstreet.services.shops import ContactForm, ShopForm

_SHOP_PLAIN = ("name_zh", "name_en", "kind", "street", "address", "landmark", "opening", "rest_days", "joined_on", "note")
_HOUSEHOLD_PLAIN = (
    "display_name", "size", "phone", "building", "floor", "unit", "lift", "large_print", "consent_on", "referral", "note",
)  # fmt: skip


def shop_form(given: ShopInput, known: ShopForm | None, present: Collection[str], today: date) -> ShopForm:
    """The form of a shop after the row; a new shop's agreement begins when it joined."""
    form = known or ShopForm(code=given.code, name_zh=given.name_zh)
    changes: dict[str, Any] = {name: getattr(given, name) for name in _SHOP_PLAIN if name in present}
    if "collecting" in present:
        changes["collecting"] = CollectingWay(given.collecting)
    if "settlement" in present:
        changes["settlement"] = SettlementWay(given.settlement)
    if "state" in present:
        changes["state"] = ShopState(given.state)
    if given.agreement_until is not None or (known is None and given.joined_on is not None):
        changes["agreement_from"] = form.agreement_from or given.joined_on or today
        changes["agreement_until"] = given.agreement_until
    first = form.contacts[0] if form.contacts else ContactForm()
    names = {"contact": "name", "phone": "phone", "whatsapp": "whatsapp"}
    contact = replace(first, **{to: getattr(given, name) for name, to in names.items() if name in present})
    if contact != ContactForm():
        changes["contacts"] = (contact, *form.contacts[1:])
    return replace(form, **changes)


def offer_terms(given: OfferInput, known: OfferTerms | None, present: Collection[str]) -> OfferTerms:
    """The terms of an offer after the row."""
    terms = known or OfferTerms(title_zh=given.title_zh, kind=OfferKind(given.kind))
    always = {"title_zh", "min_spend_cents"}
    groups = {
        "window": ("weekdays", "time_from", "time_to", "lunar_days"),
        "validity": ("validity", "validity_days", "validity_until"),
    }
    wanted = {one.name for one in fields(OfferTerms) if one.name in present or one.name in always}
    for column, names in groups.items():
        if column in present:
            wanted.update(names)
    typed: dict[str, type] = {"kind": OfferKind, "validity": Validity}
    changes: dict[str, Any] = {
        name: typed[name](getattr(given, name)) if name in typed else getattr(given, name) for name in wanted if hasattr(given, name)
    }
    if known is None:
        changes["funding"] = Funding.FUND if given.fund_cents else Funding.SHOP
    return replace(terms, **changes)


def household_form(given: HouseholdInput, known: HouseholdForm | None, present: Collection[str], today: date) -> HouseholdForm:
    """The form of a household after the row; proofs without a change keep the day on which they were seen."""
    form = known or HouseholdForm(display_name=given.display_name, size=given.size, number=given.number)
    changes: dict[str, Any] = {name: getattr(given, name) for name in _HOUSEHOLD_PLAIN if name in present}
    changes["size"] = given.size
    if "members" in present and given.members:
        changes["members"] = tuple(MemberForm(one.name, one.birth_year, one.relation) for one in given.members)
    if "language" in present:
        changes["language"] = PrintLanguage(given.language)
    if "contact_way" in present or known is None:
        changes["contact_way"] = ContactWay(given.contact_way)
    if "street_address" in present:
        changes["street"], changes["street_address"] = given.street, given.street_address
    if "state" in present or known is None:
        changes["state"] = HouseholdState(given.state)
    if "categories" in present or "eligible_until" in present:
        changes["checks"] = _checks(given, form, today)
        changes["review_on"] = given.eligible_until
    if known is None:
        changes["joined_on"] = given.consent_on or today
    return replace(form, **changes)


def _checks(given: HouseholdInput, form: HouseholdForm, today: date) -> tuple[CheckForm, ...]:
    seen = {(one.category, one.valid_until): one for one in form.checks}
    fresh = given.consent_on or today
    return tuple(seen.get((code, given.eligible_until), CheckForm(code, fresh, given.eligible_until)) for code in sorted(given.categories))
