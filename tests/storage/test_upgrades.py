"""A street made by an older program opens in this one: upgraded on a copy, with everything that it held."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from caringstreet.bootstrap import open_street
from caringstreet.clock import FixedClock
from caringstreet.queries.check import problems
from caringstreet.storage import migrate
from tests.builders import NOW, a_household, a_shop, a_street, an_offer, handed_out


def a_street_of(revision: str, folder: Path) -> Path:
    """A street with vouchers in a neighbour's hands, as a program of an older schema kept it."""
    street = a_street(folder / "new")
    handed_out(street, a_household(street), an_offer(street, a_shop(street)), count=3)
    street.close()
    old = folder / "old.caringstreet"
    migrate.upgrade(old, revision)
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("ATTACH ? AS new", (str(street.path),))
        for table in tables(connection):
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        connection.commit()
    return old


def tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name <> 'alembic_version'")
    return [name for (name,) in found]


def contents(path: Path, wanted: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1").fetchall()
            for table, columns in wanted.items()
        }


@pytest.mark.parametrize("revision", sorted(migrate.KNOWN - {migrate.HEAD}))
def test_an_older_street_opens_with_all_that_it_held(tmp_path: Path, revision: str) -> None:
    path = a_street_of(revision, tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        wanted = {table: [f'"{row[1]}"' for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables(connection)}
    before = contents(path, wanted)
    assert len(before["voucher"]) == 3
    street = open_street(path, FixedClock(NOW))
    with street.database.reader() as reader:
        assert problems(reader) == []
    assert not street.settings.goods
    street.close()
    assert migrate.revision_of(path) == migrate.HEAD
    assert contents(path, wanted) == before
    kept = list(path.parent.rglob(f"*before-{migrate.HEAD}*"))
    assert [migrate.revision_of(one) for one in kept] == [revision]


def test_a_power_cut_in_an_upgrade_leaves_the_old_street_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_street_of("0001", tmp_path)
    before = path.read_bytes()

    def broken(copy: Path) -> None:
        copy.write_bytes(b"half a page")
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(migrate, "upgrade", broken)
        with pytest.raises(RuntimeError):
            migrate.bring_up_to_date(path, tmp_path / "backups")
    assert path.read_bytes() == before
    assert list((tmp_path / "backups").glob("*before*"))
    assert migrate.bring_up_to_date(path, tmp_path / "backups")
