"""The envelope on the desk: what was scanned and is not recorded yet."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ui.preferences import Preferences

_KEY = "scan/tray"
_SAME_SHEET_SECONDS = 5


@dataclass
class Tray:
    """Texts in the order of scanning; it outlives the window, so that a crash loses no slip."""

    shop_id: int | None = None
    day: date | None = None
    channel: str = "slip"
    texts: list[str] = field(default_factory=list)
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, float] = field(default_factory=dict)

    def add(self, text: str) -> bool:
        """Put a scan in; False where it is the same sheet still under the scanner."""
        now, last = self.clock(), self._seen.get(text)
        self._seen[text] = now
        if last is not None and now - last < _SAME_SHEET_SECONDS:
            return False
        self.texts.append(text)
        return True

    def take_last(self) -> str | None:
        """Take the last scan out again."""
        if not self.texts:
            return None
        text = self.texts.pop()
        self._seen.pop(text, None)
        return text

    def remove(self, place: int) -> None:
        """Take one scan out."""
        self._seen.pop(self.texts.pop(place), None)

    def empty(self) -> None:
        self.texts.clear()
        self._seen.clear()

    def save(self, preferences: Preferences) -> None:
        """Write it to the disk of this computer."""
        day = self.day.isoformat() if self.day else ""
        kept = {"shop": self.shop_id, "day": day, "channel": self.channel, "texts": self.texts} if self.texts else {}
        preferences.set(_KEY, json.dumps(kept, ensure_ascii=False))
        preferences.sync()

    @classmethod
    def restored(cls, preferences: Preferences) -> "Tray":
        """The tray as it was left; empty where there was none."""
        try:
            kept = json.loads(preferences.text(_KEY) or "{}")
            if not kept:
                return cls()
            day = date.fromisoformat(kept["day"]) if kept["day"] else None
            return cls(kept["shop"], day, kept["channel"], list(kept["texts"]))
        except (ValueError, KeyError, TypeError):
            return cls()
