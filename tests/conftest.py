"""What every test has at hand."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from caringstreet.storage import migrate
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


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the street of the person who runs it."""
    monkeypatch.setenv("CARINGSTREET_HOME", str(tmp_path_factory.mktemp("home")))
