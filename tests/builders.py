"""Sensible defaults for what a test needs; only facts that matter are named."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from caringstreet.bootstrap import OpenStreet, found_street
from caringstreet.clock import FixedClock
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.offers import OfferKind, OfferState, OfferTerms
from caringstreet.rules.quantities import Unit
from caringstreet.rules.shops import SettlementWay
from caringstreet.rules.vouchers import HandedTo
from caringstreet.services import goods, households, offers, shops, vouchers
from caringstreet.services.goods import DonationForm, LotForm, TakenIn
from caringstreet.services.households import CheckForm, HouseholdForm, MemberForm
from caringstreet.services.shops import ContactForm, ShopForm
from caringstreet.services.street import StreetSettings
from caringstreet.services.vouchers import IssueLine

NOW = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 1)
BY = "林姑娘"


def a_street(folder: Path, *, at: datetime = NOW, practice: bool = False, **settings: Any) -> OpenStreet:
    """A new street in `folder`, with the clock standing at `at`."""
    chosen = {"name": "愛心街", "team": "鄰舍隊", "phone": "25550100", "streets": ("金華街", "東大街")} | settings
    return found_street(folder / "street.caringstreet", StreetSettings(**chosen), by=BY, clock=FixedClock(at), practice=practice)


def a_shop(street: OpenStreet, /, code: str = "S01", **fields: Any) -> int:
    """A shop that takes part, with an agreement until the end of 2027."""
    form = ShopForm(
        **{
            "code": code,
            "name_zh": f"商戶{code}",
            "name_en": f"Shop {code}",
            "street": "金華街",
            "settlement": SettlementWay.FPS,
            "joined_on": date(2026, 3, 1),
            "agreement_from": date(2026, 3, 1),
            "agreement_until": date(2027, 12, 31),
            "contacts": (ContactForm("輝叔", "25550007", ""),),
        }
        | fields
    )
    with street.database.transaction() as tx:
        return shops.register(tx, form=form, at=street.clock.now(), by=BY).shop_id


def some_terms(**fields: Any) -> OfferTerms:
    """$20 of vegetables: the fund bears 18, the shop 2."""
    return OfferTerms(
        **{
            "title_zh": "$20 蔬菜券",
            "title_en": "$20 of vegetables",
            "kind": OfferKind.VALUE_NOTE,
            "list_cents": 2000,
            "shop_cents": 200,
            "fund_cents": 1800,
        }
        | fields
    )


def an_offer(street: OpenStreet, shop_id: int, *, code: str = "", state: OfferState = OfferState.ACTIVE, **fields: Any) -> int:
    """An open offer of a shop."""
    with street.database.transaction() as tx:
        return offers.register(
            tx, shop_id=shop_id, terms=some_terms(**fields), at=street.clock.now(), by=BY, code=code, state=state
        ).offer_id


def a_household(street: OpenStreet, /, number: str = "", **fields: Any) -> int:
    """An elder who lives alone, with consent and a proof valid until the end of 2027."""
    form = HouseholdForm(
        **{
            "number": number,
            "display_name": "陳婆婆",
            "size": 1,
            "members": (MemberForm("陳婆婆", 1948),),
            "street": "金華街",
            "consent_on": date(2026, 8, 22),
            "checks": (CheckForm("E65", date(2026, 8, 22), date(2027, 12, 31)),),
        }
        | fields
    )
    with street.database.transaction() as tx:
        kept = households.register(tx, form=form, at=street.clock.now(), today=street.clock.today(), by=BY)
    return kept.household_id


def issued(street: OpenStreet, household_id: int, offer_id: int, *, day: date = TODAY, count: int = 1) -> list[int]:
    """Vouchers made for a household; fails where the rules refuse."""
    with street.database.transaction() as tx:
        made = vouchers.issue(
            tx,
            lines=[IssueLine(household_id, offer_id, day, count)],
            random_bits=street.random_bits,
            at=street.clock.now(),
            by=BY,
        )
    assert not made.refused, made.refused
    return list(made.voucher_ids)


def handed_out(street: OpenStreet, household_id: int, offer_id: int, *, day: date = TODAY, count: int = 1) -> list[int]:
    """Vouchers in a household's hands."""
    ids = issued(street, household_id, offer_id, day=day, count=count)
    with street.database.transaction(accepted=[Doubt.FUTURE_DAY]) as tx:
        vouchers.hand_out(tx, voucher_ids=ids, day=day, to=HandedTo.SELF, at=street.clock.now(), by=BY)
    return ids


def a_donation(street: OpenStreet, *lots: LotForm, **fields: Any) -> TakenIn:
    """Goods from a neighbour, 24 tins unless lots are named."""
    form = DonationForm(
        **{"day": street.clock.today(), "lots": lots or (LotForm("罐頭", 24_000, Unit.PIECE),), "giver": "街坊黃太"} | fields
    )
    with street.database.transaction(accepted=[Doubt.PAST_BEST_BEFORE]) as tx:
        return goods.take_in(tx, form=form, at=street.clock.now(), by=BY)
