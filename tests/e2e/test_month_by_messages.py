"""The sample month as it really comes: chats exported at its end, envelopes by rounds, a few telephone calls."""

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from urllib.parse import unquote

import pytest

from caringstreet.rules.claims import sign
from tests.e2e.test_month_by_commands import Commands, _compare, _has_refused, commands  # noqa: F401 (a fixture)
from tests.november import AFTER, MONTH, Sent, chosen, events, rows

START, LATER = datetime(2026, 11, 1, 9, 0), datetime(2026, 11, 30, 20, 0)


def android(at: datetime, sender: str, body: str) -> str:
    return f"{at.day}/{at.month}/{at.year} {'下午' if at.hour >= 12 else '上午'}{at.hour % 12 or 12}:{at:%M} - {sender}: {body}\n"


def ios(at: datetime, sender: str, body: str) -> str:
    return f"[{at.day}/{at.month}/{at.year}, {at.hour % 12 or 12}:{at:%M:%S}\u202f{'pm' if at.hour >= 12 else 'am'}] {sender}: {body}\r\n"


def web(at: datetime, sender: str, body: str) -> str:
    return f"[{at:%H:%M}, {at.year}年{at.month}月{at.day}日] {sender}: {body}\n"


class Chat:
    """The chat with one shop. A paired phone sends its own lines; a code that it did not scan is typed by hand."""

    def __init__(self, shop: str, name: str, card: str, write: object) -> None:
        self.shop, self.name, self.write = shop, name, write
        fields = card.partition("#P")[2].split("~") if card else []
        self.number, self.key = (int(fields[1]), bytes.fromhex(fields[2])) if fields else (0, b"")
        assert not fields or (fields[0], unquote(fields[3])) == (shop, name)
        self.lines: dict[str, str] = {}

    def text(self, sent: Iterable[Sent], genuine: set[str]) -> str:
        said = ""
        for number, one in enumerate(sent):
            (code,) = one.codes
            body = code.lower() if number % 3 else f"收咗 {code}，多謝"
            if self.key and code in genuine:
                at = one.at - timedelta(seconds=40)
                plain = code.replace("-", "")
                self.lines.setdefault(code, sign(self.shop, self.number, len(self.lines) + 1, at, plain, self.key).line)
                body = f"愛心券 1 張 {self.name}\n{self.lines[code]}"
            said += self.write(one.at, self.name, body)  # type: ignore[operator]
            if number % 5 == 0:
                said += self.write(one.at + timedelta(minutes=1), "鄰舍隊", f"收到 {code}")  # type: ignore[operator]
        return said


def found(run: Commands, samples: Path) -> list[Sent]:
    """The street of November with its vouchers handed out, and everything that came back."""
    run("init", "--name", "愛心街", "--team", "鄰舍隊", "--page-host", "voucher.example.org", at=START)
    run("import", "shops", str(samples / "商戶名單.xlsx"), at=START)
    run("import", "offers", str(samples / "優惠.csv"), at=START)
    run("import", "households", str(samples / "住戶名單.xlsx"), at=LATER)
    run("issue", "--plan", str(samples / "issue.csv"), at=START)
    for name, verb in (("replacements.csv", "replace"), ("returns.csv", "return")):
        for day, voucher, note in chosen(run.vouchers(START), rows(samples, name)):
            run("vouchers", verb, voucher.code, "--reason", note, at=datetime(day.year, day.month, day.day, 10, 0))
    made = [one for one in run.vouchers(START) if one.state == "made"]
    run("vouchers", "print", "--month", MONTH, "--out", str(run.data.with_suffix(".pdf")), at=START)
    run("vouchers", "hand-out", "--month", MONTH, at=LATER)
    run.made = made  # type: ignore[attr-defined]
    return events(samples, made)


def test_the_month_read_from_its_chats_ends_in_the_same_figures(
    commands: Commands,  # noqa: F811
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = json.loads((samples / "expected.json").read_text(encoding="utf-8"))
    sent = found(commands, samples)
    made = commands.made  # type: ignore[attr-defined]
    genuine, names = {one.code for one in made}, _names(commands)
    by_shop: dict[str, list[Sent]] = defaultdict(list)
    for one in sent:
        if one.channel == "whatsapp":
            by_shop[one.shop].append(one)
            continue
        status = 1 if _has_refused(one, made) else 0
        commands("scan", "--shop", one.shop, "--channel", one.channel, "--record", at=one.at, status=status, typed="\n".join(one.codes))

    texts = []
    for number, (shop, messages) in enumerate(sorted(by_shop.items())):
        card = commands("shop-card", "--shop", shop, at=START)["text"] if number % 2 else ""
        chat = Chat(shop, names[shop], card, (android, ios, web)[number % 3])
        texts.append((shop, chat.text(sorted(messages, key=lambda one: one.at), genuine)))
    Random(11).shuffle(texts)
    counted: dict[str, int] = defaultdict(int)
    for shop, text in texts:
        path = _written(tmp_path, shop, text)
        known = ("--own", "鄰舍隊")
        status = 1 if shop in ("S02", "S15") else 0
        looked = commands("messages", "import", str(path), *known, at=AFTER, status=status)
        taken = commands("messages", "import", str(path), *known, "--record", at=AFTER, status=status)
        again = commands("messages", "import", str(path), "--record", at=AFTER, status=status)
        assert {**looked, "recorded": True} == taken
        assert (again["new"], again["known"]) == (0, taken["new"] + taken["known"])
        for name in ("new", "known", "mistyped", "unknown_sender", "ask", "conflicting", "bad_mac", "refused"):
            counted[name] += taken[name]
    channels = expected["channels"]
    assert counted == {
        "new": channels["whatsapp_good"],
        "known": channels["double_presses"],
        "mistyped": channels["mistyped_codes"],
        "unknown_sender": 0, "ask": 0, "conflicting": 0, "bad_mac": 0, "refused": 0,
    }  # fmt: skip
    _compare(commands("report", "month", MONTH, at=AFTER), expected)
    assert commands("check", at=AFTER) == {"ok": True, "problems": []}


def _written(folder: Path, shop: str, text: str) -> Path:
    """Every other chat as the zip that an iPhone makes."""
    if int(shop[1:]) % 2:
        path = folder / f"與{shop}的 WhatsApp 對話.txt"
        path.write_text(text, encoding="utf-8", newline="")
        return path
    path = folder / f"WhatsApp Chat {shop}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", text)
        archive.writestr("00000012-PHOTO.jpg", b"\xff\xd8")
    return path


def _names(run: Commands) -> dict[str, str]:
    from caringstreet.bootstrap import open_street
    from caringstreet.queries import shops

    street = open_street(run.data)
    with street.database.reader() as reader:
        found = {code: name for _, code, name, _ in shops.choices(reader)}
    street.close()
    return found
