"""Whom the senders of chats are: as people have said, by a shop's number, or by the name under which it is kept."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from caringstreet.model.devices import MessageSender
from caringstreet.model.shops import Shop, ShopContact
from caringstreet.rules.messages import sender_name
from caringstreet.services import finding
from caringstreet.storage.transaction import Transaction


def keep_senders(tx: Transaction, said: Mapping[str, int | None], *, at: datetime, by: str) -> int:
    """Keep who a sender is, said once: a shop, or None for the centre itself. A part of services; returns how many are new."""
    known = {one.name: one for one in tx.session.scalars(select(MessageSender))}
    new = 0
    for shown, shop_id in said.items():
        name = sender_name(shown)
        if not name:
            continue
        if shop_id is not None:
            finding.shop(tx, shop_id)
        if name in known:
            known[name].shop_id = shop_id
            continue
        known[name] = MessageSender(name=name, shop_id=shop_id, added_at=at, added_by=by)
        tx.session.add(known[name])
        new += 1
    tx.session.flush()
    return new


def shops_of_senders(tx: Transaction) -> dict[str, int | None]:
    """Shop ids by the name of a sender, None for the centre's own names.

    Beside what people said, the team's own name and number, a number that one shop alone gave as its own, and the exact name, code or both of one
    shop: in an export those stand for contacts that the team keeps, since a name chosen by its owner begins with ~.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for shop_id, code, name_zh, name_en in tx.session.execute(select(Shop.id, Shop.code, Shop.name_zh, Shop.name_en)):
        for name in (name_zh, name_en, code, f"{code} {name_zh}", f"{code} {name_en}", f"{code}{name_zh}"):
            if name.strip() and not name.startswith("~"):
                found[sender_name(name)].add(shop_id)
    for shop_id, phone, whatsapp in tx.session.execute(select(ShopContact.shop_id, ShopContact.phone, ShopContact.whatsapp)):
        for number in (phone, whatsapp):
            if number:
                found[sender_name(number)].add(shop_id)
    senders: dict[str, int | None] = {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
    street = finding.the_street(tx)
    senders |= {sender_name(own): None for own in (street.team, street.whatsapp) if own}
    senders |= {one.name: one.shop_id for one in tx.session.scalars(select(MessageSender))}
    return senders
