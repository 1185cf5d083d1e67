"""The lock of a street's one window: who has it, what is known of one left behind, and how a person goes past that."""

import ctypes
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, QStorageInfo

from caringstreet.storage.problems import StorageProblem, StorageTrouble
from caringstreet.words import Words

_SHARES = ("nfs", "cifs", "smb", "afp", "9p", "fuse.sshfs", "davfs", "afs", "ceph", "fuse.gvfsd")
_REMOTE_DRIVE = 4


@dataclass(frozen=True)
class LeftBehind:
    """What a lock says that no running program on this computer holds; empty where it says nothing."""

    computer: str
    process: int
    since: datetime

    def told(self, words: Words) -> str:
        """What is known of it, for a person who must decide."""
        if not self.computer:
            said = words.say(
                "An empty lock is beside the street's file since {when}. It does not tell who left it.", when=words.moment(self.since)
            )
        else:
            said = words.say(
                "The computer “{computer}” locked this street on {when} (process {process}).",
                computer=self.computer,
                when=words.moment(self.since),
                process=self.process,
            )
        return (
            said + "\n" + words.say("Open it anyway only when you are sure that no other computer has it open; two at once can damage it.")
        )


class StreetLock:
    """Keeps a second window away; it falls when its process does."""

    def __init__(self, path: Path) -> None:
        self._file = path.with_name(path.name + ".lock")
        self._lock = QLockFile(str(self._file))
        self._lock.setStaleLockTime(0)

    def take(self) -> bool:
        """Take the lock; False where another has it or left it. Raises StorageProblem where none can be made here."""
        if self._lock.tryLock(50):
            return True
        if self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        if self._lock.error() is QLockFile.LockError.PermissionError:
            raise StorageProblem(StorageTrouble.READ_ONLY, str(self._file))
        raise StorageProblem(StorageTrouble.DISK_FULL, str(self._file))

    def left_behind(self) -> LeftBehind | None:
        """What is known of the lock that stands in the way; None while a running program holds it."""
        if _is_held(self._file):
            return None
        process, computer, _ = self._lock.getLockInfo()
        try:
            since = datetime.fromtimestamp(self._file.stat().st_mtime, UTC)
        except OSError:
            return None
        return LeftBehind(str(computer or ""), int(process), since)

    def take_anyway(self) -> bool:
        """Take it from whoever left it behind; never from a running program."""
        if _is_held(self._file):
            return False
        self._lock.removeStaleLockFile()
        return self.take()

    def unlock(self) -> None:
        """Let the next window in."""
        self._lock.unlock()


def on_share(path: Path) -> bool:
    """Whether other computers may reach the file, so that no lock of this system tells of them."""
    folder = path.absolute().parent
    if os.name == "nt":
        drive = folder.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _REMOTE_DRIVE  # type: ignore[attr-defined, unused-ignore]
    kind = bytes(QStorageInfo(str(folder)).fileSystemType().data()).decode(errors="replace").lower()
    return kind.startswith(_SHARES)


def _is_held(file: Path) -> bool:
    """Whether a running program holds the system's own lock on the file, not only its name."""
    if not file.exists():
        return False
    try:
        with file.open("r+b") as opened:
            if os.name != "nt":
                import fcntl

                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return isinstance(error, BlockingIOError | PermissionError)
    return False
