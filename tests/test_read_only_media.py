"""A street on a disc or a locked stick: all that is shown and drawn works, and nobody is told that it was recorded."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from caringstreet import cli
from caringstreet.storage import sidecars
from tests.builders import a_household, a_shop, a_street, an_offer, issued
from tests.discs import protect
from tests.printing.paper import words_of


@dataclass
class Reader:
    """Commands on a street that nothing can be written to."""

    data: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str, status: int = 0) -> Any:
        assert cli.main([*arguments, "--data", str(self.data), "--at", "2026-11-07T15:00", "--json", "--lang", "en"]) == status
        return json.loads(self.capsys.readouterr().out)

    def lines(self, *arguments: str) -> str:
        assert cli.main([*arguments, "--data", str(self.data), "--at", "2026-11-07T15:00", "--lang", "en"]) == 0
        return self.capsys.readouterr().out


@pytest.fixture
def reader(locked_street: Path, capsys: pytest.CaptureFixture[str]) -> Reader:
    return Reader(locked_street, capsys)


def test_papers_are_drawn_and_nothing_is_said_to_be_recorded(reader: Reader, tmp_path: Path) -> None:
    before = {one.name: one.read_bytes() for one in reader.data.parent.iterdir()}
    for verb in (("vouchers", "print", "--month", "2026-11"), ("report", "month", "2026-11"), ("goods", "recall", "1"), ("shop-page",)):
        out = tmp_path / f"{verb[0]}.pdf"
        assert reader.run(*verb, "--out", str(out))["recorded"] is False, verb
        assert out.exists()
        assert "nothing was recorded" in reader.lines(*verb, "--out", str(out))
    assert "7 November" in words_of(tmp_path / "report.pdf")[1]
    assert "without a number" in words_of(tmp_path / "report.pdf")[1]
    assert "recorded" not in reader.run("report", "month", "2026-11")
    assert {one.name: one.read_bytes() for one in reader.data.parent.iterdir()} == before


def test_a_summary_that_was_kept_before_keeps_its_number(reader: Reader, tmp_path: Path) -> None:
    kept = tmp_path / "kept.caringstreet"
    shutil.copyfile(reader.data, kept)
    writable = Reader(kept, reader.capsys)
    assert "recorded" not in writable.run("report", "month", "2026-11", "--out", str(tmp_path / "first.pdf"))
    again = Reader(reader.data, reader.capsys)
    again.run("report", "month", "2026-11", "--out", str(tmp_path / "unkept.pdf"))
    assert "Provisional no. 1" in words_of(tmp_path / "first.pdf")[1]
    assert "Provisional no. 1" not in words_of(tmp_path / "unkept.pdf")[1]


def test_all_that_only_shows_works(reader: Reader, tmp_path: Path) -> None:
    assert len(reader.run("vouchers", "list", "--month", "2026-11")) == 2
    assert [one["item"] for one in reader.run("goods", "lots", "豆腐")] == ["豆腐"]
    assert reader.run("check")["ok"]
    assert reader.run("backup", str(tmp_path / "elsewhere.caringstreet"))["ok"]
    (tmp_path / "offers.csv").write_text("編號,稱呼,人數,同意日期\nH-0009,王伯,1,2026-08-22\n", encoding="utf-8")
    assert reader.run("import", "households", str(tmp_path / "offers.csv"), "--dry-run")["new"] == 1
    assert reader.run("import", "households", str(tmp_path / "offers.csv"), status=3)["refused"] == "read_only"


def test_a_check_sees_what_lies_in_the_log_of_a_disc(disc: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    street = a_street(tmp_path)
    issued(street, a_household(street), an_offer(street, a_shop(street, "S01")))
    street.close()
    with closing(sqlite3.connect(street.path)) as harming:
        harming.execute("PRAGMA foreign_keys=OFF")
        harming.execute("PRAGMA journal_mode=WAL").fetchone()
        harming.execute("PRAGMA wal_autocheckpoint=0").fetchone()
        harming.execute("DELETE FROM household")
        harming.commit()
        for one in (street.path, *sidecars.sidecars(street.path)):
            if not one.name.endswith("-shm"):
                shutil.copyfile(one, disc / one.name)
    assert sidecars.unfolded(disc / street.path.name)
    protect(disc)
    reader = Reader(disc / street.path.name, capsys)
    assert reader.run("check", status=3)["refused"] == "damaged"
    assert reader.run("backup", str(tmp_path / "elsewhere.caringstreet"))["ok"], "the damage is what there is"
