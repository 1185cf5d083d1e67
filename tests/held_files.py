"""Holds open files as Windows does: while this process has one open, it can be neither replaced nor moved nor removed.

A plugin of pytest over the whole suite, since the street runs on Windows and the tests mostly do not. A test that plays
somebody who moves an open file (which only other systems allow) is marked `moves_open_files`.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_OPEN = "/proc/self/fd"


def open_here(path: Any, dir_fd: int | None = None) -> bool:
    """Whether this process has the file open that a path leads to."""
    # Memory that processes share has a name there only on Linux; it is no file of anybody's.
    if str(path).startswith("/dev/shm/"):
        return False
    try:
        wanted = os.stat(path, dir_fd=dir_fd, follow_symlinks=False)
    except (OSError, ValueError, TypeError):
        return False
    for number in os.listdir(_OPEN):  # noqa: PTH208
        try:
            found = os.fstat(int(number))
        except OSError:
            continue
        if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
            return True
    return False


def _refuse(path: Any) -> None:
    error = PermissionError(13, "The process cannot access the file because it is being used by another process", str(path))
    error.winerror = 32
    raise error


def _moving(act: Callable[..., None]) -> Callable[..., None]:
    def held(source: Any, target: Any, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
        for path, folder in ((source, src_dir_fd), (target, dst_dir_fd)):
            if open_here(path, folder):
                _refuse(path)
        act(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    return held


def _removing(act: Callable[..., None]) -> Callable[..., None]:
    def held(path: Any, *, dir_fd: int | None = None) -> None:
        if open_here(path, dir_fd):
            _refuse(path)
        act(path, dir_fd=dir_fd)

    return held


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "moves_open_files: plays somebody who moves an open file, which Windows does not allow")


@pytest.fixture(autouse=True)
def _files_are_held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if Path(_OPEN).is_dir() and not request.node.get_closest_marker("moves_open_files"):
        for name, holding in (("replace", _moving), ("rename", _moving), ("unlink", _removing), ("remove", _removing)):
            monkeypatch.setattr(os, name, holding(getattr(os, name)))
