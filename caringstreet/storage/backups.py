"""Backups: one verified file that holds everything a new laptop needs."""

import re
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from caringstreet import files
from caringstreet.storage import sidecars
from caringstreet.storage.database import copy_to
from caringstreet.storage.plain import open_plain
from caringstreet.storage.problems import StorageProblem, StorageTrouble, naming_trouble, trouble_in

SUFFIX = ".caringstreet"
_STAMP = "%Y%m%d-%H%M%S"
_PART = "part"
_OF_THE_SOURCE = frozenset({StorageTrouble.DAMAGED, StorageTrouble.NOT_A_STREET, StorageTrouble.LOCKED})


@dataclass(frozen=True)
class BackupFile:
    """A backup in a folder; `made_at` is local time as its name says."""

    path: Path
    made_at: datetime
    size: int


def backup(source: Path, target: Path, *, force: bool = False) -> Path:
    """Copy a street, also while it is open, to `target` and check the copy there; an older backup of it is replaced.

    Raises StorageProblem; what stood at `target` then still stands. Refuses to replace anything else unless forced, the
    street's own file always: whoever has it open would go on writing into the one that was replaced. Makes no folder.
    """
    if target.exists() and target.samefile(source):
        raise StorageProblem(StorageTrouble.EXISTS, str(target))
    if target.is_dir() or (target.exists() and not force and not same_street(source, target)):
        raise StorageProblem(StorageTrouble.NOT_OURS, str(target))
    if not target.parent.is_dir():
        raise StorageProblem(StorageTrouble.NO_FOLDER, str(target.parent))
    with naming_trouble(str(target)):
        unfinished = files.beside(target, _PART)
        try:
            copy_whole(source, unfinished)
            # A log that an older file left behind would be read into this one.
            if sidecars.sidecars(target):
                sidecars.set_aside(target, "before")
            files.replace(unfinished, target)
        finally:
            sidecars.remove(unfinished)
    verify(target)
    return target


def copy_whole(source: Path, target: Path) -> None:
    """Write a checked copy of a street, also an open one or one that can only be read, to a path where nothing is.

    Raises StorageProblem, which names the source where that is at fault, or OSError.
    """
    try:
        connection = open_plain(source)
        try:
            copy_to(connection, target)
        finally:
            connection.close()
        verify(target)
    except sqlite3.DatabaseError as error:
        trouble = trouble_in(error) or StorageTrouble.FOLDER_UNUSABLE
        raise StorageProblem(trouble, str(source if trouble in _OF_THE_SOURCE else target)) from error
    except StorageProblem as problem:
        raise StorageProblem(problem.kind, str(source) if problem.path == str(target) else problem.path) from problem
    files.sync(target)


def street_id(path: Path) -> bytes | None:
    """What tells a street from any other, in every backup of it: the first key that it signed with. None of what is no street."""
    found = _found(path, "SELECT public_key FROM signing_key ORDER BY id LIMIT 1")
    return bytes(found) if isinstance(found, bytes) else None


def same_street(one: Path, other: Path) -> bool:
    """Whether two files hold the same street, at whatever time."""
    found = street_id(one)
    return found is not None and found == street_id(other)


def actions_in(path: Path) -> int | None:
    """The number of the last action that a file holds; None where it cannot be read."""
    found = _found(path, "SELECT coalesce(max(id), 0) FROM audit_entry")
    return found if isinstance(found, int) else None


def street_name(path: Path) -> str:
    """What the street in a file is called; the file's own name where it cannot be read."""
    return str(_found(path, "SELECT name FROM caring_street") or path.stem)


def _found(path: Path, question: str) -> object:
    """The one answer to a question; None where there is none, or no street."""
    try:
        connection = open_plain(path)
    except (StorageProblem, OSError):
        return None
    try:
        row = connection.execute(question).fetchone()
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()
    return None if row is None else row[0]


def verify(path: Path) -> None:
    """Raises StorageProblem where a file is no street or is damaged."""
    connection = open_plain(path)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise StorageProblem(StorageTrouble.DAMAGED, str(path))
        found = connection.execute("SELECT name FROM caring_street").fetchone()
    except sqlite3.DatabaseError as error:
        raise StorageProblem(trouble_in(error) or StorageTrouble.NOT_A_STREET, str(path)) from error
    finally:
        connection.close()
    if found is None:
        raise StorageProblem(StorageTrouble.NO_STREET, str(path))


def restore(source: Path, target: Path) -> Path:
    """Make a new data file from a backup. Refuses to write over an existing file, and a damaged backup."""
    if target.exists():
        raise StorageProblem(StorageTrouble.EXISTS, str(target))
    with naming_trouble(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = files.beside(target, _PART)
        try:
            copy_whole(source, unfinished)
            put_in_place(unfinished, target)
        finally:
            sidecars.remove(unfinished)
    verify(target)
    return target


def put_in_place(new: Path, target: Path) -> None:
    """Move a whole file to where none is; what an older one left beside is set aside first. Raises StorageProblem, OSError."""
    if sidecars.sidecars(target) and not target.exists():
        sidecars.set_aside(target, "left-behind")
    try:
        files.place(new, target)
    except FileExistsError as error:
        raise StorageProblem(StorageTrouble.EXISTS, str(target)) from error


def restore_beside_damaged(source: Path, target: Path) -> Path:
    """Restore where the street's own file is damaged or empty; that one is set aside under a name of its own, and returned.

    Refuses a damaged backup; then the file stands where it stood.
    """
    with naming_trouble(str(target)):
        unfinished = files.beside(target, _PART)
        try:
            copy_whole(source, unfinished)
            # What a damaged file had not folded in yet would be read into the restored one.
            aside = sidecars.set_aside(target, "damaged")
            try:
                files.place(unfinished, target)
            except OSError:
                sidecars.put_back(aside, target)
                raise
        finally:
            sidecars.remove(unfinished)
    verify(target)
    return aside


def backup_name(stem: str, local: datetime) -> str:
    """The file name of a backup made at a local time; a stick takes fewer signs than the disk that the street lies on."""
    return f"{files.usable_name(stem)}-{local.strftime(_STAMP)}{SUFFIX}"


def backups_in(folder: Path, stem: str) -> list[BackupFile]:
    """The backups of a street in a folder, newest first."""
    found = []
    # As made now, and as made before names were made usable everywhere.
    made_of = re.compile(rf"(?:{re.escape(files.usable_name(stem))}|{re.escape(stem)})-(\d{{8}}-\d{{6}}){re.escape(SUFFIX)}")
    for path in folder.iterdir() if folder.is_dir() else ():
        named = made_of.fullmatch(path.name)
        if named is None:
            continue
        try:
            made_at = datetime.strptime(named[1], _STAMP)  # noqa: DTZ007 (a local time)
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
