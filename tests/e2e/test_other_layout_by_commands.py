"""The sample month in the lists of another centre: by commands it becomes the same street, to the last cent."""

from datetime import datetime
from pathlib import Path

import pytest

from caringstreet.exchange.columns import RowKind
from tests import other_layout
from tests.e2e.test_month_by_commands import Commands

AT = datetime(2026, 11, 30, 20, 0)
LISTS = (
    (RowKind.SHOPS, "商戶名單.xlsx", 20), (RowKind.OFFERS, "優惠.csv", 19), (RowKind.HOUSEHOLDS, "住戶名單.xlsx", 86), (RowKind.FUND, "經費.csv", 9),
    (RowKind.GOODS, "物資捐贈.xlsx", 41),
)  # fmt: skip


def test_lists_in_another_layout_are_the_same_street(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = Commands(tmp_path / "street.caringstreet", capsys, monkeypatch)
    commands("init", "--name", "愛心街", "--team", "鄰舍隊", "--phone", "2555 0100", at=datetime(2026, 11, 1, 9, 0))
    for kind, name, rows in LISTS:
        taken = commands("import", str(kind), str(other_layout.write(tmp_path, kind, samples / name)), at=AT)
        assert (taken["new"], taken["bad"]) == (rows, 0), kind
        assert taken["read"] == taken["new"] + taken["unchanged"] + taken["rows_left_out"]
    for kind, name, rows in LISTS:
        again = commands("import", str(kind), str(samples / name), at=AT)
        assert (again["new"], again["changed"], again["bad"]) == (0, 0, 0), kind
        assert again["unchanged"] >= rows
    assert commands("report", "month", "2026-11", at=AT)["fund"]["closing_cents"] == 2_240_000 + 1_085_000 - 18_600
    assert commands("check", at=AT) == {"ok": True, "problems": []}
