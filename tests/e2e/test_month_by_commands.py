"""The sample month by commands: import, issue, print, read the paper back, record, sum up."""

import io
import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from caringstreet.cli import main
from tests.november import AFTER, MONTH, Made, chosen, events, rows


class Commands:
    """Runs verbs in this process on one street."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.data, self._capsys, self._monkeypatch = data, capsys, monkeypatch

    def __call__(self, *words: str, at: datetime, status: int = 0, typed: str = "") -> Any:
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        found = main([*words, "--data", str(self.data), "--json", "--at", at.isoformat()])
        said = self._capsys.readouterr()
        assert found == status, said
        assert "Traceback" not in said.err
        return json.loads(said.out)

    def vouchers(self, at: datetime) -> list[Made]:
        return [
            Made(
                one["code"],
                one["text"],
                one["household"],
                one["offer"],
                date.fromisoformat(one["valid_from"]),
                date.fromisoformat(one["valid_to"]),
                one["state"],
            )
            for one in self("vouchers", "list", "--month", MONTH, at=at)
        ]


@pytest.fixture
def commands(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    return Commands(tmp_path / "street.caringstreet", capsys, monkeypatch)


def codes_on_paper(pdf: Path, dpi: int) -> list[str]:
    """What a scanner reads from all pages of a printed PDF."""
    folder = pdf.with_suffix(f".{dpi}")
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", str(pdf), str(folder / "page")], check=True)
    found = []
    for page in sorted(folder.iterdir()):
        with Image.open(page) as picture:
            found += [one.text for one in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]
    return found


def test_the_sample_month_ends_in_its_expected_figures(commands: Commands, samples: Path, tmp_path: Path) -> None:
    expected = json.loads((samples / "expected.json").read_text(encoding="utf-8"))
    start = datetime(2026, 11, 1, 9, 0)
    later = datetime(2026, 11, 30, 20, 0)
    commands("init", "--name", "愛心街", "--team", "鄰舍隊", "--phone", "2555 0100", at=start)
    assert commands("import", "shops", str(samples / "商戶名單.xlsx"), at=start)["new"] == 20
    assert commands("import", "offers", str(samples / "優惠.csv"), at=start)["new"] == 19
    assert commands("import", "households", str(samples / "住戶名單.xlsx"), at=later)["new"] == 86
    faults = commands("import", "households", str(samples / "住戶名單_有錯.csv"), "--dry-run", at=later, status=1)
    kept = ("line", "column", "value", "kind")
    assert [{key: one[key] for key in kept} for one in faults["errors"]] == (expected["imports"]["households_with_faults"]["faults"])
    assert faults["new"] == expected["imports"]["households_with_faults"]["good"]

    book = commands("import", "fund", str(samples / "經費.csv"), at=start)
    assert (book["read"], book["new"], book["bad"]) == (9, 9, 0)
    issued = commands("issue", "--plan", str(samples / "issue.csv"), at=start)
    assert issued == {"issued": expected["vouchers"]["issued"], "refused": []}
    for day, voucher, note in chosen(commands.vouchers(start), rows(samples, "replacements.csv")):
        at = datetime(day.year, day.month, day.day, 10, 0)
        commands("vouchers", "replace", voucher.code, "--reason", note, at=at)
    for day, voucher, note in chosen(commands.vouchers(start), rows(samples, "returns.csv")):
        at = datetime(day.year, day.month, day.day, 10, 0)
        commands("vouchers", "return", voucher.code, "--reason", note, at=at)
    pdf = tmp_path / "november.pdf"
    printed = commands("vouchers", "print", "--month", MONTH, "--out", str(pdf), at=start)
    made = [one for one in commands.vouchers(start) if one.state == "made"]
    assert printed["vouchers"] == len(made) == 694 - 4
    for dpi in (150, 100):
        assert sorted(codes_on_paper(pdf, dpi)) == sorted(one.text for one in made)
    assert commands("vouchers", "hand-out", "--month", MONTH, at=later)["handed_out"] == len(made)

    for sent in events(samples, made):
        status = 1 if _has_refused(sent, made) else 0
        commands("scan", "--shop", sent.shop, "--channel", sent.channel, "--record", at=sent.at, status=status, typed="\n".join(sent.codes))
    report = commands("report", "month", MONTH, at=AFTER)
    _compare(report, expected)
    assert report["fund"] == {
        "opening_cents": 2_240_000,
        "income_cents": 1_085_000,
        "income_by_kind": {"individual": 185_000, "public": 500_000, "charity": 400_000},
        "vouchers_cents": 726_400,
        "other_out_cents": 18_600,
        "closing_cents": 2_580_000,
        "free_cents": 2_580_000,
    }
    assert commands("check", at=AFTER) == {"ok": True, "problems": []}
    _decide(commands, expected)


def _decide(commands: Commands, expected: dict[str, Any]) -> None:
    """What the month leaves to a person: no answer moves a redemption, the photocopy is paid apart from them."""
    asked = commands("ask", "list", at=AFTER)
    kinds = [one["kind"] for one in asked]
    assert (kinds.count("second_sheet"), kinds.count("wrong_shop"), kinds.count("without_slip")) == (1, 1, 3)
    assert len(asked) == 5
    by_kind = {one["kind"]: one for one in asked}
    copy, stray = by_kind["second_sheet"], by_kind["wrong_shop"]
    assert (copy["shops"], copy["suggested"]) == (["S07"], "goodwill")
    assert sum(piece["kind"] == "slip" for piece in copy["evidence"]) == 2
    moments = [piece["received_at"] for piece in copy["evidence"]]
    assert moments == [datetime.fromisoformat(one).isoformat() for one in moments], "a moment that is not ISO 8601"
    assert (stray["shops"], stray["own_shop"], stray["suggested"]) == (["S20"], "S18", "book")
    missing = [str(one["id"]) for one in asked if one["kind"] == "without_slip"]
    confirmed = commands("ask", "decide", *missing, "--answer", "confirm", "--reason", "月結單已簽", at=AFTER)
    assert (confirmed["decided"], confirmed["answer"]) == ([int(one) for one in missing], "confirm")
    commands("ask", "decide", str(copy["id"]), "--answer", "accept", "--reason", "好", at=AFTER, status=1)
    commands("ask", "decide", str(copy["id"]), "--answer", "goodwill", "--reason", "兩張都已蓋印", at=AFTER)
    report = commands("report", "month", MONTH, at=AFTER)
    _compare(report, expected)
    assert report["goodwill"] == {"count": 1, "payable_cents": 1800, "shop_gift_cents": 200}
    assert {one["shop"]: one["goodwill"]["count"] for one in report["shops"] if one["goodwill"]["count"]} == {"S07": 1}
    assert report["fund"]["closing_cents"] == 2_580_000 - 1800
    assert [(one["answer"], one["by"]) for one in commands("ask", "list", "--decided", at=AFTER)][:1] == [("goodwill", "command")]
    commands("ask", "reverse", str(copy["id"]), "--reason", "看錯", at=AFTER)
    assert [one["kind"] for one in commands("ask", "list", at=AFTER)] == ["second_sheet", "wrong_shop"]
    assert commands("report", "month", MONTH, at=AFTER)["goodwill"]["count"] == 0
    assert commands("check", at=AFTER) == {"ok": True, "problems": []}


def _has_refused(sent: Any, made: list[Made]) -> bool:
    offers = {one.code: one.offer for one in made}
    return any(code not in offers or offers[code] != sent.shop for code in sent.codes)


def _compare(report: dict[str, Any], expected: dict[str, Any], *, mistyped_kept: bool = True) -> None:
    """The desk leaves a mistyped code in its field to be mended, so that only lists and chats keep any."""
    vouchers = expected["vouchers"]
    for name in ("issued", "redeemed", "expired", "returned", "replaced"):
        assert report[name] == vouchers[name], name
    assert report["void"] == vouchers["void_lost"]
    assert report["without_slip"] == expected["channels"]["redeemed_without_slip"]
    assert report["payable_cents"] == 100 * expected["money"]["spent_hkd"]
    assert report["shop_gift_cents"] == 100 * expected["money"]["shop_gift_hkd"]
    first = expected["channels"]["first_sighting"]
    assert {name: report["channels"][name] for name in first} == first
    for offer in report["offers"]:
        wanted = expected["offers"][offer["offer"]]
        assert (offer["quota"], offer["issued"], offer["redeemed"], offer["expired"], offer["returned"]) == (
            wanted["quota"], wanted["issued"], wanted["redeemed"], wanted["expired"], wanted["returned"],
        )  # fmt: skip
        assert offer["payable_cents"] == 100 * wanted["payable_hkd"]
        assert offer["shop_gift_cents"] == 100 * wanted["shop_gift_hkd"]
    for shop in report["shops"]:
        assert shop["payable_cents"] == 100 * expected["shops"][shop["shop"]]["payable_hkd"]
        assert shop["redeemed"] == expected["shops"][shop["shop"]]["redeemed"]
    counted = {one["kind"]: one["count"] for one in report["exceptions"]}
    assert counted == {
        "second_sheet": expected["channels"]["photocopies"],
        "wrong_shop": expected["channels"]["wrong_shop"],
        "already_known": expected["channels"]["double_presses"],
        **({"mistyped": expected["channels"]["mistyped_codes"]} if mistyped_kept else {}),
        "outside_window": expected["channels"]["soft_flags"],
    }
