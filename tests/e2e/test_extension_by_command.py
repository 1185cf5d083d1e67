"""An extension by command, and its undo: the last one that stands."""

import json
from pathlib import Path

import pytest

from caringstreet import cli
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out


def test_an_extension_by_command_is_undone_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    street = a_street(tmp_path)
    handed_out(street, a_household(street), an_offer(street, a_shop(street)), count=2)
    street.close()
    common = ["--data", str(tmp_path / "street.caringstreet"), "--json", "--lang", "en", "--at", "2026-11-20 10:00"]
    days = ["--due-from", "2026-11-30", "--due-to", "2026-11-30", "--until", "2026-12-07"]
    assert cli.main(["vouchers", "extend", *days, "--reason", "typhoon", *common]) == 0
    assert json.loads(capsys.readouterr().out) == {"extended": 2}
    assert cli.main(["vouchers", "undo-extend", *common]) == 0
    assert json.loads(capsys.readouterr().out) == {"undone": 2}
    assert cli.main(["vouchers", "undo-extend", *common]) == 1
    assert "no extension" in capsys.readouterr().out
    assert cli.main(["vouchers", "extend", *days, "--reason", "typhoon", *common]) == 0
    assert json.loads(capsys.readouterr().out) == {"extended": 2}
