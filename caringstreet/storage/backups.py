"""Backups: one verified file that holds everything a new laptop needs."""

import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from caringstreet.storage.database import open_plain
from caringstreet.storage.problems import StorageProblem, StorageTrouble, naming_trouble, trouble_in, trouble_of

SUFFIX = ".caringstreet"
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class BackupFile:
    """A backup in a folder; `made_at` is local time as its name says."""

    path: Path
    made_at: datetime
    size: int


def backup(source: Path, target: Path) -> Path:
    """Copy a street, also while it is open, to `target` and check the copy; an older file there is replaced.

    Raises StorageProblem; what stood at `target` then still stands. Refuses the street's own file: whoever has it open
    would go on writing into the one that was replaced.
    """
    if target.exists() and target.samefile(source):
        raise StorageProblem(StorageTrouble.EXISTS, str(target))
    unfinished = target.with_name(target.name + ".part")
    with naming_trouble(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
    connection = open_plain(source)
    try:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        verify(unfinished)
        _sync(unfinished)
        unfinished.replace(target)
    except sqlite3.DatabaseError as error:
        raise StorageProblem(trouble_in(error) or StorageTrouble.FOLDER_UNUSABLE, str(target)) from error
    except OSError as error:
        raise StorageProblem(trouble_of(error), str(target)) from error
    finally:
        connection.close()
        unfinished.unlink(missing_ok=True)
    return target


def verify(path: Path) -> None:
    """Raises StorageProblem where a file is no street or is damaged."""
    connection = open_plain(path)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise StorageProblem(StorageTrouble.DAMAGED, str(path))
        connection.execute("SELECT name FROM caring_street").fetchone()
    except sqlite3.DatabaseError as error:
        raise StorageProblem(trouble_in(error) or StorageTrouble.NOT_A_STREET, str(path)) from error
    finally:
        connection.close()


def restore(source: Path, target: Path) -> Path:
    """Make a new data file from a backup. Refuses to write over an existing file, and a damaged backup."""
    verify(source)
    if target.exists():
        raise StorageProblem(StorageTrouble.EXISTS, str(target))
    return backup(source, target)


def restore_beside_damaged(source: Path, target: Path, local: datetime) -> Path:
    """Restore where the street's own file is damaged; that one is set aside under a name of its own, and returned.

    Refuses a damaged backup; then the file stands where it stood.
    """
    verify(source)
    aside = target.with_name(f"{target.stem}-damaged-{local.strftime(_STAMP)}{SUFFIX}")
    # What a damaged file had not folded in yet would be read into the restored one.
    moved = []
    for ending in ("", "-wal", "-shm"):
        old = target.with_name(target.name + ending)
        with naming_trouble(str(target)):
            if old.exists():
                moved.append((old, old.replace(aside.with_name(aside.name + ending))))
    try:
        backup(source, target)
    except StorageProblem:
        for old, kept in moved:
            kept.replace(old)
        raise
    return aside


def backup_name(stem: str, local: datetime) -> str:
    """The file name of a backup made at a local time."""
    return f"{stem}-{local.strftime(_STAMP)}{SUFFIX}"


def backups_in(folder: Path, stem: str) -> list[BackupFile]:
    """The backups of a street in a folder, newest first."""
    found = []
    for path in folder.glob(f"{stem}-*{SUFFIX}") if folder.is_dir() else ():
        try:
            made_at = datetime.strptime(path.stem.removeprefix(f"{stem}-"), _STAMP)  # noqa: DTZ007 (a local time)
        except ValueError:
            continue
        found.append(BackupFile(path, made_at, path.stat().st_size))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def surplus(backups: list[BackupFile], now: datetime) -> list[BackupFile]:
    """Those that may go: kept are all of 12 hours, 14 daily, 8 weekly and 12 monthly ones (the newest of each)."""
    kept: set[Path] = {one.path for one in backups if now - one.made_at < timedelta(hours=12)}
    for name, count in (("%Y%m%d", 14), ("%G%V", 8), ("%Y%m", 12)):
        newest: dict[str, BackupFile] = {}
        for one in backups:
            newest.setdefault(one.made_at.strftime(name), one)
        kept.update(one.path for one in list(newest.values())[:count])
    return [one for one in backups if one.path not in kept]


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
