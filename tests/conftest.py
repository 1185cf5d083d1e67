"""What every test has at hand."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine

from caringstreet.storage import database, migrate
from caringstreet.words import Words, words_for

pytest_plugins = ("tests.discs", "tests.held_files")

if "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long stories first: what begins last keeps one processor busy while the others have nothing left."""
    items.sort(key=lambda one: "e2e" not in one.path.parts)


@pytest.fixture
def samples() -> Path:
    """The files of the sample month."""
    return Path(__file__).parent / "samples" / "2026-11"


@pytest.fixture
def words_en() -> Words:
    return words_for("en")


@pytest.fixture
def words_zh() -> Words:
    return words_for("zh_HK")


@pytest.fixture(scope="session", autouse=True)
def _copied_schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new street begins as a copy of one that the migrations made: run for each test, they would be a tenth of the time."""
    empty = tmp_path_factory.mktemp("schema") / "empty.caringstreet"
    create = migrate.create
    create(empty)

    def copy(path: Path) -> None:
        if path.exists() or not path.parent.is_dir():
            create(path)
        else:
            shutil.copyfile(empty, path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "create", copy)
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_cache_of_statements() -> Iterator[None]:
    """Statements are compiled once for all streets that the tests open; for each street anew it would be a third of the time."""
    first = create_engine("sqlite://", query_cache_size=4000)
    first.connect().close()

    def made(*arguments: Any, **options: Any) -> Engine:
        engine = create_engine(*arguments, **options)
        # The keys of the cache hold the dialect.
        engine.dialect = engine.pool._dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_engine", made)
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the street of the person who runs it."""
    monkeypatch.setenv("CARINGSTREET_HOME", str(tmp_path_factory.mktemp("home")))
