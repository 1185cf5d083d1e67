"""A street with goods on its shelves: some fresh, some to give first, some over time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from caringstreet.bootstrap import OpenStreet
from caringstreet.rules.goods import GiverKind, StorageClass, Target
from caringstreet.rules.quantities import ONE, Unit
from caringstreet.services import goods, street
from caringstreet.services.goods import DonationForm, LotForm, MovedGoods, TakenIn
from caringstreet.services.goods_ledger import Recipient
from caringstreet.services.street import StreetSettings
from tests.builders import BY


def switch_goods(opened: OpenStreet, *, on: bool = True) -> None:
    """Switch the module on or off, as the settings page does."""
    now = opened.settings
    kept = {name: getattr(now, name) for name in StreetSettings.__dataclass_fields__}
    with opened.database.transaction() as tx:
        street.change_settings(tx, settings=StreetSettings(**kept | {"goods": on}), at=opened.clock.now(), by=BY)
    opened.reload()


def a_lot(item: str = "麵包", number: int = 30, unit: Unit = Unit.PIECE, **fields: Any) -> LotForm:
    return LotForm(**{"item": item, "quantity": number * ONE, "unit": unit} | fields)


def a_donation(opened: OpenStreet, *lots: LotForm, at: datetime | None = None, **fields: Any) -> TakenIn:
    """A donation of a neighbour today, of thirty buns unless said otherwise."""
    form = DonationForm(**{"day": opened.clock.today(), "lots": lots or (a_lot(),), "giver": "何太"} | fields)
    with opened.database.transaction() as tx:
        return goods.take_in(tx, form=form, at=at or opened.clock.now(), by=BY)


def given(opened: OpenStreet, lot_id: int, number: int, recipient: Recipient | None = None) -> MovedGoods:
    with opened.database.transaction() as tx:
        return goods.give(
            tx,
            lot_id=lot_id,
            quantity=number * ONE,
            recipient=recipient or Recipient(Target.GROUP, group_name="清潔工友", people=8),
            day=opened.clock.today(),
            at=opened.clock.now(),
            by=BY,
        )


def some_goods(opened: OpenStreet, shop_id: int, household_id: int) -> None:
    """A shelf as it stands on a usual day; nothing where there are goods already."""
    today, now = opened.clock.today(), opened.clock.now()
    shop = {"giver_kind": GiverKind.SHOP, "shop_id": shop_id, "giver": ""}
    bread = a_donation(
        opened,
        a_lot("麵包", 46, storage=StorageClass.AMBIENT, best_before=today + timedelta(days=1), place="雪櫃旁"),
        a_lot("腸仔包", 14, storage=StorageClass.HOT, deliver_by=now - timedelta(hours=1), place="雪櫃旁"),
        **shop,
    )
    rice = a_donation(
        opened,
        a_lot(
            "白米", 20, Unit.PACK, best_before=today + timedelta(days=200), place="A 架", size="5 公斤", grams_each=5000, value_cents=120000
        ),
        a_lot("罐頭湯", 36, Unit.ITEM, best_before=today + timedelta(days=9), place="A 架"),
        day=today - timedelta(days=12),
    )
    a_donation(opened, a_lot("月餅", 5, Unit.BOX, best_before=today - timedelta(days=3), place="B 架"), day=today - timedelta(days=40))
    a_donation(opened, a_lot("冬衣", 31, Unit.ITEM, size="女裝中碼", condition="近乎全新", place="衣櫃"), day=today - timedelta(days=5))
    a_donation(opened, a_lot("手套", 30, Unit.PAIR), allotted_to=Target.TEAM, **shop)
    with opened.database.transaction() as tx:
        goods.refuse_donation(
            tx,
            form=DonationForm(day=today, lots=(a_lot("冰皮月餅", 12, Unit.BOX, storage=StorageClass.FROZEN),), giver="李先生"),
            reason="已過期，未有獨立包裝",
            at=now,
            by=BY,
        )
    with opened.database.transaction() as tx:
        goods.set_minimum(tx, item="白米", unit=Unit.PACK, minimum=25 * ONE, at=now, by=BY)
    given(opened, rice.lot_ids[0], 2, Recipient(Target.HOUSEHOLD, household_id=household_id))
    given(opened, bread.lot_ids[0], 8)


EVENING = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 3)
