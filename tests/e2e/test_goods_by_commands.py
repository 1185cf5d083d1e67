"""The goods of the sample month by commands: import, report, import again, undo."""

import json
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from caringstreet.bootstrap import open_street
from caringstreet.cli import main
from caringstreet.queries import imports
from caringstreet.services import import_undo
from tests.e2e.test_month_by_commands import Commands
from tests.november import AFTER, MONTH

START = datetime(2026, 11, 30, 21, 0)
#: Day, collected, handed out, thrown away; the two of the 12th and the 14th as the samples' README has them.
RUNS = (
    (3, 41, 40, 1), (5, 38, 38, 0), (7, 52, 49, 3), (10, 47, 45, 2), (12, 44, 43, 1), (14, 36, 34, 2),
    (17, 58, 54, 4), (19, 40, 39, 1), (21, 39, 39, 0), (24, 49, 46, 3), (26, 55, 51, 4), (28, 45, 43, 2),
)  # fmt: skip
OTHERS = {
    ("橙", "斤"): (6.5, 6, 0.5, 0),
    ("罐頭", "個"): (24, 15, 0, 9),
    ("白米 2 公斤裝", "包"): (5, 5, 0, 0),
    ("口罩", "盒"): (20, 12, 0, 8),
    ("豆腐", "件"): (18, 16, 2, 0),
    ("利是糖", "磅"): (3, 3, 0, 0),
    ("㓥好嘅魚", "斤"): (4, 4, 0, 0),
    ("毛毯", "張"): (30, 11, 0, 19),
    ("急凍餃子", "包"): (12, 8, 0, 4),
    ("感冒茶沖劑", "盒"): (10, 4, 0, 6),
}
NOTHING = {"items": [], "runs": [], "choice_days": []}


@pytest.fixture
def commands(tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    found = Commands(tmp_path / "street.caringstreet", capsys, monkeypatch)
    found("init", "--name", "愛心街", "--team", "鄰舍隊", at=START)
    found("import", "shops", str(samples / "商戶名單.xlsx"), at=START)
    return found


def test_the_goods_of_november_add_up(commands: Commands, samples: Path) -> None:
    taken = commands("import", "goods", str(samples / "物資捐贈.xlsx"), at=START)
    assert (taken["read"], taken["new"], taken["bad"], taken["errors"]) == (42, 41, 0, [])
    report = commands("report", "goods", MONTH, at=AFTER)
    runs = report["runs"]
    assert [(int(one["date"][-2:]), one["collected"], one["handed_out"], one["disposed"]) for one in runs] == list(RUNS)
    assert [sum(one[name] for one in runs) for name in ("collected", "handed_out", "disposed", "left")] == [544, 521, 23, 0]
    expected = json.loads((samples / "expected.json").read_text(encoding="utf-8"))
    assert [(one["date"], one["pieces"], one["discarded"]) for one in expected["bread"]["runs"]] == [
        (one["date"], one["collected"], one["disposed"]) for one in runs
    ]
    assert sum(one["handed_out"] for one in runs) == expected["bread"]["to_households"] + expected["bread"]["to_street_cleaners"]
    (day,) = report["choice_days"]
    named = ("date", "received", "unfit", "displayed", "chosen", "left", "kept", "recycled", "visitors")
    assert [day[name] for name in named] == ["2026-11-28", 214, 31, 183, 141, 42, 30, 12, 62]
    items = {(one["item"], one["unit"]): (one["in"], one["out"], one["disposed"], one["on_hand"]) for one in report["items"]}
    assert {key: items[key] for key in OTHERS} == OTHERS
    assert len(items) == len(OTHERS) + 2 + 7
    for came, given, gone, left in items.values():
        assert came == given + gone + left
    assert all(type(one["in"]) is int for one in report["items"] if one["item"] != "橙")
    again = commands("import", "goods", str(samples / "物資捐贈.xlsx"), at=AFTER)
    assert (again["new"], again["changed"], again["unchanged"], again["bad"]) == (0, 0, 41, 0)
    assert commands("report", "goods", MONTH, at=AFTER) == report
    assert commands("check", at=AFTER) == {"ok": True, "problems": []}


def test_the_sheets_go_in_one_by_one_just_as_well(commands: Commands, samples: Path) -> None:
    for sheet, rows in (("其他", 10), ("麵包", 24), ("週街士多28-11", 7)):
        assert commands("import", "goods", str(samples / "物資捐贈.xlsx"), "--sheet", sheet, at=START)["new"] == rows
    assert commands("import", "goods", str(samples / "物資捐贈.xlsx"), at=START)["unchanged"] == 41


def test_the_undo_leaves_nothing_of_november(commands: Commands, samples: Path) -> None:
    assert commands("import", "goods", str(samples / "物資捐贈.xlsx"), "--dry-run", at=START)["new"] == 41
    assert NOTHING.items() <= commands("report", "goods", MONTH, at=AFTER).items()
    commands("import", "goods", str(samples / "物資捐贈.xlsx"), at=START)
    street = open_street(commands.data)
    with street.database.reader() as reader:
        batch = imports.recent(reader)[0]
    with street.database.transaction() as tx:
        import_undo.undo(tx, batch_id=batch.batch_id, at=street.clock.now(), by="test")
    street.close()
    assert NOTHING.items() <= commands("report", "goods", MONTH, at=AFTER).items()


def test_rows_that_cannot_go_in_are_named_with_their_sheet(commands: Commands, samples: Path, tmp_path: Path) -> None:
    import openpyxl

    path, bad = tmp_path / "wrong.xlsx", tmp_path / "bad.xlsx"
    book = openpyxl.load_workbook(samples / "物資捐贈.xlsx")
    book["週街士多28-11"]["I2"] = 43
    book["其他"]["A3"] = "31/11/2026"
    book.create_sheet("記事").append(["下月請早", "多謝"])
    book.save(path)
    found = commands("import", "goods", str(path), "--errors", str(bad), at=START, status=1)
    assert [(one["sheet"], one["line"], one["column"], one["value"], one["kind"]) for one in found["errors"]] == [
        ("週街士多28-11", 2, "陳列", "55", "displayed_does_not_add_up"),
        ("其他", 3, "日期", "31/11/2026", "impossible_date"),
    ]
    assert found["sheets_left_out"] == ["記事"]
    assert found["new"] == 39
    mended = openpyxl.load_workbook(bad)
    mended["週街士多28-11"]["I2"] = 42
    mended["其他"]["A2"] = "6/11/2026"
    mended.save(bad)
    assert commands("import", "goods", str(bad), at=START)["new"] == 2
    (day,) = commands("report", "goods", MONTH, at=AFTER)["choice_days"]
    assert (day["received"], day["chosen"], day["visitors"]) == (214, 141, 62)


def test_the_month_is_written_as_paper_and_as_a_workbook(commands: Commands, samples: Path, tmp_path: Path) -> None:
    import openpyxl

    commands("import", "goods", str(samples / "物資捐贈.xlsx"), at=START)
    pdf, xlsx = tmp_path / "goods.pdf", tmp_path / "goods.xlsx"
    commands("report", "goods", MONTH, "--out", str(pdf), "--xlsx", str(xlsx), "--lang", "en", at=AFTER)
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    for figure in ("544", "521", "214", "183", "141"):
        assert figure in told
    cells = {cell.value for sheet in openpyxl.load_workbook(xlsx) for row in sheet.iter_rows() for cell in row}
    assert {"毛毯", 6.5, 214} <= cells


def test_people_read_the_same_figures(commands: Commands, samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands("import", "goods", str(samples / "物資捐贈.xlsx"), at=START)
    assert main(["report", "goods", MONTH, "--data", str(commands.data), "--lang", "zh_HK"]) == 0
    said = capsys.readouterr().out
    assert "橙（斤）：收入 6.5，派發 6，棄置 0.5，結存 0" in said
    assert "62 人到場" in said
    assert main(["report", "goods", "2026-09", "--data", str(commands.data), "--lang", "en"]) == 0
    assert "No goods this month." in capsys.readouterr().out
