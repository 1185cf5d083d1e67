"""Draws shop cards and pairing slips of an open street: the queries' rows on paper."""

from pathlib import Path

from caringstreet.bootstrap import OpenStreet
from caringstreet.printing.shop_card import CardOffer, PairingSlip, ShopCard, print_shop_card
from caringstreet.queries import devices, offers, shops
from caringstreet.queries.devices import PairingRow
from caringstreet.queries.offers import OfferRow
from caringstreet.rules.devices import pairing_text
from caringstreet.rules.months import Month
from caringstreet.wording.terms import terms_text
from caringstreet.words import words_for


def pairing_of(street: OpenStreet, device_id: int) -> tuple[PairingRow, str]:
    """A phone's pairing, and the text that its QR says."""
    with street.database.reader() as reader:
        row = devices.pairing(reader, device_id)
    return row, pairing_text(street.settings.page_host, row.shop, row.number, row.key, row.shop_zh)


def draw_card(street: OpenStreet, shop_id: int, month: Month, out: Path, *, device_id: int | None = None) -> int:
    """The wall card with the month's open offers, and with `device_id` that phone's slip on a page of its own.

    Returns the pages. Raises OSError; then no file appears.
    """
    with street.database.reader() as reader:
        shop = shops.detail(reader, shop_id)
        rows = offers.rows(reader, month, shop_id=shop_id, open_only=True)
    card = ShopCard(
        shop_zh=shop.name_zh,
        shop_en=shop.name_en,
        month_zh=words_for("zh_HK").month(month),
        offers=tuple(_offer(one) for one in rows),
        team=street.settings.team,
        phone=street.settings.phone,
    )
    return print_shop_card(out, card=card, slip=None if device_id is None else _slip(street, device_id), practice=street.practice)


def draw_slip(street: OpenStreet, device_id: int, out: Path) -> int:
    """The pairing slip of one phone alone. Raises as `draw_card` does."""
    return print_shop_card(out, slip=_slip(street, device_id), practice=street.practice)


def _slip(street: OpenStreet, device_id: int) -> PairingSlip:
    row, text = pairing_of(street, device_id)
    return PairingSlip(row.shop_zh, row.shop_en, f"{row.shop}.{row.number}", text, street.settings.page_host)


def _offer(row: OfferRow) -> CardOffer:
    terms = row.terms
    return CardOffer(terms.title_zh, terms.title_en, terms.pays_cents, terms_text(words_for("zh_HK"), terms))
