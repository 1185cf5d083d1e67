"""The only place that replaces, moves or removes files: on Windows another program may hold one for a moment.

Callers let go of a file themselves before they replace or remove it: what this process holds open is never let go by waiting.
"""

import contextlib
import errno
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

#: Access denied, sharing violation, lock violation: what Windows says while a scanner for viruses or a viewer has the file.
_HELD = frozenset({5, 32, 33})
_PATIENCE = 2.5
_BETWEEN = 0.05
#: A part of a file that is older than this belongs to a process that was killed.
_LEFT_BEHIND = 3600
_PART = "part"

_NO_LINKS = frozenset({errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, getattr(errno, "ENOTSUP", 0)})
_UNUSABLE = frozenset('\\/:*?"<>|')
#: What Windows takes for a device, whatever ending follows.
_DEVICES = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$"} | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"})
_LONGEST_NAME = 150

T = TypeVar("T")


class NotAFile(OSError):
    """A folder, a device or a pipe stands where a file is to be written; it is left as it is."""


class Held(PermissionError):
    """Another program held the file for longer than one waits; nothing was changed."""


def replace(source: Path, target: Path) -> None:
    """Move a file to a place, over the file that stands there, and make that last through a power cut.

    Raises OSError, Held, and NotAFile where something else stands there.
    """
    _refuse_other_than_file(target)
    _patiently(lambda: source.replace(target), target)
    sync_folder(target.parent)


def place(source: Path, target: Path) -> None:
    """Move a file to a place where none is; another process that made one meanwhile wins. Raises FileExistsError, OSError, Held."""
    if os.name == "nt":
        # There a rename never replaces.
        _patiently(lambda: source.rename(target), target)
        return
    try:
        target.hardlink_to(source)
    except OSError as error:
        if isinstance(error, FileExistsError) or error.errno not in _NO_LINKS:
            raise
        # Memory sticks know no links.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        source.replace(target)
    else:
        source.unlink()
    sync_folder(target.parent)


def remove(path: Path) -> None:
    """Remove a file; one that is not there is no trouble. Raises OSError, Held."""
    with contextlib.suppress(FileNotFoundError):
        _patiently(path.unlink, path)


def remove_if_free(path: Path) -> bool:
    """Remove what is only in the way; one that is held or protected stays. Says whether it is gone."""
    try:
        remove(path)
    except OSError:
        return False
    return True


def remove_folder(folder: Path) -> None:
    """Remove a folder of our own with all that is in it; what another program shows at the moment stays."""
    shutil.rmtree(folder, ignore_errors=True)


def copy(source: Path, target: Path) -> None:
    """Copy a file to a place, over what stands there, in one step. Raises OSError that names the target, Held."""
    with written(target) as unfinished:
        shutil.copyfile(source, unfinished)


@contextmanager
def written(target: Path, kind: str = _PART) -> Iterator[Path]:
    """A path beside `target` to write to; at the end that file takes the target's place, whole and on the disk.

    On any exception nothing of it stays and the target is as it was. OSErrors name the target, since nobody asked for
    the unfinished file. Close the file before the end.
    """
    _refuse_other_than_file(target)
    unfinished = beside(target, kind)
    try:
        yield unfinished
        sync(unfinished)
        replace(unfinished, target)
    except OSError as error:
        raise _naming(error, target) from error
    finally:
        remove_if_free(unfinished)


def require_place(target: Path) -> None:
    """Make sure, before work that cannot be taken back, that a file can be written at a path. Raises OSError."""
    _refuse_other_than_file(target)
    probe = beside(target, _PART)
    try:
        probe.touch(exist_ok=False)
    except OSError as error:
        raise _naming(error, target) from error
    finally:
        remove_if_free(probe)


def _refuse_other_than_file(target: Path) -> None:
    """As the administrator one would put a file in the place of a device."""
    if target.exists() and not target.is_file():
        raise NotAFile(errno.EINVAL, os.strerror(errno.EINVAL), str(target))


def beside(target: Path, kind: str) -> Path:
    """A name beside a file that no other process uses; what killed ones left of this kind long ago goes."""
    made_here = re.compile(rf"{re.escape(target.name)}\.[0-9a-f]{{8}}\.{kind}(-wal|-shm|-journal)?")
    with contextlib.suppress(OSError):
        for old in target.parent.iterdir():
            if made_here.fullmatch(old.name) and time.time() - old.stat().st_mtime > _LEFT_BEHIND:
                remove_if_free(old)
    return target.with_name(f"{target.name}.{secrets.token_hex(4)}.{kind}")


def free_name(path: Path) -> Path:
    """The path, or the next name with a number that no file has."""
    found, number = path, 2
    while os.path.lexists(found):
        found, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return found


def sync(path: Path) -> None:
    """Bring a file's content to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut, where a system can be asked to."""
    if os.name == "nt":
        return
    try:
        opened = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except OSError:
        return
    try:
        os.fsync(opened)
    except OSError as error:
        # Shares and some sticks know no such thing.
        if error.errno not in (errno.EINVAL, errno.EBADF, *_NO_LINKS):
            raise
    finally:
        os.close(opened)


def usable_name(text: str) -> str:
    """A file name of a text that every system takes: no `\\/:*?"<>|`, no unseen marks, no name of a device, no dot at the end."""
    kept = "".join(
        "-" if char in _UNUSABLE else " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    kept = " ".join(kept.split())
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 16:
        stem, dot, ending = kept, "", ""
    while len((stem + dot + ending).encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    stem = stem.rstrip(". ")
    name = (f"{stem}{dot}{ending}" if stem else ending).strip(". ")
    first = name.partition(".")[0].rstrip()
    return f"_{name}" if first.casefold() in _DEVICES or not name else name


@contextmanager
def only_one(path: Path, patience: float) -> Iterator[None]:
    """Hold a lock between processes while the block runs; the lock falls with its process.

    Raises Held where another one has it for longer than `patience` seconds.
    """
    deadline = time.monotonic() + patience
    while (held := _locked(path)) is None:
        if time.monotonic() > deadline:
            raise Held(errno.EACCES, os.strerror(errno.EACCES), str(path))
        time.sleep(_BETWEEN)
    try:
        yield
    finally:
        if os.name != "nt":
            remove_if_free(path)
        held.close()
        if os.name == "nt":
            remove_if_free(path)


def _locked(path: Path) -> IO[bytes] | None:
    """The lock's open file, or None where another process has it."""
    file = path.open("ab")
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever had it before removes it: a lock on a file that is gone keeps nobody out.
            if os.fstat(file.fileno()).st_ino != path.stat().st_ino:
                raise BlockingIOError
    except (BlockingIOError, PermissionError, FileNotFoundError):
        file.close()
        return None
    except BaseException:
        file.close()
        raise
    return file


def _patiently(act: Callable[[], T], path: Path) -> T:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return act()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            if time.monotonic() > deadline:
                raise Held(error.errno, error.strerror, str(path)) from error
        time.sleep(_BETWEEN)


def _naming(error: OSError, path: Path) -> OSError:
    if isinstance(error, Held):
        return error
    return type(error)(error.errno, error.strerror, str(path)) if error.errno is not None else error
