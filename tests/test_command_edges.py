"""A command at the edge of its world: closed pipes, full disks, bytes that are no text, code pages. Never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from caringstreet import cli
from caringstreet.bootstrap import open_street
from caringstreet.queries import households
from tests.builders import a_shop, a_street

ROOT = Path(__file__).parents[1]


def start(*arguments: str | bytes, **more: object) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    return subprocess.Popen(
        [sys.executable, "-m", "caringstreet.cli", *arguments],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        **{"stdout": subprocess.PIPE, **more},  # type: ignore[call-overload]
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    street = a_street(tmp_path)
    a_shop(street, "S01", name_zh="米舖")
    street.close()
    return street.path


def written(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.skipif(os.name == "nt", reason="no such device there")
def test_an_answer_that_nobody_takes_denies_nothing_that_was_done(tmp_path: Path, data: Path) -> None:
    sheet = written(tmp_path, "households.csv", "編號,稱呼,人數,同意日期\nH-0001,陳婆婆,1,2026-08-22\n".encode())
    for number, closed in enumerate(("full", "pipe", "none")):
        sheet.write_text(sheet.read_text(encoding="utf-8").replace(f"H-000{number}", f"H-000{number + 1}"), encoding="utf-8")
        if closed == "full":
            with Path("/dev/full").open("wb") as full:
                run = start("import", "households", str(sheet), "--data", str(data), "--lang", "en", stdout=full)
        elif closed == "pipe":
            reading, writing = os.pipe()
            os.close(reading)
            run = start("import", "households", str(sheet), "--data", str(data), "--lang", "en", stdout=writing)
            os.close(writing)
        else:
            run = start(
                "import", "households", str(sheet), "--data", str(data), "--lang", "en", preexec_fn=lambda: os.close(1), stdout=None
            )
        said = run.communicate()[1].decode()
        assert "Traceback" not in said and "Exception ignored" not in said
        if closed != "none":
            assert run.returncode == 3
            assert "is saved" in said and "second time" in said
    street = open_street(data)
    with street.database.reader() as reader:
        assert households.next_number(reader) == "H-0004"
    street.close()


def test_input_that_is_no_text_and_words_that_are_none_get_a_sentence(tmp_path: Path, data: Path) -> None:
    run = start("scan", "--shop", "S01", "--data", str(data), "--lang", "en", stdin=subprocess.PIPE)
    out, said = run.communicate(b"\xff\xff\xff\x81\n")
    assert (run.returncode, out) == (1, b"") and b"Traceback" not in said and said.strip()
    for arguments in ((b"--as", b"\xff\xfe"), (b"--shop", b"\xff")):
        run = start(
            "scan",
            *((b"--shop", b"S01") if b"--as" in arguments else ()),
            *arguments,
            "--data",
            str(data),
            "--lang",
            "en",
            stdin=subprocess.DEVNULL,
        )
        out, said = run.communicate()
        assert run.returncode == 2 and b"no text" in said, said
    odd = os.fsencode(tmp_path) + b"/caf\xe9.caringstreet"
    for verb, status in ((("backup", odd), 0), (("restore", odd), 3), (("check", b"--data", odd), 0)):
        given = verb if b"--data" in verb else (*verb, "--data", str(data))
        run = start(*given, "--lang", "en")
        out, said = run.communicate()
        assert run.returncode == status and b"Traceback" not in said and b"Something went wrong" not in said, (verb, said)


def test_streams_are_utf_8_whatever_the_code_page(tmp_path: Path, data: Path) -> None:
    run = start("scan", "--shop", "S01", "--data", str(data), "--lang", "zh_HK", stdin=subprocess.PIPE)
    out, _ = run.communicate("米舖 你好\n".encode())
    assert "米舖 你好" in out.decode("utf-8")


def test_who_reads_only_the_beginning_is_told_nothing(data: Path) -> None:
    run = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m caringstreet.cli report month 2026-11 --data {data} | true; echo ${{PIPESTATUS[0]}}"],
        cwd=ROOT,
        capture_output=True,
    )
    assert run.stderr == b"" and run.stdout == b"0\n"


@pytest.mark.skipif(os.name == "nt", reason="no such device there")
def test_a_refusal_that_nobody_can_read_keeps_its_status_and_is_said(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        run = start("check", "--json", "--data", str(tmp_path / "nowhere"), "--lang", "en", stdout=full)
        said = run.communicate()[1].decode()
    assert run.returncode == 3 and "nowhere" in said and "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="no such device there")
def test_nothing_but_a_file_is_ever_written_over(tmp_path: Path, data: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    for place in (pipe, tmp_path):
        run = start("report", "month", "2026-11", "--out", str(place), "--data", str(data), "--lang", "en")
        out, said = run.communicate()
        assert (run.returncode, out) == (3, b"") and b"not a file" in said
    assert pipe.is_fifo()
    street = open_street(data)
    with street.database.reader() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM month_summary").scalar() == 0
    street.close()


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (("vouchers", "print"), "Missing: --out, --month", "未填 --out, --month"),
        (("nonsense",), "VERB: nonsense is none of: init, demo", "指令：nonsense 不在以下選擇之內"),
        (("check", "--bogus"), "“--bogus” means nothing here", "這裏用不到「--bogus」"),
        (("issue", "--count", "x"), "--count: x is no whole number", "--count：x 不是整數"),
        (("check", "--data"), "--data: something must follow it", "--data：後面要加上內容"),
        (("check", "--accept", "x"), "no kind of question", "沒有「x」這種提問"),
        (("demo", "--households", "5"), "too few", "太少"),
    ],
)
def test_wrong_use_is_told_in_the_language_of_the_reader(
    arguments: tuple[str, ...], english: str, chinese: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, usage, said in (("en", "Usage:", english), ("zh_HK", "用法：", chinese)):
        assert cli.main([f"--lang={language}", *arguments]) == 2
        told = capsys.readouterr().err
        assert said in told and told.startswith(usage)
        assert language == "en" or not any(word in told for word in ("error", "usage", "required", "invalid", "argument"))


def test_a_name_that_no_paper_shows_in_full_is_named_as_it_is_imported(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = written(tmp_path, "households.csv", "編號,稱呼,人數,同意日期\nH-0001,陳🙂婆,1,2026-08-22\nH-0002,李太,1,2026-08-22\n".encode())
    assert cli.main(["import", "households", str(sheet), "--data", str(data), "--lang", "en"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "cannot be printed" in line]
    assert len(told) == 1 and "陳🙂婆" in told[0] and "〓" in told[0]


def test_no_answer_is_written_over_the_list_or_the_street(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = written(tmp_path, "households.csv", "編號,稱呼,人數\nH-0001,,1\n".encode())
    before = sheet.read_bytes(), data.read_bytes()
    for place in (sheet, data):
        arguments = ["import", "households", str(sheet), "--dry-run", "--errors", str(place), "--data", str(data), "--lang", "en"]
        assert cli.main(arguments) == 3
        assert "Choose another name" in capsys.readouterr().err
    assert cli.main(["report", "month", "2026-11", "--out", str(data), "--data", str(data), "--lang", "en"]) == 3
    assert (sheet.read_bytes(), data.read_bytes()) == before
