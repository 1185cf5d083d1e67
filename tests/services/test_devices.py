"""A phone is paired once with a key of its own; a revoked one is believed no longer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import devices as device_queries
from caringstreet.queries.devices import DeviceRow
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import ShopState
from caringstreet.services import devices, shops
from caringstreet.services import street as street_services
from caringstreet.services.street import StreetSettings
from tests.builders import BY, NOW, a_shop, a_street


@pytest.fixture
def street(tmp_path: Path) -> Iterator[OpenStreet]:
    made = a_street(tmp_path)
    yield made
    made.close()


def do(street: OpenStreet, service: Any, **arguments: Any) -> Any:
    with street.database.transaction() as tx:
        return service(tx, at=NOW, by=BY, **arguments)


def refusal(street: OpenStreet, service: Any, **arguments: Any) -> Refusal:
    with pytest.raises(RuleRefused) as found:
        do(street, service, **arguments)
    return found.value.reason


def phones(street: OpenStreet, shop_id: int | None = None) -> list[DeviceRow]:
    with street.database.reader() as reader:
        return device_queries.devices(reader, shop_id)


def test_each_phone_has_a_number_and_a_key_of_its_own(street: OpenStreet) -> None:
    shop, other = a_shop(street, "S07"), a_shop(street, "S18")
    made = [do(street, devices.pair, shop_id=one, random_bits=street.random_bits) for one in (shop, shop, other)]
    assert [(one.shop, one.number) for one in made] == [("S07", 1), ("S07", 2), ("S18", 1)]
    with street.database.reader() as reader:
        pairings = [device_queries.pairing(reader, one.device_id) for one in made]
    assert len({one.key for one in pairings}) == 3
    assert all(len(one.key) == 16 for one in pairings)
    assert [one.name for one in phones(street)] == ["S07.2", "S07.1", "S18.1"]
    assert [one.name for one in phones(street, shop)] == ["S07.2", "S07.1"]
    assert phones(street)[0].heard_at is None


def test_a_revoked_phone_is_never_numbered_again(street: OpenStreet) -> None:
    shop = a_shop(street, "S07")
    first = do(street, devices.pair, shop_id=shop, random_bits=street.random_bits)
    again = do(street, devices.pair_again, device_id=first.device_id, reason="電話遺失", random_bits=street.random_bits)
    assert again.number == 2
    newest, oldest = phones(street)
    assert newest.revoked_at is None
    assert (oldest.revoked_at, oldest.revoked_reason) == (NOW, "電話遺失")
    assert refusal(street, devices.revoke, device_id=first.device_id, reason="再試") is Refusal.DEVICE_ALREADY_REVOKED
    assert refusal(street, devices.revoke, device_id=again.device_id, reason=" ") is Refusal.REASON_MISSING
    assert refusal(street, devices.revoke, device_id=99, reason="x") is Refusal.DEVICE_UNKNOWN
    do(street, devices.revoke, device_id=again.device_id, reason="店主換電話")
    assert do(street, devices.pair, shop_id=shop, random_bits=street.random_bits).number == 3


def test_a_refused_new_pairing_leaves_the_old_one_in_use(street: OpenStreet) -> None:
    shop = a_shop(street, "S07")
    made = do(street, devices.pair, shop_id=shop, random_bits=street.random_bits)
    do(street, shops.set_state, shop_id=shop, state=ShopState.LEFT, reason="結業")
    reason = refusal(street, devices.pair_again, device_id=made.device_id, reason="遺失", random_bits=street.random_bits)
    assert reason is Refusal.SHOP_NOT_ACTIVE
    assert phones(street)[0].revoked_at is None


def test_a_shop_that_no_line_can_name_is_not_paired(street: OpenStreet) -> None:
    shop = a_shop(street, "S-7")
    assert refusal(street, devices.pair, shop_id=shop, random_bits=street.random_bits) is Refusal.SHOP_CODE_UNFIT
    assert refusal(street, devices.pair, shop_id=99, random_bits=street.random_bits) is Refusal.SHOP_UNKNOWN


def test_a_shop_that_takes_anothers_old_code_takes_none_of_its_phones(street: OpenStreet) -> None:
    shop, other = a_shop(street, "S07"), a_shop(street, "S18")
    do(street, devices.pair, shop_id=shop, random_bits=street.random_bits)
    for shop_id, code in ((shop, "S99"), (other, "S07")):
        form = shops.ShopForm(code=code, name_zh="商戶")
        do(street, shops.change, shop_id=shop_id, form=form)
    assert do(street, devices.pair, shop_id=other, random_bits=street.random_bits).number == 2
    assert [one.name for one in phones(street, shop)] == ["S07.1"]


def test_the_teams_whatsapp_number_is_eight_digits(street: OpenStreet) -> None:
    settings = StreetSettings("愛心街", "鄰舍隊", whatsapp="+852 9555 0100")
    do(street, street_services.change_settings, settings=settings)
    street.reload()
    assert street.settings.whatsapp == "95550100"
    wrong = StreetSettings("愛心街", "鄰舍隊", whatsapp="555")
    assert refusal(street, street_services.change_settings, settings=wrong) is Refusal.PHONE_UNUSABLE
