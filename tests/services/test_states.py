"""A reason stays with the state that it explains, and with no other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from caringstreet.bootstrap import OpenStreet
from caringstreet.model.offers import Offer
from caringstreet.model.shops import Shop
from caringstreet.rules.offers import OfferState
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.shops import ShopState
from caringstreet.services import offers, shops
from tests.builders import BY, NOW, a_shop, a_street, an_offer


@pytest.fixture
def street(tmp_path: Path) -> OpenStreet:
    return a_street(tmp_path)


def do(street: OpenStreet, service: Callable[..., Any], **more: Any) -> None:
    with street.database.transaction() as tx:
        service(tx, at=NOW, by=BY, **more)


def reasons(street: OpenStreet) -> tuple[str, str]:
    with street.database.reader() as reader:
        return reader.scalars(select(Shop.state_reason)).one(), reader.scalars(select(Offer.state_reason)).one()


def test_the_reason_of_a_pause_goes_with_it(street: OpenStreet) -> None:
    shop = a_shop(street)
    offer = an_offer(street, shop)
    for reason, shop_state, offer_state in (
        ("裝修", ShopState.PAUSED, OfferState.PAUSED),
        ("復原", ShopState.ACTIVE, OfferState.ACTIVE),
    ):
        do(street, shops.set_state, shop_id=shop, state=shop_state, reason=reason)
        do(street, offers.set_state, offer_id=offer, state=offer_state, reason=reason)
        assert reasons(street) == (("裝修", "裝修") if shop_state is ShopState.PAUSED else ("", ""))
    street.close()


def test_an_undo_puts_back_the_former_reason_even_none(street: OpenStreet) -> None:
    shop = a_shop(street)
    offer = an_offer(street, shop)
    for reason in ("裝修", ""):
        do(street, shops.set_state, shop_id=shop, state=ShopState.PAUSED, reason=reason, restored=True)
        do(street, offers.set_state, offer_id=offer, state=OfferState.PAUSED, reason=reason, restored=True)
        assert reasons(street) == (reason, reason)
    with pytest.raises(RuleRefused):
        do(street, shops.set_state, shop_id=shop, state=ShopState.PAUSED, reason="")
    street.close()
