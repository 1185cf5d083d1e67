"""The environment that main.py makes beside itself: one that was copied or lost its Python is made anew."""

import importlib
import os
import shutil
import venv
from pathlib import Path
from types import ModuleType

import pytest

main = importlib.import_module("main")

OLD = "Python of another computer"


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The start script in a folder with an environment of its own, where nothing is fetched; pip is only a name there."""
    environment = tmp_path / ".venv"
    venv.create(environment, symlinks=True)
    site = next(environment.glob("lib/python*/site-packages"), environment / "Lib" / "site-packages")
    (site / "pip.py").touch()
    inside = environment / Path(main.PYTHON).relative_to(main.ENVIRONMENT)
    monkeypatch.setattr(main, "ENVIRONMENT", str(environment))
    monkeypatch.setattr(main, "PYTHON", str(inside))
    monkeypatch.setattr(main, "STAMP", str(environment / ".installed"))
    (environment / ".installed").write_text(main.wanted("run"), encoding="utf-8")
    return main


def started(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was installed when the program was started."""
    made: list[str] = []
    monkeypatch.setattr(start, "install", made.append)
    monkeypatch.setattr(start.subprocess, "call", lambda command: 0)
    monkeypatch.setattr(start.sys, "argv", ["main.py"])
    assert start.hand_over() == 0
    return made


def test_a_sound_environment_is_kept_also_where_its_folder_was_moved(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started(start, monkeypatch) == []
    moved = tmp_path / "moved"
    shutil.move(start.ENVIRONMENT, moved)
    monkeypatch.setattr(start, "PYTHON", str(moved / Path(start.PYTHON).relative_to(start.ENVIRONMENT)))
    monkeypatch.setattr(start, "STAMP", str(moved / ".installed"))
    monkeypatch.setattr(start, "ENVIRONMENT", str(moved))
    assert started(start, monkeypatch) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
@pytest.mark.parametrize("how", ["another version", "python gone", "no configuration", "no pip"])
def test_an_environment_that_cannot_be_used_is_made_anew_and_its_stamp_not_trusted(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    environment = Path(start.ENVIRONMENT)
    config = environment / "pyvenv.cfg"
    if how == "another version":
        config.write_text(f"home = {OLD}\nversion = 3.1.4\n", encoding="utf-8")
    elif how == "python gone":
        Path(start.PYTHON).unlink()
        Path(start.PYTHON).symlink_to(environment / OLD)
    elif how == "no configuration":
        config.unlink()
    else:
        next(environment.rglob("pip.py")).unlink()
    assert started(start, monkeypatch) == ["run"]
    assert not environment.exists()
    said = capsys.readouterr().err
    assert "重新建立" in said and "made anew" in said
