"""Dietary notes: what a household does not eat, and what a lot does not suit; one vocabulary for both."""

from collections.abc import Collection
from enum import StrEnum


class Diet(StrEnum):
    """A way of eating that a household told; goods are marked with those whom they do not suit."""

    VEGETARIAN = "vegetarian"
    NO_PORK = "no_pork"
    NO_BEEF = "no_beef"
    SOFT = "soft"
    LOW_SUGAR = "low_sugar"


def suits(diets: Collection[str], not_for: Collection[str]) -> bool:
    """Whether goods suit a household; who told nothing eats everything."""
    return not set(diets) & set(not_for)
