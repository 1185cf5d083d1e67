"""One file holds what a new laptop needs; what goes wrong with a file is said, and the file stays as it was."""

import hashlib
import importlib
import os
import pkgutil
import sqlite3
import stat
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from caringstreet.bootstrap import found_street, open_street
from caringstreet.clock import FixedClock
from caringstreet.papers.voucher_sheets import signed_digits
from caringstreet.queries import households, sheets
from caringstreet.queries.check import problems
from caringstreet.services.street import StreetSettings
from caringstreet.storage import backups
from caringstreet.storage.problems import StorageProblem, StorageTrouble
from tests.builders import NOW, a_household, a_shop, a_street, an_offer, handed_out


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def trouble(path: Path) -> StorageTrouble:
    with pytest.raises(StorageProblem) as found:
        open_street(path)
    return found.value.kind


def test_a_backup_restored_on_an_empty_machine_signs_the_same_vouchers(tmp_path: Path) -> None:
    street = a_street(tmp_path, page_host="voucher.example.org")
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)))
    with street.database.reader() as reader:
        before = signed_digits(street, sheets.sheets(reader, ids)[0].vouchers[0])
    saved = street.backup_now()
    street.close()
    elsewhere = tmp_path / "new laptop" / "street.caringstreet"
    backups.restore(saved, elsewhere)
    again = open_street(elsewhere, FixedClock(NOW))
    with again.database.reader() as reader:
        assert signed_digits(again, sheets.sheets(reader, ids)[0].vouchers[0]) == before
        assert problems(reader) == []
    assert again.settings.page_host == "voucher.example.org"
    assert again.verifier.check(before).serial
    again.close()


def test_a_restore_never_writes_over_a_street(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    saved = street.backup_now()
    before = digest(street.path)
    with pytest.raises(StorageProblem) as found:
        backups.restore(saved, street.path)
    assert found.value.kind is StorageTrouble.EXISTS
    assert digest(street.path) == before
    street.close()


def test_a_newer_file_is_refused_and_untouched(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    street.close()
    with sqlite3.connect(street.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = digest(street.path)
    assert trouble(street.path) is StorageTrouble.NEWER_FILE
    assert digest(street.path) == before


def test_what_is_no_street_is_said(tmp_path: Path) -> None:
    other = tmp_path / "letter.caringstreet"
    other.write_text("Dear neighbours, " * 200, encoding="utf-8")
    assert trouble(other) is StorageTrouble.NOT_A_STREET
    assert trouble(tmp_path / "nowhere.caringstreet") is StorageTrouble.MISSING


def test_a_damaged_file_does_not_become_a_backup(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    for number in range(40):
        a_household(street, display_name=f"陳{number}" * 40)
    street.close()
    with closing(sqlite3.connect(street.path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'household'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(street.path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    street.path.write_bytes(bytes(data))
    target = tmp_path / "backup.caringstreet"
    with pytest.raises(StorageProblem):
        backups.backup(street.path, target)
    assert not target.exists()
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are another matter there")
def test_a_folder_without_right_to_write_is_said(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(locked, os.W_OK):
        # The superuser may write everywhere: a file in the folder's place gives the same answer.
        locked = tmp_path / "file"
        locked.write_text("")
    with pytest.raises(StorageProblem) as found:
        found_street(locked / "street.caringstreet", StreetSettings("街", "隊"), by="x")
    assert found.value.kind in (StorageTrouble.READ_ONLY, StorageTrouble.FOLDER_UNUSABLE)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_shop(street, "S01")
    with street.database._writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    street.database._writer.dispose()
    from sqlalchemy import event

    @event.listens_for(street.database._writer, "connect")
    def _small(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(StorageProblem) as found:
        for number in range(2, 400):
            a_shop(street, f"S{number}", note="很長的備註" * 200)
    assert found.value.kind is StorageTrouble.DISK_FULL
    street.close()
    again = open_street(street.path)
    with again.database.reader() as reader:
        assert problems(reader) == []
    again.close()


def test_another_writer_is_waited_for_and_then_said(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    other = sqlite3.connect(street.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    from sqlalchemy import event

    street.database._writer.dispose()

    @event.listens_for(street.database._writer, "connect")
    def _impatient(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")

    with pytest.raises(StorageProblem) as found:
        a_shop(street)
    assert found.value.kind is StorageTrouble.LOCKED
    other.execute("ROLLBACK")
    other.close()
    assert a_shop(street)
    street.close()


def test_surplus_backups_go_and_the_newest_of_each_span_stays(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 12)
    made = [backups.BackupFile(tmp_path / str(hours), now - timedelta(hours=hours), 1) for hours in range(0, 24 * 400, 5)]
    gone = {one.path for one in backups.surplus(made, now)}
    kept = [one for one in made if one.path not in gone]
    assert all(one in kept for one in made if now - one.made_at < timedelta(hours=12))
    assert 20 <= len(kept) <= 12 + 14 + 8 + 12
    assert min(one.made_at for one in kept).date() < date(2026, 1, 1)


@pytest.mark.skipif(os.name == "nt", reason="no such name there")
def test_a_backup_of_an_odd_name_fits_on_every_stick_and_is_found_again(tmp_path: Path) -> None:
    stem = 'A:B*[1]?"'
    name = backups.backup_name(stem, datetime(2026, 11, 3, 9, 0))
    assert name == "A-B-[1]---20261103-090000.caringstreet"
    older = f"{stem}-20261102-090000.caringstreet"
    for one in (name, older, "another-20261103-090000.caringstreet"):
        (tmp_path / one).touch()
    assert [one.path.name for one in backups.backups_in(tmp_path, stem)] == [name, older]


def test_the_migrations_make_the_tables_of_the_model(tmp_path: Path) -> None:
    """Nothing may differ between what the model says and what a new file holds."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from caringstreet import model
    from caringstreet.model.base import Base

    for found in pkgutil.iter_modules(model.__path__):
        importlib.import_module(f"caringstreet.model.{found.name}")
    street = a_street(tmp_path)
    with street.database.reader() as reader:
        differences = compare_metadata(MigrationContext.configure(reader), Base.metadata)
    street.close()
    assert differences == []


def test_a_backup_over_the_open_street_itself_is_refused(tmp_path: Path) -> None:
    """Whoever has it open would go on writing into a file that is no longer there."""
    street = a_street(tmp_path)
    with pytest.raises(StorageProblem) as found:
        backups.backup(street.path, tmp_path / "." / street.path.name)
    assert found.value.kind is StorageTrouble.EXISTS
    a_household(street, "H-0007")
    street.close()
    again = open_street(street.path)
    with again.database.reader() as reader:
        assert problems(reader) == []
        assert households.next_number(reader) == "H-0008"
    again.close()


def test_a_street_damaged_in_its_middle_is_called_damaged_not_foreign(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    handed_out(street, a_household(street), an_offer(street, a_shop(street)), count=3)
    street.close()
    with street.path.open("r+b") as file:
        for page in range(2, 40):
            file.seek(page * 4096)
            file.write(b"\x5a" * 4096)
    before = digest(street.path)
    assert trouble(street.path) is StorageTrouble.DAMAGED
    with pytest.raises(StorageProblem) as found:
        backups.restore(street.path, tmp_path / "restored.caringstreet")
    assert found.value.kind is StorageTrouble.DAMAGED
    assert digest(street.path) == before


def test_a_full_disk_says_nothing_against_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite cannot open a file in WAL mode without a little room beside it."""
    street = a_street(tmp_path)
    street.close()

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr("caringstreet.storage.database.sqlite3.connect", full)
        assert trouble(street.path) is StorageTrouble.DISK_FULL


def test_a_restore_that_fails_puts_the_damaged_street_back_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    street = a_street(tmp_path)
    saved = street.backup_now()
    path = street.path
    street.close()
    stood = {path.with_name(path.name + ending): f"damaged{ending}".encode() for ending in ("", "-wal", "-shm")}
    for file, content in stood.items():
        file.write_bytes(content)

    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("caringstreet.files.place", full)
    with pytest.raises(StorageProblem):
        backups.restore_beside_damaged(saved, path)
    assert {file: file.read_bytes() for file in stood} == stood
    assert sorted(one for one in tmp_path.iterdir() if one.is_file()) == sorted(stood)
