"""Makes the shops' page of an open street, and looks whether its host serves it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import local_day
from caringstreet.queries import page_checks, shop_page
from caringstreet.rules.page_checks import PageFound
from caringstreet.rules.phones import NotAPhone, normal_phone
from caringstreet.shop_page.page import OfferWords, PageFacts, PublicKey, WrittenPage, write_page


def page_facts(street: OpenStreet, today: date) -> PageFacts:
    """What the page says on a day."""
    with street.database.reader() as reader:
        known = shop_page.facts(reader, today)
    settings = street.settings
    return PageFacts(
        street=settings.name,
        team=settings.team,
        phone=_callable(settings.phone),
        whatsapp=settings.whatsapp,
        keys={key.key_id: PublicKey(key.public_key, key.retired_at and local_day(key.retired_at)) for key in known.keys},
        offers={one.number: OfferWords(one.shop, one.title_zh, one.title_en, one.cents) for one in known.offers},
        cancelled=known.cancelled,
        later=known.later,
        extended=known.extended,
        practice=street.practice,
    )


def write_shop_page(street: OpenStreet, folder: Path, today: date, *, sync_address: str = "") -> WrittenPage:
    """Write the page and its worker into a folder; with a sync address phones send there, too. Raises OSError."""
    return write_page(replace(page_facts(street, today), sync_address=sync_address), folder)


def look_at_shop_page(street: OpenStreet) -> PageFound:
    """What the street's page host serves now; the answer is for `services.page_checks` to keep."""
    # Slow to load, and needed only by who asks.
    from caringstreet.shop_page.host import look_at

    host = street.settings.page_host
    with street.database.reader() as reader:
        made = page_checks.checks(reader, host).made
    return look_at(f"https://{host}", made)


def _callable(phone: str) -> str:
    """Eight digits, or nothing where the street's telephone is written in another way."""
    try:
        return normal_phone(phone)
    except NotAPhone:
        return ""
