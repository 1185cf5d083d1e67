"""The data file: the only place that makes an engine, knows a driver or a pragma."""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool, StaticPool
from sqlalchemy.util import LRUCache

from caringstreet import files
from caringstreet.rules.doubts import Doubt
from caringstreet.storage import written
from caringstreet.storage.problems import StorageProblem, StorageTrouble, naming_trouble
from caringstreet.storage.transaction import Transaction

#: FULL, since with NORMAL a power cut loses acknowledged redemptions; secure_delete leaves no erased name behind.
PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "fullfsync=ON",
    "secure_delete=ON",
    "cache_size=-32000",
    "busy_timeout=10000",
)

#: A file that nobody can write to is only looked at.
_LOOKING = ("foreign_keys=ON", "cache_size=-32000", "query_only=ON")
_TRYING = ("foreign_keys=ON",)

Reader = Connection


class _OneDialect(SQLiteDialect_pysqlite):
    """What was compiled for one street serves the next: a third of the time in which a street opens.

    Each engine has a dialect of its own, and all caches of SQLAlchemy, those of the mappers too, keep their statements by
    dialect; so those of every street that was left would be kept beside the same ones of the street that is open.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.street", __name__, _OneDialect.__name__)
#: Of all screens and reports there are some hundreds.
_COMPILED: LRUCache[Any, Any] = LRUCache(1000)


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """The driver's connection. Mode "rw" never makes a file; "rwc" does; "immutable" reads one that nobody can change."""
    place = path.absolute().as_posix()
    asked = "immutable=1" if mode == "immutable" else f"mode={mode}"
    uri = f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place))}?{asked}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def make_engine(
    connecting: Callable[[], sqlite3.Connection],
    *,
    begin: str,
    pragmas: tuple[str, ...] = PRAGMAS,
    pool: type[QueuePool | NullPool | StaticPool] = QueuePool,
) -> Engine:
    """An engine whose transactions start with `begin` ("BEGIN IMMEDIATE" to write, "BEGIN" to read).

    The driver never begins by itself: its legacy mode lets a SELECT run outside the transaction that follows it.
    """
    engine = create_engine("sqlite+street://", creator=connecting, poolclass=pool, execution_options={"compiled_cache": _COMPILED})

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Database:
    """An open street: transactions to do, readers to show. Close it before the file is moved."""

    def __init__(self, path: Path, accepted: Collection[Doubt] = (), *, shown: Path | None = None) -> None:
        """`accepted` are the doubts that whoever opens the street has answered beforehand.

        With `shown` the street is for reading only: that is the file itself, or a copy of it that has all its work folded in.
        """
        self.path = path
        self.read_only = shown is not None
        #: How many transactions were committed; an answer that gets lost must not deny them.
        self.commits = 0
        self._accepted = frozenset(accepted)
        self._shown = shown or path
        self._file = _file_at(self._shown)
        self._kept: Path | None = None
        # One that stays: what was saved can be reached through it even after somebody deletes the file.
        self._anchor = self._anchored()
        if self.read_only:
            self._writer = make_engine(self._copied, begin="BEGIN IMMEDIATE", pragmas=_TRYING, pool=StaticPool)
            self._reader = make_engine(self._connect, begin="BEGIN", pragmas=_LOOKING)
        else:
            self._writer = make_engine(self._connect, begin="BEGIN IMMEDIATE")
            self._reader = make_engine(self._connect, begin="BEGIN")
        written.watch(self._writer)

    @contextmanager
    def transaction(self, command_id: str | None = None, accepted: Collection[Doubt] = ()) -> Iterator[Transaction]:
        """One user action; commits at the end, rolls back on any exception.

        Raises StorageProblem where disk, lock or folder refuse.
        """
        if self.read_only:
            raise StorageProblem(StorageTrouble.READ_ONLY, str(self.path))
        self.require_file()
        opened = Session(self._writer, expire_on_commit=False, autoflush=False)
        with naming_trouble(str(self.path)), opened as session, session.begin():
            session.connection()
            transaction = Transaction(session, command_id, self._accepted.union(accepted))
            yield transaction
            transaction.check_audited()
        self.commits += 1

    @contextmanager
    def rehearsal(self, accepted: Collection[Doubt] = ()) -> Iterator[Transaction]:
        """The very same action without its effect: everything is rolled back. Previews run in it, so that they cannot differ."""
        self.require_file()
        with naming_trouble(str(self.path)), Session(self._writer, expire_on_commit=False, autoflush=False) as session:
            session.connection()
            try:
                yield Transaction(session, accepted=self._accepted.union(accepted))
                session.flush()
            finally:
                session.rollback()

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """A consistent view for queries; never blocks a writer."""
        with naming_trouble(str(self.path)), self._reader.connect() as connection, connection.begin():
            yield connection

    def require_file(self) -> None:
        """Raises StorageProblem once somebody moved, deleted or replaced the file: what is saved now would be lost with it.

        All that was saved before is then written to a file beside, which the problem names. (Windows lets nobody do that.)
        """
        if self._is_there():
            return
        if self._kept is None:
            self._kept = self._rescued()
        raise StorageProblem(StorageTrouble.MOVED, str(self.path), str(self._kept or ""))

    def close(self) -> None:
        """Let go of the file; the write-ahead log is folded into it."""
        if not self._is_there() and self._kept is None:
            self._kept = self._rescued()
        self._reader.dispose()
        self._writer.dispose()
        self._anchor.close()

    def _anchored(self) -> sqlite3.Connection:
        anchor = self._connect()
        try:
            # SQLite opens file and log only when it needs them.
            with naming_trouble(str(self.path)):
                anchor.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            anchor.close()
            raise
        return anchor

    def _connect(self) -> sqlite3.Connection:
        if not self._is_there():
            raise StorageProblem(StorageTrouble.MOVED, str(self.path), str(self._kept or ""))
        with naming_trouble(str(self.path)):
            return connect(self._shown, "immutable" if self.read_only else "rw")

    def _copied(self) -> sqlite3.Connection:
        """The street in memory, to try actions on where none can be kept."""
        copied = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._anchor.backup(copied)
        return copied

    def _is_there(self) -> bool:
        return _file_at(self._shown) == self._file

    def _rescued(self) -> Path | None:
        """Fold the log into the file, wherever it is now, and copy it to a place beside the old one or at home."""
        with suppress(sqlite3.DatabaseError):
            self._anchor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for folder in (self.path.parent, Path.home()):
            kept = files.free_name(folder / f"{self.path.stem}-rescued{self.path.suffix}")
            with suppress(OSError, sqlite3.DatabaseError), files.written(kept) as unfinished:
                copy_to(self._anchor, unfinished)
            if kept.exists():
                return kept
        return None


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Write all that a connection sees to a new file, whole and without a log. Raises sqlite3.DatabaseError."""
    # As bytes, since a folder's name may hold some that are no text.
    connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(target),))


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to, if any."""
    try:
        found = path.stat()
    except OSError:
        return None
    # Sticks have no lasting numbers on Windows, where nobody can move an open file anyway.
    return (0, 0) if os.name == "nt" else (found.st_dev, found.st_ino)
