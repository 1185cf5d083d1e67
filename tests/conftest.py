"""What every test has at hand."""

import os
from pathlib import Path

import pytest

from caringstreet.words import Words, words_for

if "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


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


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the street of the person who runs it."""
    monkeypatch.setenv("CARINGSTREET_HOME", str(tmp_path_factory.mktemp("home")))
