"""Kinds of household for reports, and the number that comes next."""

import pytest

from caringstreet.rules.households import HouseholdKind, kind_of_household, next_number


@pytest.mark.parametrize(
    ("born", "kind"),
    [
        ([1966, 1948], HouseholdKind.ELDERS),
        ([1967, 1948], HouseholdKind.OTHER),
        ([1948, None], HouseholdKind.OTHER),
        ([1980, 2009], HouseholdKind.CHILDREN),
        ([1980, 2008], HouseholdKind.OTHER),
        ([1948, 2012], HouseholdKind.CHILDREN),
        ([None, 2012], HouseholdKind.CHILDREN),
        ([None], HouseholdKind.OTHER),
        ([], HouseholdKind.OTHER),
    ],
)
def test_a_household_is_of_the_kind_that_its_birth_years_say(born, kind):
    assert kind_of_household(born, 2026) is kind


def test_the_next_number_follows_the_highest_whatever_else_is_on_the_list():
    assert next_number([]) == "H-0001"
    assert next_number(["H-0086", "H-0009", "X-0999", "H-OLD", "0777"]) == "H-0087"
    assert next_number(["H-9999"]) == "H-10000"
