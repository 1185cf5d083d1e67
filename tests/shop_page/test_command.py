"""The shops' page from the street's data file: by command, and what it must never carry."""

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from caringstreet.cli import main
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import street as street_services
from caringstreet.services.street import StreetSettings
from tests.builders import BY, a_household, a_shop, a_street, an_offer, handed_out


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def command(*words: str, status: int = 0) -> Any:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        found = main([*words, "--data", str(tmp_path / "street.caringstreet"), "--json", "--at", "2026-11-02"])
        said = capsys.readouterr()
        assert found == status, said
        assert "Traceback" not in said.err
        return json.loads(said.out)

    return command


def test_the_command_writes_the_page_and_measures_it(tmp_path: Path, run: Any) -> None:
    run("init", "--name", "愛心街", "--team", "鄰舍隊", "--page-host", "a.hk", "--whatsapp", "+852 9123 4567")
    said = run("shop-page", "--out", str(tmp_path / "out"))
    assert said["files"] == [str(tmp_path / "out" / "sw.js"), str(tmp_path / "out" / "v" / "index.html")]
    page = (tmp_path / "out" / "v" / "index.html").read_bytes()
    assert said["bytes"] == len(page) <= 80 * 1024
    assert said["gzip_bytes"] <= 30 * 1024
    assert said["sha256"] == hashlib.sha256(page).hexdigest()
    assert '"whatsapp":"85291234567"' in page.decode()
    again = run("shop-page", "--out", str(tmp_path / "out"))
    assert again == said


def test_a_sync_address_is_the_only_one_that_the_page_may_call(tmp_path: Path, run: Any) -> None:
    run("init", "--name", "愛心街", "--team", "鄰舍隊", "--page-host", "a.hk")
    run("shop-page", "--out", str(tmp_path / "bare"))
    run("shop-page", "--out", str(tmp_path / "sync"), "--sync", "https://sync.example.org/r")
    bare, sync = ((tmp_path / name / "v" / "index.html").read_text(encoding="utf-8") for name in ("bare", "sync"))
    assert "connect-src" not in bare
    assert "connect-src https://sync.example.org" in sync and '"sync":"https://sync.example.org/r"' in sync


@pytest.mark.parametrize("address", ["http://sync.example.org/r", "sync.example.org", "https://", "https://a.hk/r; script-src *"])
def test_what_is_no_safe_sync_address_is_wrong_use(tmp_path: Path, run: Any, address: str) -> None:
    run("init", "--name", "愛心街", "--team", "鄰舍隊")
    data = str(tmp_path / "street.caringstreet")
    assert main(["shop-page", "--out", str(tmp_path / "out"), "--sync", address, "--data", data]) == 2
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, run: Any) -> None:
    run("init", "--name", "愛心街", "--team", "鄰舍隊")
    (tmp_path / "out").write_text("a file")
    said = run("shop-page", "--out", str(tmp_path / "out"), status=3)
    assert str(tmp_path / "out") in said["problem"]


def test_a_whatsapp_number_that_is_none_is_refused(tmp_path: Path, run: Any) -> None:
    said = run("init", "--name", "愛心街", "--team", "鄰舍隊", "--whatsapp", "12345", status=1)
    assert said["refused"] == str(Refusal.PHONE_UNUSABLE)
    assert not (tmp_path / "street.caringstreet").exists()


def test_settings_refuse_a_number_beside_its_field(tmp_path: Path) -> None:
    street = a_street(tmp_path, whatsapp="9123-4567")
    assert street.settings.whatsapp == "91234567"
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        street_services.change_settings(tx, settings=StreetSettings("愛心街", "鄰舍隊", whatsapp="x"), at=street.clock.now(), by=BY)
    assert (refused.value.reason, refused.value.field) == (Refusal.PHONE_UNUSABLE, "whatsapp")
    street.close()


def test_no_person_and_no_private_key_is_in_the_page(tmp_path: Path, run: Any) -> None:
    street = a_street(tmp_path)
    shop = a_shop(street, "S07", note="熟客")
    household = a_household(street, "H-0086", display_name="陳婆婆", phone="25550086", building="金都樓")
    handed_out(street, household, an_offer(street, shop, note="只限獨居"))
    private = next(iter(street.signers.values()))._key.private_bytes_raw().hex()
    street.close()
    run("shop-page", "--out", str(tmp_path / "out"))
    page = (tmp_path / "out" / "v" / "index.html").read_text(encoding="utf-8")
    assert "$20 蔬菜券" in page
    for secret in (private, "陳婆婆", "H-0086", "25550086", "金都樓", "輝叔", "25550007", "熟客", "獨居", "商戶S07", BY):
        assert secret not in page
