"""What is written is whole or not there, and who reads of a trouble reads the name that was asked for."""

import errno
from io import BytesIO
from pathlib import Path

import pytest

from caringstreet.exchange.export import SheetOut, write_xlsx

SHEET = SheetOut("住戶", ("編號",), [("H-0001",)])


def test_a_folder_that_is_not_there_is_named_as_the_person_gave_it(tmp_path: Path) -> None:
    asked = tmp_path / "gone" / "list.xlsx"
    with pytest.raises(FileNotFoundError) as found:
        write_xlsx(asked, [SHEET])
    assert found.value.filename == str(asked)


def test_a_full_disk_leaves_the_older_list_and_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = tmp_path / "list.xlsx"
    asked.write_bytes(b"last month")

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left") as found:
        write_xlsx(asked, [SHEET])
    assert found.value.filename == str(asked)
    monkeypatch.undo()
    assert asked.read_bytes() == b"last month"
    assert [one.name for one in tmp_path.iterdir()] == ["list.xlsx"]


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    import openpyxl

    write_xlsx(tmp_path / "list.xlsx", [SHEET])
    book = openpyxl.load_workbook(BytesIO((tmp_path / "list.xlsx").read_bytes()))
    assert [[cell.value for cell in row] for row in book["住戶"].iter_rows()] == [["編號"], ["H-0001"]]
