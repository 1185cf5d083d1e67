"""Brings a data file to the schema of this program: on a copy, checked, then swapped in."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.pool import NullPool

from caringstreet import files
from caringstreet.storage import sidecars
from caringstreet.storage.backups import backup, copy_whole, same_street
from caringstreet.storage.database import connect, make_engine
from caringstreet.storage.plain import open_plain
from caringstreet.storage.problems import StorageProblem, StorageTrouble, naming_trouble, trouble_in

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest schema; a test holds it against the migrations. Known without Alembic, which is slow to load.
HEAD = "0011"
KNOWN = frozenset({"0001", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011"})

#: How long one waits for another process that upgrades the file.
_PATIENCE = 120

#: A batch migration drops and rebuilds tables; with foreign keys on, that deletes every child row.
_MIGRATION_PRAGMAS = ("foreign_keys=OFF", "journal_mode=DELETE", "synchronous=FULL")


def revision_of(path: Path) -> str:
    """The schema of a file. Raises StorageProblem: missing, not a street, without one, or newer than this program."""
    connection = open_plain(path)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is not None and row[0] not in KNOWN:
            raise StorageProblem(StorageTrouble.NEWER_FILE, str(path))
        street = connection.execute("SELECT 1 FROM caring_street").fetchone()
    except sqlite3.DatabaseError as error:
        raise StorageProblem(trouble_in(error) or _of_nothing(connection), str(path)) from error
    finally:
        connection.close()
    if row is None:
        raise StorageProblem(StorageTrouble.NOT_A_STREET, str(path))
    if street is None:
        raise StorageProblem(StorageTrouble.NO_STREET, str(path))
    return str(row[0])


def _of_nothing(connection: sqlite3.Connection) -> StorageTrouble:
    """A database without any table is a street that was never founded; any other is something else."""
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError:
        tables = 1
    return StorageTrouble.NOT_A_STREET if tables else StorageTrouble.NO_STREET


def create(path: Path) -> None:
    """Make an empty data file of the newest schema. Refuses to touch a file that exists."""
    with naming_trouble(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise StorageProblem(StorageTrouble.EXISTS, str(path))
        try:
            upgrade(path)
        except BaseException:
            sidecars.remove(path)
            raise


def bring_up_to_date(path: Path, backups: Path) -> bool:
    """Upgrade an older file; True if it was. The old one is backed up first and stays whole until the swap.

    One process does it, others wait for that one. Raises StorageProblem: LOCKED while a program has the file open.
    """
    if revision_of(path) == HEAD:
        return False
    with naming_trouble(str(path)), files.only_one(path.with_name(path.name + ".upgrading"), _PATIENCE):
        if revision_of(path) == HEAD:
            return False
        _fold_alone(path)
        stood = _stands(path)
        backups.mkdir(exist_ok=True)
        _back_up_before(path, backups)
        copy = files.beside(path, "new")
        try:
            copy_whole(path, copy)
            upgrade(copy)
            files.sync(copy)
            if _stands(path) != stood:
                raise StorageProblem(StorageTrouble.LOCKED, str(path))
            files.replace(copy, path)
        finally:
            sidecars.remove(copy)
    check_whole(path)
    return True


def _fold_alone(path: Path) -> None:
    """Fold the log into a file that nobody else has open. Raises StorageProblem where somebody has."""
    connection = open_plain(path)
    try:
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StorageProblem(trouble_in(error) or StorageTrouble.NOT_A_STREET, str(path)) from error
    finally:
        connection.close()
    if mode != "delete":
        raise StorageProblem(StorageTrouble.LOCKED, str(path))


def _stands(path: Path) -> tuple[int, int, int, bool]:
    """What changes about a file whenever a program writes to it."""
    now = path.stat()
    return now.st_ino, now.st_size, now.st_mtime_ns, sidecars.unfolded(path)


def _back_up_before(path: Path, folder: Path) -> None:
    kept = folder / f"{path.stem}-before-{HEAD}{path.suffix}"
    backup(path, kept if same_street(path, kept) else files.free_name(kept))


def upgrade(path: Path, revision: str = "head") -> None:
    """Run the migrations on a file that nobody has open, up to a revision."""
    # Alembic takes half a second to load, and is needed only here.
    from alembic import command

    engine = make_engine(lambda: connect(path, "rwc"), begin="BEGIN IMMEDIATE", pragmas=_MIGRATION_PRAGMAS, pool=NullPool)
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
