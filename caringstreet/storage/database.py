"""The data file: the only place that makes an engine, knows a driver or a pragma."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from caringstreet.rules.doubts import Doubt
from caringstreet.storage.problems import StorageProblem, StorageTrouble, naming_trouble, trouble_in
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

Reader = Connection


def make_engine(path: Path, *, begin: str, pragmas: tuple[str, ...] = PRAGMAS, pooled: bool = True) -> Engine:
    """An engine on a data file whose transactions start with `begin` ("BEGIN IMMEDIATE" to write, "BEGIN" to read).

    The driver never begins by itself: its legacy mode lets a SELECT run outside the transaction that follows it.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False),
        poolclass=QueuePool if pooled else NullPool,
    )

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

    def __init__(self, path: Path, accepted: Collection[Doubt] = ()) -> None:
        """`accepted` are the doubts that whoever opens the street has answered beforehand."""
        self.path = path
        self._accepted = frozenset(accepted)
        self._writer = make_engine(path, begin="BEGIN IMMEDIATE")
        self._reader = make_engine(path, begin="BEGIN")

    @contextmanager
    def transaction(self, command_id: str | None = None, accepted: Collection[Doubt] = ()) -> Iterator[Transaction]:
        """One user action; commits at the end, rolls back on any exception.

        Raises StorageProblem where disk, lock or folder refuse.
        """
        opened = Session(self._writer, expire_on_commit=False, autoflush=False)
        with naming_trouble(str(self.path)), opened as session, session.begin():
            session.connection()
            transaction = Transaction(session, command_id, self._accepted.union(accepted))
            yield transaction
            transaction.check_audited()

    @contextmanager
    def rehearsal(self, accepted: Collection[Doubt] = ()) -> Iterator[Transaction]:
        """The very same action without its effect: everything is rolled back. Previews run in it, so that they cannot differ."""
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

    def close(self) -> None:
        """Let go of the file; the write-ahead log is folded into it."""
        self._reader.dispose()
        self._writer.dispose()


def open_plain(path: Path) -> sqlite3.Connection:
    """A bare connection for maintenance (migration, backup, check). Raises StorageProblem if it is no street."""
    if not path.exists():
        raise StorageProblem(StorageTrouble.MISSING, str(path))
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        # A full disk lets nobody open a file in WAL mode: that says nothing against the file.
        raise StorageProblem(trouble_in(error) or StorageTrouble.NOT_A_STREET, str(path)) from error
    return connection
