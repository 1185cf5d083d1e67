"""Ids by the names that people use: numbers and codes."""

from collections.abc import Mapping

from sqlalchemy import select

from caringstreet.model.households import Household
from caringstreet.model.offers import Offer
from caringstreet.model.shops import Shop
from caringstreet.storage.database import Reader


def households(reader: Reader) -> Mapping[str, int]:
    """Ids by household number."""
    return {number: one for number, one in reader.execute(select(Household.number, Household.id))}


def offers(reader: Reader) -> Mapping[str, int]:
    """Ids by offer code."""
    return {code: one for code, one in reader.execute(select(Offer.code, Offer.id))}


def shops(reader: Reader) -> Mapping[str, int]:
    """Ids by shop code."""
    return {code: one for code, one in reader.execute(select(Shop.code, Shop.id))}
