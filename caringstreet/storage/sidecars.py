"""What SQLite keeps beside a data file: it belongs to that file alone, and would be read into any other put in its place."""

import shutil
from pathlib import Path

from caringstreet import files
from caringstreet.storage.database import connect
from caringstreet.storage.problems import naming_trouble

_ENDINGS = ("-wal", "-shm", "-journal")


def sidecars(path: Path) -> list[Path]:
    """Those that lie beside a path, whether or not a file is there."""
    return [one for one in (path.with_name(path.name + ending) for ending in _ENDINGS) if one.exists()]


def unfolded(path: Path) -> bool:
    """Whether work lies beside a file that is not in it yet."""
    return any(one.stat().st_size for one in sidecars(path) if not one.name.endswith("-shm"))


def set_aside(path: Path, why: str) -> Path:
    """Move a file, where there is one, and its sidecars away under one name of their own, which is returned. Raises OSError.

    Where a part cannot be moved, those that were are put back.
    """
    number, aside = 2, path.with_name(f"{path.stem}-{why}{path.suffix}")
    while aside.exists() or sidecars(aside):
        aside, number = path.with_name(f"{path.stem}-{why}-{number}{path.suffix}"), number + 1
    try:
        _move(path, aside)
    except OSError:
        _move(aside, path)
        raise
    return aside


def put_back(aside: Path, path: Path) -> None:
    """Undo that. Raises OSError."""
    _move(aside, path)


def _move(path: Path, to: Path) -> None:
    for one in (path, *sidecars(path)):
        if one.exists():
            files.replace(one, to.with_name(to.name + one.name.removeprefix(path.name)))


def remove(path: Path) -> None:
    """Remove an unfinished file of our own with all that belongs to it."""
    for one in (path, *sidecars(path)):
        files.remove_if_free(one)


def folded_copy(path: Path, folder: Path) -> Path:
    """A copy in a folder with the log folded in, which reading alone would leave out. Raises StorageProblem."""
    copied = folder / path.name
    with naming_trouble(str(path)):
        for one in (path, *(found for found in sidecars(path) if not found.name.endswith("-shm"))):
            shutil.copyfile(one, folder / one.name)
        connection = connect(copied)
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        finally:
            connection.close()
    return copied
