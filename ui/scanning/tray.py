"""The envelope on the desk: what was scanned and is not recorded yet."""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from caringstreet.rules.evidence import Attempt, Outcome
from caringstreet.scanning.attempts import same_sheet
from ui.preferences import Preferences

_SAME_SHEET_SECONDS = 5


@dataclass(frozen=True)
class Sheet:
    """One paper: what was scanned, or for a soaked or torn one what a person could tell of it."""

    text: str
    torn: bool = False
    offer_id: int | None = None
    note: str = ""
    mark: str = ""

    def attempt(self) -> Attempt:
        """A torn one as the service takes it."""
        return Attempt(self.text, problem=Outcome.UNREADABLE, offer_id=self.offer_id, note=self.note, mark=self.mark)


@dataclass
class Tray:
    """Sheets in the order of scanning; it lies in the street's file as a draft, so that a crash loses no slip."""

    shop_id: int | None = None
    day: date | None = None
    channel: str = "slip"
    counted: int | None = None
    sheets: list[Sheet] = field(default_factory=list)
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, float] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        return [sheet.text for sheet in self.sheets]

    def add(self, text: str) -> bool:
        """Put a scan in; False where it is the same sheet still under the scanner."""
        key = same_sheet(text)
        now, last = self.clock(), self._seen.get(key)
        self._seen[key] = now
        if last is not None and now - last < _SAME_SHEET_SECONDS:
            return False
        self.sheets.append(Sheet(text))
        return True

    def add_photos(self, photos: Sequence[Sequence[str]]) -> int:
        """Put in what photos show and the tray has not: a pile is taken twice, a copy lies beside its twin in one photo."""
        have = Counter(same_sheet(sheet.text) for sheet in self.sheets if not sheet.torn)
        before = len(self.sheets)
        for photo in photos:
            shown: Counter[str] = Counter()
            for text in photo:
                key = same_sheet(text)
                shown[key] += 1
                if shown[key] > have[key]:
                    have[key] += 1
                    self._seen[key] = self.clock()
                    self.sheets.append(Sheet(text))
        return len(self.sheets) - before

    def add_torn(self, sheet: Sheet) -> None:
        """Put in a slip that no scanner reads."""
        self.sheets.append(sheet)

    def take_last(self) -> Sheet | None:
        """Take the last one out again."""
        return self.remove(len(self.sheets) - 1) if self.sheets else None

    def remove(self, place: int) -> Sheet:
        """Take one out."""
        sheet = self.sheets.pop(place)
        self._seen.pop(same_sheet(sheet.text), None)
        return sheet

    def empty(self) -> None:
        self.sheets.clear()
        self._seen.clear()
        self.counted = None

    def recorded(self, sheets: int) -> None:
        """The first so many are recorded; what was scanned meanwhile is the next envelope."""
        del self.sheets[:sheets]
        self._seen.clear()
        self.counted = None

    def put_back(self, other: "Tray") -> None:
        """Take over what another tray held."""
        self.shop_id, self.day, self.channel, self.counted = other.shop_id, other.day, other.channel, other.counted
        self.sheets = list(other.sheets)

    def kept(self) -> str:
        """All of it as a text; nothing where the tray is empty."""
        if not self.sheets:
            return ""
        day = self.day.isoformat() if self.day else ""
        values = {"shop": self.shop_id, "day": day, "channel": self.channel, "counted": self.counted}
        return json.dumps(values | {"sheets": [asdict(sheet) for sheet in self.sheets]}, ensure_ascii=False)

    @classmethod
    def of(cls, kept: str) -> "Tray":
        """The tray that was kept as a text; empty where that cannot be read."""
        try:
            values = json.loads(kept or "{}")
            if not values:
                return cls()
            day = date.fromisoformat(values["day"]) if values["day"] else None
            sheets = [Sheet(**one) for one in values["sheets"]]
            return cls(values["shop"], day, values["channel"], values["counted"], sheets)
        except (ValueError, KeyError, TypeError):
            return cls()

    @classmethod
    def moved_from(cls, preferences: Preferences, street: Path) -> "Tray":
        """The tray that an older program left on this computer, outside the street's file; it is taken away there."""
        found = cls.of(preferences.text(_key(street)))
        if found.sheets:
            preferences.set(_key(street), "")
            preferences.sync()
        return found


def _key(street: Path) -> str:
    name = hashlib.sha256(str(street.resolve()).encode()).hexdigest()[:12]
    return f"scan/tray-{name}"
