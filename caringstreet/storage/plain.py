"""Bare connections to a data file, for upgrading, backing up and checking it."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from caringstreet import files
from caringstreet.storage import sidecars
from caringstreet.storage.database import connect
from caringstreet.storage.problems import StorageProblem, StorageTrouble, trouble_in


def open_plain(path: Path) -> sqlite3.Connection:
    """A connection to all that a street holds, also the work that is not folded in yet. Raises StorageProblem if it is no street.

    Of a file that nobody can write to it sees what lies there now, and changes nothing.
    """
    if not path.exists():
        raise StorageProblem(StorageTrouble.MISSING, str(path))
    # SQLite would delete the log beside an empty file as if it were of no use.
    if path.is_file() and not path.stat().st_size:
        raise StorageProblem(StorageTrouble.NO_STREET, str(path))
    connection = None
    try:
        connection = _connected(path)
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        # Let go before anybody replaces what was refused.
        if connection is not None:
            connection.close()
        # A full disk lets nobody open a file in WAL mode: that says nothing against the file.
        raise StorageProblem(trouble_in(error) or StorageTrouble.NOT_A_STREET, str(path)) from error
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    if is_writable(path):
        return connect(path)
    if not sidecars.unfolded(path):
        return connect(path, "immutable")
    # Reading the file alone would leave out its log, and that cannot be folded in where it lies.
    folder = Path(tempfile.mkdtemp(prefix="caringstreet-"))
    try:
        with closing(connect(sidecars.folded_copy(path, folder))) as folded:
            inside = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            folded.backup(inside)
            return inside
    finally:
        files.remove_folder(folder)


def is_writable(path: Path) -> bool:
    """Whether the file and its folder, where its log lies, can be written. A full disk can."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return False
    if os.name != "nt":
        return True
    # Only trying tells of rights on Windows.
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            return True
    except PermissionError:
        return False
    except OSError:
        return True
