"""Opens and founds streets: the one place where storage, keys and clock come together."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from caringstreet import files
from caringstreet.clock import Clock, SystemClock, local_time
from caringstreet.queries import street as street_queries
from caringstreet.rules.doubts import Doubt
from caringstreet.scanning.signing import Signer, Verifier, new_private_key, public_key_of
from caringstreet.services import street as street_services
from caringstreet.services.street import SigningKeyPair, StreetSettings
from caringstreet.storage import backups, migrate, sidecars
from caringstreet.storage.database import Database
from caringstreet.storage.looking import Looking, needs_looking
from caringstreet.storage.problems import StorageProblem, StorageTrouble, naming_trouble

_KEPT_BACKUPS = "backups"


@dataclass
class OpenStreet:
    """A street in use. `settings` is read anew by `reload` after it was changed."""

    database: Database
    clock: Clock
    settings: street_queries.StreetRow
    signers: dict[int, Signer]
    verifier: Verifier
    random_bits: Callable[[int], int] = secrets.randbits
    _looking: Looking | None = None
    _backed_up_at: int | None = None
    _id: bytes | None = None

    @property
    def path(self) -> Path:
        return self.database.path

    @property
    def practice(self) -> bool:
        """Whether this is a practice street, whose vouchers are specimens."""
        return self.settings.practice

    @property
    def read_only(self) -> bool:
        """Whether it can only be looked at: its file or folder cannot be written."""
        return self.database.read_only

    def reload(self) -> None:
        """Read settings and keys again."""
        with self.database.reader() as reader:
            self.settings = street_queries.street(reader)
            keys = street_queries.keys(reader)
        self.signers = {key.key_id: Signer(key.key_id, key.private_key) for key in keys}
        self._id = keys[0].public_key if keys else None
        self.verifier = Verifier({key.key_id: key.public_key for key in keys})

    def backup_folder(self) -> Path:
        """Where backups go: the folder of the settings, else one beside the data file."""
        chosen = self.settings.backup_folder
        return Path(chosen) if chosen else self.path.parent / _KEPT_BACKUPS

    def backup_now(self) -> Path:
        """Make a verified backup in the backup folder and let surplus ones of this street go. Raises StorageProblem.

        A chosen folder is not made where it is not there: the stick is not plugged in.
        """
        self.database.require_file()
        folder = self.backup_folder()
        now = local_time(self.clock.now()).replace(tzinfo=None)
        if not self.settings.backup_folder:
            with naming_trouble(str(folder)):
                folder.mkdir(exist_ok=True)
        actions = self._actions()
        named = now
        while (target := folder / backups.backup_name(self.path.stem, named)).exists() and not self._is_ours(target):
            named += timedelta(seconds=1)
        made = backups.backup(self.path, target)
        self._backed_up_at = actions
        for old in backups.surplus([one for one in backups.backups_in(folder, self.path.stem) if self._is_ours(one.path)], now):
            # One that another program holds goes the next time.
            files.remove_if_free(old.path)
        return made

    def changed_since_backup(self) -> bool:
        """Whether anything was done that no backup holds: in this sitting, by commands, or before a crash."""
        if self._backed_up_at is None:
            newest = self.last_backup()
            self._backed_up_at = -1 if newest is None else backups.actions_in(newest.path)
        return self._actions() != self._backed_up_at

    def last_backup(self) -> backups.BackupFile | None:
        """The newest backup of this street in the backup folder."""
        found = backups.backups_in(self.backup_folder(), self.path.stem)
        return next((one for one in found if self._is_ours(one.path)), None)

    def _is_ours(self, path: Path) -> bool:
        """Another laptop may keep another street's backups in the same folder, under the same name."""
        return backups.street_id(path) == self._id

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()
        if self._looking is not None:
            self._looking.close()

    def _actions(self) -> int:
        with self.database.reader() as reader:
            return street_queries.action_count(reader)


def open_street(path: Path, clock: Clock | None = None, accepted: Collection[Doubt] = ()) -> OpenStreet:
    """Open a data file, upgrading an older one on a copy first; `accepted` doubts are not asked about. Raises StorageProblem.

    What cannot be written is opened for reading only.
    """
    looking = Looking(path) if needs_looking(path) else None
    if looking is None:
        migrate.bring_up_to_date(path, path.parent / _KEPT_BACKUPS)
    database = Database(path, accepted, shown=None if looking is None else looking.file)
    try:
        with database.reader() as reader:
            settings = street_queries.street(reader)
        opened = OpenStreet(database, clock or SystemClock(), settings, {}, Verifier({}), _looking=looking)
        opened.reload()
    except BaseException:
        database.close()
        if looking is not None:
            looking.close()
        raise
    return opened


def found_street(
    path: Path,
    settings: StreetSettings,
    *,
    by: str,
    clock: Clock | None = None,
    practice: bool = False,
    private_key: bytes | None = None,
) -> OpenStreet:
    """Make a new data file with a street in it and open it. Raises RuleRefused or StorageProblem; then no file is left.

    The file is made aside and takes its name last, with the street in it. A file there that never got a street is set aside.
    """
    clock = clock or SystemClock()
    never_founded = _is_without_street(path)
    if path.exists() and not never_founded:
        raise StorageProblem(StorageTrouble.EXISTS, str(path))
    with naming_trouble(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = files.beside(path, "new")
        try:
            private = private_key or new_private_key()
            keys = SigningKeyPair(private, public_key_of(private))
            _write_street(unfinished, settings, practice=practice, keys=keys, clock=clock, by=by)
            if never_founded:
                sidecars.set_aside(path, "empty")
            backups.put_in_place(unfinished, path)
        finally:
            sidecars.remove(unfinished)
    return open_street(path, clock)


def _write_street(path: Path, settings: StreetSettings, *, practice: bool, keys: SigningKeyPair, clock: Clock, by: str) -> None:
    migrate.create(path)
    database = Database(path)
    try:
        with database.transaction() as tx:
            street_services.found(tx, settings=settings, practice=practice, keys=keys, at=clock.now(), by=by)
    finally:
        # Before anybody removes or moves what was made.
        database.close()
    backups.verify(path)
    files.sync(path)


def _is_without_street(path: Path) -> bool:
    """Whether a file is there in which a street was to be founded and never was."""
    try:
        migrate.revision_of(path)
    except StorageProblem as problem:
        return problem.kind is StorageTrouble.NO_STREET
    return False
