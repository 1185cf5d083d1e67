"""shop-card: what a shop is given so that its phone can send."""

from pathlib import Path

from caringstreet.commands.desk import DONE, Desk
from caringstreet.papers.shop_cards import draw_card, pairing_of
from caringstreet.queries import names
from caringstreet.rules.months import Month
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import devices


def shop_card(desk: Desk) -> int:
    """Pair one more phone of a shop; with --out draw the wall card and, on a page of its own, the phone's slip."""
    options, words = desk.options, desk.words
    street = desk.open()
    with street.database.reader() as reader:
        shop_id = names.shops(reader).get(options.shop.upper())
    if shop_id is None:
        raise RuleRefused(Refusal.SHOP_UNKNOWN, shop=options.shop)
    month = Month.of(desk.clock.today())
    if options.out:
        # First without the slip: a name that no font has, or a folder that cannot be written, pairs no phone.
        draw_card(street, shop_id, month, Path(options.out))
    with street.database.transaction() as tx:
        made = devices.pair(tx, shop_id=shop_id, random_bits=street.random_bits, at=desk.clock.now(), by=desk.by)
    _, text = pairing_of(street, made.device_id)
    if options.out:
        draw_card(street, shop_id, month, Path(options.out), device_id=made.device_id)
    if not street.settings.page_host:
        desk.say(words.say("The street has no page yet, so no phone can use this card until it has one."))
    street.close()
    desk.answer(
        {"shop": made.shop, "device": made.number, "text": text},
        words.say("Phone {phone} paired; its card says: {text}", phone=f"{made.shop}.{made.number}", text=text),
    )
    return DONE
