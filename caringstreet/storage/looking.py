"""Streets that can only be read: on a disc, a locked stick, a folder without the right to write."""

import tempfile
from pathlib import Path

from caringstreet import files
from caringstreet.storage import migrate, sidecars
from caringstreet.storage.plain import is_writable


class Looking:
    """A whole file of the newest schema to read from: the street's own, or a copy where the own one needs work first."""

    def __init__(self, path: Path) -> None:
        """Raises StorageProblem."""
        self._folder: Path | None = None
        self.file = path
        if migrate.revision_of(path) == migrate.HEAD and not sidecars.unfolded(path):
            return
        self._folder = Path(tempfile.mkdtemp(prefix="caringstreet-"))
        try:
            self.file = sidecars.folded_copy(path, self._folder)
            migrate.bring_up_to_date(self.file, self._folder)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the copy go; it holds personal data."""
        if self._folder is not None:
            files.remove_folder(self._folder)


def needs_looking(path: Path) -> bool:
    """Whether a file is there that nobody can write to."""
    return path.is_file() and not is_writable(path)
