"""A new street's steps are ticked once they can really be used, and lie behind it once a voucher was printed."""

from datetime import date
from pathlib import Path

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import first_steps
from caringstreet.queries.first_steps import StepRow
from caringstreet.rules.first_steps import FirstStep
from caringstreet.rules.refusals import Refusal
from caringstreet.rules.shops import ShopState
from caringstreet.services import vouchers
from tests.builders import TODAY, a_household, a_shop, a_street, an_offer, issued
from tests.printing.goods import done


def steps(street: OpenStreet) -> dict[FirstStep, StepRow]:
    with street.database.reader() as reader:
        return {one.step: one for one in first_steps.steps(reader, TODAY)}


def ticked(street: OpenStreet) -> set[FirstStep]:
    return {one.step for one in steps(street).values() if one.done}


def begun(street: OpenStreet) -> bool:
    with street.database.reader() as reader:
        return first_steps.begun(reader)


def test_what_is_there_but_cannot_be_used_is_not_ticked_and_says_why(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    assert ticked(street) == set()
    contacting = a_shop(street, "S01", state=ShopState.CONTACTING)
    ended = a_shop(street, "S02", agreement_from=date(2025, 1, 1), agreement_until=date(2026, 10, 31))
    an_offer(street, ended)
    a_household(street, consent_on=None)
    found = steps(street)
    assert ticked(street) == set()
    assert (found[FirstStep.SHOP].blocked_id, found[FirstStep.SHOP].there) == (contacting, 2)
    reasons = {one.step: one.refusal.reason for one in found.values() if one.refusal is not None}
    assert reasons == {
        FirstStep.SHOP: Refusal.SHOP_NOT_ACTIVE,
        FirstStep.OFFER: Refusal.SHOP_AGREEMENT_ENDED,
        FirstStep.HOUSEHOLD: Refusal.HOUSEHOLD_WITHOUT_CONSENT,
    }
    street.close()


def test_each_step_is_ticked_in_turn_and_the_list_goes_with_the_first_print(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    shop = a_shop(street)
    assert ticked(street) == {FirstStep.SHOP}
    assert steps(street)[FirstStep.OFFER].next_id == shop
    with street.database.reader() as reader:
        possible = first_steps.possible(first_steps.steps(reader, TODAY))
    assert not possible[FirstStep.ISSUE] and possible[FirstStep.HOUSEHOLD]
    offer = an_offer(street, shop)
    household = a_household(street)
    assert ticked(street) == {FirstStep.SHOP, FirstStep.OFFER, FirstStep.HOUSEHOLD}
    assert steps(street)[FirstStep.ISSUE].next_id == household
    ids = issued(street, household, offer)
    assert ticked(street) == set(FirstStep) - {FirstStep.PRINT} and not begun(street)
    done(street, vouchers.mark_printed, voucher_ids=ids)
    assert ticked(street) == set(FirstStep) and begun(street)
    street.close()
