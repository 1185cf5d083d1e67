"""Opens and founds streets: the one place where storage, keys and clock come together."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from caringstreet.clock import Clock, SystemClock, local_time
from caringstreet.queries import street as street_queries
from caringstreet.rules.doubts import Doubt
from caringstreet.scanning.signing import Signer, Verifier, new_private_key, public_key_of
from caringstreet.services import street as street_services
from caringstreet.services.street import SigningKeyPair, StreetSettings
from caringstreet.storage import backups, migrate
from caringstreet.storage.database import Database

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
    backed_up_at_action: int = -1

    @property
    def path(self) -> Path:
        return self.database.path

    @property
    def practice(self) -> bool:
        """Whether this is a practice street, whose vouchers are specimens."""
        return self.settings.practice

    def reload(self) -> None:
        """Read settings and keys again."""
        with self.database.reader() as reader:
            self.settings = street_queries.street(reader)
            keys = street_queries.keys(reader)
        self.signers = {key.key_id: Signer(key.key_id, key.private_key) for key in keys}
        self.verifier = Verifier({key.key_id: key.public_key for key in keys})

    def backup_folder(self) -> Path:
        """Where backups go: the folder of the settings, else one beside the data file."""
        chosen = self.settings.backup_folder
        return Path(chosen) if chosen else self.path.parent / _KEPT_BACKUPS

    def backup_now(self) -> Path:
        """Make a verified backup in the backup folder and let surplus ones go. Raises StorageProblem."""
        folder = self.backup_folder()
        now = local_time(self.clock.now()).replace(tzinfo=None)
        made = backups.backup(self.path, folder / backups.backup_name(self.path.stem, now))
        for old in backups.surplus(backups.backups_in(folder, self.path.stem), now):
            old.path.unlink(missing_ok=True)
        self.backed_up_at_action = self._actions()
        return made

    def changed_since_backup(self) -> bool:
        """Whether anything was done since the last backup of this sitting."""
        return self._actions() != self.backed_up_at_action

    def last_backup(self) -> backups.BackupFile | None:
        """The newest backup in the backup folder."""
        found = backups.backups_in(self.backup_folder(), self.path.stem)
        return found[0] if found else None

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def _actions(self) -> int:
        with self.database.reader() as reader:
            return street_queries.action_count(reader)


def open_street(path: Path, clock: Clock | None = None, accepted: Collection[Doubt] = ()) -> OpenStreet:
    """Open a data file, upgrading an older one on a copy first; `accepted` doubts are not asked about. Raises StorageProblem."""
    migrate.bring_up_to_date(path, path.parent / _KEPT_BACKUPS)
    database = Database(path, accepted)
    with database.reader() as reader:
        settings = street_queries.street(reader)
    opened = OpenStreet(database, clock or SystemClock(), settings, {}, Verifier({}))
    opened.reload()
    opened.backed_up_at_action = opened._actions()
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
    """Make a new data file with a street in it and open it. Raises RuleRefused or StorageProblem; then no file is left."""
    clock = clock or SystemClock()
    migrate.create(path)
    try:
        private = private_key or new_private_key()
        database = Database(path)
        with database.transaction() as tx:
            street_services.found(
                tx,
                settings=settings,
                practice=practice,
                keys=SigningKeyPair(private, public_key_of(private)),
                at=clock.now(),
                by=by,
            )
        database.close()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return open_street(path, clock)
