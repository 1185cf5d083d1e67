"""What the environment can refuse: disk, lock, folder, a newer or foreign file."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from sqlalchemy.exc import DatabaseError

from caringstreet.files import Held, NotAFile


class StorageTrouble(StrEnum):
    """Every reason of the environment; wording lives in wording/refusals.py."""

    DISK_FULL = "disk_full"
    LOCKED = "locked"
    HELD = "held"
    READ_ONLY = "read_only"
    MISSING = "missing"
    MOVED = "moved"
    NO_FOLDER = "no_folder"
    NO_STREET = "no_street"
    EXISTS = "exists"
    NOT_OURS = "not_ours"
    FOLDER_UNUSABLE = "folder_unusable"
    NOT_A_FILE = "not_a_file"
    NEWER_FILE = "newer_file"
    NOT_A_STREET = "not_a_street"
    DAMAGED = "damaged"


class StorageProblem(Exception):
    """The environment says no; nothing was saved. `kept` is where all that was saved before lies, if elsewhere."""

    def __init__(self, kind: StorageTrouble, path: str = "", kept: str = "") -> None:
        super().__init__(f"{kind} {path}")
        self.kind = kind
        self.path = path
        self.kept = kept


_BY_TEXT = (
    ("database or disk is full", StorageTrouble.DISK_FULL),
    ("disk i/o error", StorageTrouble.DISK_FULL),
    ("database is locked", StorageTrouble.LOCKED),
    ("readonly", StorageTrouble.READ_ONLY),
    ("unable to open", StorageTrouble.FOLDER_UNUSABLE),
    ("not a database", StorageTrouble.NOT_A_STREET),
    ("malformed", StorageTrouble.DAMAGED),
)


def trouble_in(error: Exception) -> StorageTrouble | None:
    """The trouble that a driver's error text names, or None for a bug of ours."""
    said = str(error).lower()
    return next((trouble for text, trouble in _BY_TEXT if text in said), None)


@contextmanager
def naming_trouble(path: str) -> Iterator[None]:
    """Turn errors of driver and file system into a `StorageProblem` that names the file."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        trouble = trouble_in(error)
        if trouble is None:
            raise
        raise StorageProblem(trouble, path) from error
    except OSError as error:
        raise StorageProblem(trouble_of(error), path) from error


def trouble_of(error: OSError) -> StorageTrouble:
    """What the file system said, as a trouble that has words."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return StorageTrouble.DISK_FULL
    if isinstance(error, Held):
        return StorageTrouble.HELD
    if isinstance(error, NotAFile | IsADirectoryError):
        return StorageTrouble.NOT_A_FILE
    if error.errno == errno.EROFS:
        return StorageTrouble.READ_ONLY
    if isinstance(error, FileNotFoundError):
        return StorageTrouble.MISSING
    if isinstance(error, PermissionError):
        return StorageTrouble.READ_ONLY
    return StorageTrouble.FOLDER_UNUSABLE
