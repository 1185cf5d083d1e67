"""The same plan given twice is asked about; the first time, and another plan, are not."""

from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.importing import fingerprint, read_plan_file
from caringstreet.rules.doubts import Doubt, Doubted
from caringstreet.services import vouchers
from caringstreet.services.vouchers import IssuedVouchers, IssueLine
from tests.builders import BY, TODAY, a_household, a_shop, a_street, an_offer


def give(street: OpenStreet, line: IssueLine, plan: str, accepted: tuple[Doubt, ...] = ()) -> IssuedVouchers:
    with street.database.transaction(accepted=accepted) as tx:
        return vouchers.issue(tx, lines=[line], random_bits=street.random_bits, at=street.clock.now(), by=BY, plan=plan)


def a_plan(path: Path, *lines: str) -> str:
    path.write_text("\n".join(("date,household,offer,count", *lines)), encoding="utf-8")
    return fingerprint(read_plan_file(path))


def test_a_plan_that_was_given_before_is_asked_about(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    line = IssueLine(a_household(street), an_offer(street, a_shop(street)), TODAY, 1)
    plan = a_plan(tmp_path / "1.csv", "2026-11-01,H-0001,S01,1")
    assert len(give(street, line, plan).voucher_ids) == 1
    same = a_plan(tmp_path / "another name.csv", "1/11/2026,H-0001,S01,1")
    with pytest.raises(Doubted) as asked:
        give(street, line, same)
    assert (asked.value.reason, asked.value.facts) == (Doubt.PLAN_AGAIN, {"day": TODAY, "issued": 1})
    assert len(give(street, line, same, (Doubt.PLAN_AGAIN,)).voucher_ids) == 1
    other = a_plan(tmp_path / "2.csv", "2026-11-01,H-0001,S01,2")
    assert len(give(street, line, other).voucher_ids) == 1


def test_a_plan_of_which_nothing_was_issued_may_be_given_again(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    line = IssueLine(a_household(street, consent_on=None), an_offer(street, a_shop(street)), TODAY, 1)
    assert len(give(street, line, "x").refused) == 1
    assert len(give(street, line, "x").refused) == 1
