"""Makes the shops' page of an open street: the query's facts, written as files for upload."""

from datetime import date
from pathlib import Path

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import local_day
from caringstreet.queries import shop_page
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
        offers={one.number: OfferWords(one.shop, one.title_zh, one.title_en) for one in known.offers},
        cancelled=known.cancelled,
        later=known.later,
        extended=known.extended,
        practice=street.practice,
    )


def write_shop_page(street: OpenStreet, folder: Path, today: date) -> WrittenPage:
    """Write the page and its worker into a folder. Raises OSError."""
    return write_page(page_facts(street, today), folder)


def _callable(phone: str) -> str:
    """Eight digits, or nothing where the street's telephone is written in another way."""
    try:
        return normal_phone(phone)
    except NotAPhone:
        return ""
