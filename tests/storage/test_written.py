"""Nothing is committed that no audit entry accounts for, however it was written."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from caringstreet.bootstrap import OpenStreet, found_street
from caringstreet.clock import FixedClock
from caringstreet.model.drafts import Draft
from caringstreet.model.shops import Shop
from caringstreet.rules.changes import Changed
from caringstreet.services.street import StreetSettings
from caringstreet.storage.transaction import Transaction
from caringstreet.storage.written import table_written
from tests.builders import a_shop

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.fixture
def street(tmp_path: Path) -> OpenStreet:
    opened = found_street(tmp_path / "street.caringstreet", StreetSettings("愛心街", "鄰舍隊"), by="林姑娘", clock=FixedClock(NOW))
    a_shop(opened)
    return opened


def by_the_orm(tx: Transaction) -> None:
    tx.session.scalars(select(Shop)).one().name_zh = "改了"


def by_core(tx: Transaction) -> None:
    tx.session.execute(update(Shop).values(name_zh="改了"))


def as_text(tx: Transaction) -> None:
    tx.session.execute(text("WITH one AS (SELECT 1) UPDATE shop SET name_zh = '改了'"))


WAYS = [by_the_orm, by_core, as_text]


@pytest.mark.parametrize("way", WAYS)
def test_a_change_without_an_entry_is_not_committed(street: OpenStreet, way: Callable[[Transaction], None]) -> None:
    with pytest.raises(AssertionError, match="one audit entry, found 0; changed: shop"), street.database.transaction() as tx:
        way(tx)
    with street.database.reader() as reader:
        assert reader.scalar(select(Shop.name_zh)) != "改了"


@pytest.mark.parametrize("way", WAYS)
def test_with_its_entry_it_is(street: OpenStreet, way: Callable[[Transaction], None]) -> None:
    with street.database.transaction() as tx:
        way(tx)
        tx.audit("shop.changed", by="林姑娘", at=NOW, changed=(Changed.SHOPS,))
    with street.database.reader() as reader:
        assert reader.scalar(select(Shop.name_zh)) == "改了"


def test_two_entries_are_one_too_many(street: OpenStreet) -> None:
    with pytest.raises(AssertionError, match="found 2"), street.database.transaction() as tx:
        by_core(tx)
        tx.audit("shop.changed", by="林姑娘", at=NOW)
        tx.audit("shop.changed", by="林姑娘", at=NOW)


def test_a_statement_that_changes_no_row_needs_none(street: OpenStreet) -> None:
    with street.database.transaction() as tx:
        tx.session.execute(update(Shop).where(Shop.id == 999).values(name_zh="改了"))


def test_what_is_typed_and_not_yet_said_needs_none(street: OpenStreet) -> None:
    with street.database.transaction() as tx:
        tx.session.execute(insert(Draft).values(place="x", title="x", typed={}, typed_at=NOW, typed_by="林姑娘"))


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("SELECT * FROM shop", ""),
        ("BEGIN IMMEDIATE", ""),
        ("PRAGMA secure_delete=ON", ""),
        ("INSERT INTO shop (id) VALUES (?)", "shop"),
        ("insert or ignore into shop (id) values (?)", "shop"),
        ('REPLACE INTO "shop" (id) VALUES (?)', "shop"),
        ("UPDATE shop SET code = ?", "shop"),
        ("DELETE FROM shop WHERE id = ?", "shop"),
        ("WITH a AS (SELECT 1), b AS (SELECT 2) DELETE FROM shop", "shop"),
        ("WITH a AS (SELECT 1) SELECT * FROM a", ""),
        ("SELECT 'UPDATE shop SET'", ""),
    ],
)
def test_the_table_that_a_statement_writes(statement: str, table: str) -> None:
    assert table_written(statement) == table
