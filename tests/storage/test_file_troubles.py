"""What people and machines do to a file: stray logs, half starts, moved files, read-only discs. Nothing saved is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from caringstreet.bootstrap import found_street, open_street
from caringstreet.clock import FixedClock
from caringstreet.queries import households
from caringstreet.queries.check import problems
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services.street import StreetSettings
from caringstreet.storage import backups, migrate, sidecars
from caringstreet.storage.problems import StorageProblem, StorageTrouble
from tests.builders import NOW, a_household, a_shop, a_street
from tests.discs import protect

SETTINGS = StreetSettings("愛心街", "鄰舍隊")


def numbers(path: Path) -> list[str]:
    street = open_street(path, FixedClock(NOW))
    with street.database.reader() as reader:
        assert problems(reader) == []
        found = [str(number) for (number,) in reader.exec_driver_sql("SELECT number FROM household ORDER BY 1")]
    street.close()
    return found


def number_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM household").fetchone()[0])


def a_left_behind_log(folder: Path) -> dict[str, bytes]:
    """The log of a street whose file somebody deleted after a crash."""
    street = a_street(folder)
    a_household(street)
    kept = {one.name.removeprefix(street.path.name): one.read_bytes() for one in sidecars.sidecars(street.path)}
    street.close()
    assert kept["-wal"]
    return kept


def test_a_log_left_behind_is_not_read_into_the_next_file(tmp_path: Path) -> None:
    log = a_left_behind_log(tmp_path / "other")
    street = a_street(tmp_path)
    a_household(street, "H-0042")
    saved = street.backup_now()
    street.close()
    for way in ("restore", "init", "backup"):
        target = tmp_path / way / "street.caringstreet"
        target.parent.mkdir()
        for ending, content in log.items():
            target.with_name(target.name + ending).write_bytes(content)
        if way == "restore":
            backups.restore(saved, target)
        elif way == "backup":
            backups.backup(street.path, target)
        else:
            found_street(target, SETTINGS, by="x").close()
        assert numbers(target) == ([] if way == "init" else ["H-0042"])
        kept = [one for one in target.parent.iterdir() if one.name.endswith("-wal")]
        assert [one.read_bytes() for one in kept] == [log["-wal"]], "the log is set aside, not thrown away"
        assert not kept[0].name.startswith("street.caringstreet")


def test_a_founding_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "street.caringstreet"
    with pytest.raises(RuleRefused):
        found_street(path, StreetSettings("", "鄰舍隊"), by="x")
    assert list(tmp_path.iterdir()) == []
    found_street(path, SETTINGS, by="x").close()
    assert numbers(path) == []


@pytest.mark.parametrize("half", ["nothing", "schema", "no tables"])
def test_a_file_without_a_street_is_founded_again(tmp_path: Path, half: str) -> None:
    path = tmp_path / "street.caringstreet"
    if half == "nothing":
        path.write_bytes(b"")
    elif half == "schema":
        migrate.create(path)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE a (b)")
            connection.execute("DROP TABLE a")
    before = path.read_bytes()
    with pytest.raises(StorageProblem) as found:
        open_street(path)
    assert found.value.kind is StorageTrouble.NO_STREET
    found_street(path, SETTINGS, by="x").close()
    assert numbers(path) == []
    assert [one.read_bytes() for one in tmp_path.glob("street-empty*.caringstreet")] == [before]


def test_a_street_is_never_founded_over_another(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_household(street)
    street.close()
    with pytest.raises(StorageProblem) as found:
        found_street(street.path, SETTINGS, by="x")
    assert found.value.kind is StorageTrouble.EXISTS
    assert len(numbers(street.path)) == 1


def test_a_backup_replaces_only_backups_of_its_street(tmp_path: Path) -> None:
    street, other = a_street(tmp_path / "one"), a_street(tmp_path / "two")
    letter = tmp_path / "letter.odt"
    letter.write_text("Dear neighbours")
    for target in (letter, other.path, tmp_path / "one"):
        with pytest.raises(StorageProblem) as found:
            backups.backup(street.path, target)
        assert found.value.kind is StorageTrouble.NOT_OURS
    assert letter.read_text() == "Dear neighbours"
    target = tmp_path / "backup.caringstreet"
    backups.backup(street.path, target)
    a_household(street)
    backups.backup(street.path, target)
    assert number_of(target) == 1
    backups.backup(street.path, letter, force=True)
    assert number_of(letter) == 1
    with pytest.raises(StorageProblem) as found:
        backups.backup(street.path, tmp_path / "stick" / "backup.caringstreet")
    assert found.value.kind is StorageTrouble.NO_FOLDER
    assert not (tmp_path / "stick").exists()
    street.close()
    other.close()


def test_two_streets_of_one_name_keep_their_backups_in_one_folder(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    one, two = (a_street(tmp_path / name, backup_folder=str(shared)) for name in ("one", "two"))
    made = [one.backup_now(), two.backup_now()]
    assert len(set(made)) == 2
    assert one.last_backup() is not None and two.last_backup() is not None
    assert [backups.street_id(path) for path in made] == [backups.street_id(street.path) for street in (one, two)]
    one.close()
    two.close()


def test_a_stick_that_is_not_plugged_in_is_said_and_no_folder_made_in_its_place(tmp_path: Path) -> None:
    street = a_street(tmp_path, backup_folder=str(tmp_path / "stick"))
    with pytest.raises(StorageProblem) as found:
        street.backup_now()
    assert found.value.kind is StorageTrouble.NO_FOLDER
    assert not (tmp_path / "stick").exists()
    street.close()


def test_work_of_a_sitting_that_crashed_and_of_commands_is_still_to_back_up(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    assert street.changed_since_backup(), "a new street has no backup yet"
    street.backup_now()
    assert not street.changed_since_backup()
    street.close()
    again = open_street(street.path, FixedClock(NOW))
    assert not again.changed_since_backup()
    a_household(again)
    again.close()
    after = open_street(street.path, FixedClock(NOW))
    assert after.changed_since_backup(), "nobody backed up what the last sitting did"
    after.close()


@pytest.mark.moves_open_files
@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move an open file")
@pytest.mark.parametrize("act", ["deleted", "moved", "replaced"])
def test_a_file_that_goes_while_it_is_open_is_said_and_nothing_saved_is_lost(tmp_path: Path, act: str) -> None:
    street = a_street(tmp_path / "here")
    a_household(street, "H-0001")
    moved = tmp_path / "moved.caringstreet"
    other = a_street(tmp_path / "other")
    other.close()
    if act == "deleted":
        street.path.unlink()
    elif act == "moved":
        street.path.rename(moved)
    else:
        shutil.copyfile(other.path, tmp_path / "copied")
        (tmp_path / "copied").rename(street.path)
    with pytest.raises(StorageProblem) as found:
        a_household(street, "H-0002")
    assert found.value.kind is StorageTrouble.MOVED
    with pytest.raises(StorageProblem) as again:
        street.backup_now()
    street.close()
    kept = Path(found.value.kept)
    assert again.value.kept == found.value.kept
    assert numbers(kept) == ["H-0001"]
    if act == "moved":
        assert numbers(moved) == ["H-0001"]
    if act == "replaced":
        assert numbers(street.path) == [], "the one that came in its place is left alone"
    else:
        assert not street.path.exists(), "no empty file comes in its place"


@pytest.mark.moves_open_files
@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move an open file")
def test_a_file_deleted_after_the_last_action_is_kept_when_the_street_is_closed(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_household(street, "H-0001")
    street.path.unlink()
    street.close()
    assert numbers(tmp_path / "street-rescued.caringstreet") == ["H-0001"]


@pytest.mark.parametrize("crashed", [False, True])
def test_a_street_on_a_read_only_disc_is_read_and_backed_up_elsewhere(disc: Path, tmp_path: Path, crashed: bool) -> None:
    street = a_street(tmp_path)
    a_household(street, "H-0001")
    for one in (street.path, *sidecars.sidecars(street.path)) if crashed else ():
        if not one.name.endswith("-shm"):
            shutil.copyfile(one, disc / one.name)
    street.close()
    if not crashed:
        shutil.copyfile(street.path, disc / street.path.name)
    protect(disc)
    before = {one.name: one.read_bytes() for one in disc.iterdir()}
    shown = open_street(disc / street.path.name, FixedClock(NOW))
    assert shown.read_only
    with shown.database.reader() as reader:
        assert problems(reader) == []
        assert households.next_number(reader) == "H-0002"
    with pytest.raises(StorageProblem) as found:
        a_household(shown, "H-0002")
    assert found.value.kind is StorageTrouble.READ_ONLY
    with shown.database.rehearsal() as tx:
        assert tx.session is not None
    shown.close()
    backups.backup(disc / street.path.name, tmp_path / "elsewhere.caringstreet")
    assert numbers(tmp_path / "elsewhere.caringstreet") == ["H-0001"]
    assert {one.name: one.read_bytes() for one in disc.iterdir()} == before


def test_an_older_street_on_a_read_only_disc_is_read_too(disc: Path, tmp_path: Path) -> None:
    from tests.storage.test_upgrades import a_street_of

    shutil.copyfile(a_street_of("0001", tmp_path), disc / "old.caringstreet")
    protect(disc)
    shown = open_street(disc / "old.caringstreet", FixedClock(NOW))
    with shown.database.reader() as reader:
        assert problems(reader) == []
    shown.close()
    assert [one.name for one in disc.iterdir()] == ["old.caringstreet"]


def test_a_full_disk_leaves_whole_files_only(disc: Path, tmp_path: Path) -> None:
    street = a_street(tmp_path)
    for number in range(1, 60):
        a_household(street, f"H-{number:04}", note="很長的備註" * 400)
    street.close()
    path = disc / "street.caringstreet"
    shutil.copyfile(street.path, path)
    (disc / "filler").write_bytes(b"x" * (shutil.disk_usage(disc).free - 200_000))
    names = {one.name for one in disc.iterdir()}
    for act in (
        lambda: backups.backup(path, disc / "backup.caringstreet"),
        lambda: backups.restore(street.path, disc / "restored.caringstreet"),
        lambda: found_street(disc / "new.caringstreet", SETTINGS, by="x"),
    ):
        with pytest.raises(StorageProblem) as found:
            act()
        assert found.value.kind is StorageTrouble.DISK_FULL
        assert {one.name for one in disc.iterdir()} == names
    (disc / "filler").write_bytes(b"")
    assert len(numbers(path)) == 59


def test_two_processes_upgrade_one_street_once(tmp_path: Path) -> None:
    from tests.storage.test_upgrades import a_street_of

    path = a_street_of("0001", tmp_path)
    code = f"""
import sys
from pathlib import Path
from caringstreet.bootstrap import open_street
from tests.builders import a_shop
street = open_street(Path({str(path)!r}))
a_shop(street, sys.argv[1])
street.close()
"""
    running = [
        subprocess.Popen([sys.executable, "-c", code, f"S9{number}"], cwd=Path(__file__).parents[2], stderr=subprocess.PIPE)
        for number in range(4)
    ]
    said = [one.communicate()[1].decode() for one in running]
    assert [one.returncode for one in running] == [0] * 4, said
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM shop WHERE code LIKE 'S9%'").fetchone()[0] == 4
    left = [one.name for one in path.parent.iterdir() if one.is_file() and not one.name.endswith(".caringstreet")]
    assert left == []
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_an_upgrade_waits_for_nobody_who_has_the_street_open(tmp_path: Path) -> None:
    from tests.storage.test_upgrades import a_street_of

    path = a_street_of("0001", tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN")
        other.execute("SELECT * FROM shop").fetchall()
        with pytest.raises(StorageProblem) as found:
            open_street(path)
        assert found.value.kind is StorageTrouble.LOCKED
    open_street(path).close()


def test_a_backup_that_another_program_holds_spoils_neither_the_new_one_nor_leaving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caringstreet.files._PATIENCE", 0.1)
    street = a_street(tmp_path)
    monkeypatch.setattr(backups, "surplus", lambda found, now: found[1:])
    first = street.backup_now()
    street.clock = FixedClock(NOW.replace(hour=5))
    a_shop(street)
    with first.open("rb"):
        assert street.backup_now().exists()
        assert first.exists() or os.name != "nt"
    street.close()
