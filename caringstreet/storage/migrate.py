"""Brings a data file to the schema of this program: on a copy, checked, then swapped in."""

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from caringstreet.storage.backups import backup
from caringstreet.storage.database import make_engine, open_plain
from caringstreet.storage.problems import StorageProblem, StorageTrouble, naming_trouble, trouble_in

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest schema; a test holds it against the migrations. Known without Alembic, which is slow to load.
HEAD = "0009"
KNOWN = frozenset({"0001", "0003", "0004", "0005", "0006", "0007", "0008", "0009"})

#: A batch migration drops and rebuilds tables; with foreign keys on, that deletes every child row.
_MIGRATION_PRAGMAS = ("foreign_keys=OFF", "journal_mode=DELETE", "synchronous=FULL")


def revision_of(path: Path) -> str:
    """The schema of a file. Raises StorageProblem: missing, not a street, or newer than this program."""
    connection = open_plain(path)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise StorageProblem(trouble_in(error) or StorageTrouble.NOT_A_STREET, str(path)) from error
    finally:
        connection.close()
    if row is None:
        raise StorageProblem(StorageTrouble.NOT_A_STREET, str(path))
    if row[0] not in KNOWN:
        raise StorageProblem(StorageTrouble.NEWER_FILE, str(path))
    return str(row[0])


def create(path: Path) -> None:
    """Make an empty data file of the newest schema. Refuses to touch a file that exists."""
    with naming_trouble(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise StorageProblem(StorageTrouble.EXISTS, str(path))
        unfinished = path.with_name(path.name + ".new")
        unfinished.unlink(missing_ok=True)
        upgrade(unfinished)
        unfinished.replace(path)


def bring_up_to_date(path: Path, backups: Path) -> bool:
    """Upgrade an older file; True if it was. The old one is backed up first and stays whole until the swap."""
    revision = revision_of(path)
    if revision == HEAD:
        return False
    with naming_trouble(str(path)):
        copy = path.with_name(path.name + ".upgrading")
        copy.unlink(missing_ok=True)
        backup(path, backups / f"{path.stem}-before-{HEAD}{path.suffix}")
        backup(path, copy)
        upgrade(copy)
        _swap(copy, path)
    return True


def upgrade(path: Path, revision: str = "head") -> None:
    """Run the migrations on a file that nobody has open, up to a revision."""
    # Alembic takes half a second to load, and is needed only here.
    from alembic import command

    engine = make_engine(path, begin="BEGIN IMMEDIATE", pragmas=_MIGRATION_PRAGMAS, pooled=False)
    try:
        with engine.connect() as connection, connection.begin():
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    finally:
        engine.dispose()
    check_whole(path)


def check_whole(path: Path) -> None:
    """Raises StorageProblem where the file's pages or its references are damaged."""
    connection = open_plain(path)
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        whole, orphans = False, []
    finally:
        connection.close()
    if not whole or orphans:
        raise StorageProblem(StorageTrouble.DAMAGED, str(path))


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _swap(new: Path, path: Path) -> None:
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    new.replace(path)


