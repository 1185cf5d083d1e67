"""Keeps shops: register, change, pause, leave, renew the agreement."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import and_, select

from caringstreet.clock import local_day
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Agreement, KindnessMeasure, Shop, ShopContact
from caringstreet.rules.changes import Changed
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.offers import OPEN_STATES
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import CollectingWay, Kindness, SettlementWay, ShopState
from caringstreet.rules.texts import fold
from caringstreet.services import finding
from caringstreet.services.day_checks import check_day, check_days
from caringstreet.services.finding import usable_phone
from caringstreet.services.settling import resettle_shop
from caringstreet.storage.transaction import Transaction

_DAYS = {"joined_on": DayOf.HAPPENED, "agreement_from": DayOf.HAPPENED, "agreement_until": DayOf.END}


@dataclass(frozen=True)
class ContactForm:
    name: str = ""
    phone: str = ""
    whatsapp: str = ""


@dataclass(frozen=True)
class ShopForm:
    """All that a person enters about a shop; `rest_days` has bit 0 for Monday."""

    code: str
    name_zh: str
    name_en: str = ""
    kind: str = ""
    street: str = ""
    address: str = ""
    landmark: str = ""
    opening: str = ""
    rest_days: int = 0
    collecting: CollectingWay = CollectingWay.SLIPS
    settlement: SettlementWay = SettlementWay.NONE
    state: ShopState = ShopState.ACTIVE
    joined_on: date | None = None
    agreement_from: date | None = None
    agreement_until: date | None = None
    contacts: tuple[ContactForm, ...] = ()
    kindnesses: tuple[tuple[Kindness, str], ...] = field(default=())
    note: str = ""


@dataclass(frozen=True)
class KeptShop:
    shop_id: int
    code: str


def register(tx: Transaction, *, form: ShopForm, at: datetime, by: str) -> KeptShop:
    """Add a shop. Refuses a missing name or code, a code in use, an unusable telephone, days that cannot be."""
    _check(tx, form, None, local_day(at))
    shop = Shop()
    apply_form(tx, shop, form)
    tx.session.add(shop)
    tx.session.flush()
    tx.audit("shop.register", by=by, at=at, subject=("shop", shop.id), changed=(Changed.SHOPS,), code=shop.code)
    return KeptShop(shop.id, shop.code)


def change(tx: Transaction, *, shop_id: int, form: ShopForm, at: datetime, by: str) -> KeptShop:
    """Change what is known of a shop. Refuses as `register` does; its state changes by `set_state`."""
    shop = finding.shop(tx, shop_id)
    _check(tx, form, shop, local_day(at))
    ask_about_fund_share(tx, shop, form)
    state = shop.state
    apply_form(tx, shop, form)
    shop.state = state
    tx.audit("shop.change", by=by, at=at, subject=("shop", shop.id), changed=(Changed.SHOPS,), code=shop.code)
    return KeptShop(shop.id, shop.code)


def set_state(tx: Transaction, *, shop_id: int, state: ShopState, reason: str, at: datetime, by: str, restored: bool = False) -> KeptShop:
    """Pause a shop, let it take part again or end its participation. Its open vouchers stay good until their last day.

    Asks a reason to pause or end, which stays with that state alone; an undo (`restored`) puts back the former one, even none.
    """
    shop = finding.shop(tx, shop_id)
    asked = state in (ShopState.PAUSED, ShopState.LEFT)
    given = finding.a_reason(reason) if asked and not restored else reason.strip()
    shop.state_reason = given if asked else ""
    before = shop.state
    shop.state = state
    tx.session.flush()
    resettle_shop(tx, shop.id)
    tx.audit(
        "shop.set_state",
        by=by,
        at=at,
        subject=("shop", shop.id),
        changed=(Changed.SHOPS, Changed.OFFERS),
        before=before,
        after=state,
        reason=given,
    )
    return KeptShop(shop.id, shop.code)


def renew_agreement(tx: Transaction, *, shop_id: int, signed_on: date, until: date | None, at: datetime, by: str) -> KeptShop:
    """Add a newly signed agreement. Refuses one that ends before it is signed."""
    shop = finding.shop(tx, shop_id)
    check_agreement(signed_on, until)
    check_day(tx, signed_on, DayOf.HAPPENED, local_day(at), "agreement_from")
    check_day(tx, until, DayOf.END, local_day(at), "agreement_until")
    shop.agreements.append(Agreement(signed_on=signed_on, until=until))
    tx.audit("shop.renew_agreement", by=by, at=at, subject=("shop", shop.id), changed=(Changed.SHOPS,))
    return KeptShop(shop.id, shop.code)


def check_agreement(signed_on: date | None, until: date | None) -> None:
    """Refuse an agreement that ends before it begins."""
    if signed_on is not None and until is not None and until < signed_on:
        raise RuleRefused(Refusal.AGREEMENT_DAYS_REVERSED, "agreement_until", signed=signed_on, until=until)


def _check(tx: Transaction, form: ShopForm, own: Shop | None, today: date) -> None:
    if not form.code.strip():
        raise RuleRefused(Refusal.CODE_MISSING, "code")
    if not form.name_zh.strip():
        raise RuleRefused(Refusal.NAME_MISSING, "name_zh")
    taken = tx.session.scalar(select(Shop.id).where(Shop.code == form.code.strip().upper()))
    if taken is not None and (own is None or taken != own.id):
        raise RuleRefused(Refusal.SHOP_CODE_TAKEN, "code", code=form.code)
    check_shop_days(tx, form, None if own is None else form_of(own, ""), today)


def check_shop_days(tx: Transaction, form: ShopForm, before: ShopForm | None, today: date) -> None:
    """Refuse days that cannot be, ask about new ones that are far."""
    check_agreement(form.agreement_from, form.agreement_until)
    check_days(tx, form, before, _DAYS, today)


def ask_about_fund_share(tx: Transaction, shop: Shop, form: ShopForm) -> None:
    """Ask where a shop shall need no settlement from now on, though the fund bears a part of an open offer of it.

    A part of services.
    """
    if form.settlement is not SettlementWay.NONE or shop.settlement is SettlementWay.NONE:
        return
    owed = tx.session.execute(
        select(OfferVersion.title_zh, OfferVersion.fund_cents)
        .join(Offer, and_(Offer.id == OfferVersion.offer_id, Offer.current_version == OfferVersion.number))
        .where(Offer.shop_id == shop.id, Offer.state.in_(OPEN_STATES), OfferVersion.fund_cents > 0)
        .order_by(Offer.code)
    ).first()
    if owed is not None:
        named = f"{shop.code} {shop.name_zh}"
        tx.ask(Doubt.NO_SETTLEMENT, "settlement", shop=named, fund_cents=owed.fund_cents, offer=owed.title_zh)


def form_of(shop: Shop, street: str) -> ShopForm:
    """What the form of a shop would say now; `street` is its street's name."""
    agreement = shop.agreements[-1] if shop.agreements else None
    plain: tuple[str, ...] = ("code", "name_zh", "name_en", "kind", "address", "landmark", "opening", "rest_days", "collecting")
    plain += ("settlement", "state", "joined_on", "note")
    return ShopForm(
        street=street,
        agreement_from=agreement.signed_on if agreement else None,
        agreement_until=agreement.until if agreement else None,
        contacts=tuple(ContactForm(one.name, one.phone, one.whatsapp) for one in shop.contacts),
        kindnesses=tuple((one.kind, one.note) for one in shop.kindnesses),
        **{name: getattr(shop, name) for name in plain},
    )


def apply_form(tx: Transaction, shop: Shop, form: ShopForm) -> None:
    """Write a form into a shop; its latest agreement takes the form's days."""
    shop.code = form.code.strip().upper()
    for name in ("name_zh", "name_en", "kind", "address", "landmark", "opening", "note"):
        setattr(shop, name, getattr(form, name).strip())
    shop.segment_id = finding.segment_id(tx, form.street)
    for name in ("rest_days", "collecting", "settlement", "state", "joined_on"):
        setattr(shop, name, getattr(form, name))
    shop.contacts = [
        ShopContact(
            name=one.name.strip(),
            phone=usable_phone(one.phone, "phone"),
            whatsapp=usable_phone(one.whatsapp, "whatsapp"),
            position=position,
        )
        for position, one in enumerate(form.contacts)
        if one.name.strip() or one.phone.strip() or one.whatsapp.strip()
    ]
    shop.kindnesses = [KindnessMeasure(kind=kind, note=note.strip()) for kind, note in form.kindnesses]
    if form.agreement_from is not None:
        if shop.agreements:
            shop.agreements[-1].signed_on = form.agreement_from
            shop.agreements[-1].until = form.agreement_until
        else:
            shop.agreements.append(Agreement(signed_on=form.agreement_from, until=form.agreement_until))
    names = [one.name for one in shop.contacts] + [one.phone for one in shop.contacts]
    shop.search_text = fold(" ".join((shop.code, shop.name_zh, shop.name_en, shop.kind, form.street, shop.address, *names)))
