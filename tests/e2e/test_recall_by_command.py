"""A recall by command: the lot is found by its words, everybody by the lot; on paper it is noted."""

import json
from pathlib import Path

import pytest

from caringstreet import cli
from caringstreet.rules.goods import Target
from caringstreet.services.goods_ledger import Recipient
from tests.builders import a_household, a_street
from tests.goods_street import a_donation, a_lot, given
from tests.printing.paper import words_of


def test_a_recall_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    street = a_street(tmp_path, goods=True)
    household = a_household(street, display_name="陳婆婆", phone="25559876")
    a_donation(street, a_lot("白米", 5), a_lot("豆腐", 20))
    given(street, 2, 2, Recipient(Target.HOUSEHOLD, household))
    street.close()
    common = ["--data", str(tmp_path / "street.caringstreet"), "--json", "--lang", "en"]
    assert cli.main(["goods", "lots", "豆腐", *common]) == 0
    assert [one["lot"] for one in json.loads(capsys.readouterr().out)] == [2]
    pdf = tmp_path / "recall.pdf"
    assert cli.main(["goods", "recall", "2", "--out", str(pdf), *common]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["item"], said["taken_in"], said["given"], said["on_hand"]) == ("豆腐", 20, 2, 18)
    assert [(one["household"], one["display_name"], one["quantity"]) for one in said["rows"]] == [("H-0001", "陳婆婆", 2)]
    (page,) = words_of(pdf)
    assert "H-0001 陳婆婆" in page and "豆腐" in page and "9876" not in page
    assert cli.main(["goods", "recall", "9", *common]) == 1
    assert json.loads(capsys.readouterr().out)["problem"]
