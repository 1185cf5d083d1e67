"""What was typed and not saved: at hand in the window, and written to the data file off its thread."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from caringstreet.clock import Clock
from caringstreet.queries import drafts as queries
from caringstreet.services import drafts as services
from caringstreet.storage.database import Database
from ui.runner import Runner

#: Written once the inputs stood still between two looks.
_LOOK_MS = 400
_AS_IT_STANDS = object()

Read = Callable[[], Any]
Put = Callable[[Any], None]


@dataclass(frozen=True)
class Draft:
    """The inputs of one form, and where in the window it lies: page, subject, action."""

    place: str
    title: str
    target: tuple[str, Any, str]
    inputs: Any
    typed_at: datetime


class Drafts(QObject):
    """All drafts of the open street. `failed` tells once that they cannot be written."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, database: Database, clock: Clock, runner: Runner) -> None:
        super().__init__()
        self._database, self._clock, self._runner = database, clock, runner
        self._keepers: WeakSet[Keeper] = WeakSet()
        self._told = self._closed = False
        with database.reader() as reader:
            found = queries.rows(reader)
        self._drafts = {one.place: _draft(one) for one in found}

    def get(self, place: str) -> Draft | None:
        """What was kept of a form."""
        return self._drafts.get(place)

    def offered(self) -> list[Draft]:
        """What stands in no form in view, the latest first."""
        held = {one.place for one in self._keepers}
        found = [one for one in self._drafts.values() if one.place not in held]
        return sorted(found, key=lambda one: one.typed_at, reverse=True)

    def free_place(self, wanted: str) -> str:
        """This place, or one beside it where an older draft lies there: what was typed then is not written over."""
        number, place = 1, wanted
        while place in self._drafts:
            number += 1
            place = f"{wanted}#{number}"
        return place

    def keep(self, draft: Draft, by: str) -> None:
        """Keep the inputs of a form."""
        self._drafts[draft.place] = draft
        typed = {"target": list(draft.target), "inputs": draft.inputs}
        self._write(partial(services.keep, place=draft.place, title=draft.title, typed=typed, at=draft.typed_at, by=by))
        self.changed.emit()

    def discard(self, place: str) -> None:
        """Let a draft go."""
        if self._drafts.pop(place, None) is not None:
            self._write(partial(services.discard, places=(place,)))
            self.changed.emit()

    def now(self) -> datetime:
        return self._clock.now()

    def hold(self, keeper: "Keeper") -> None:
        """Somebody types in a place now."""
        self._keepers.add(keeper)
        self.changed.emit()

    def let_go(self, keeper: "Keeper") -> None:
        """Nobody does any more: what was kept is offered."""
        self._keepers.discard(keeper)
        self.changed.emit()

    def flush(self) -> None:
        """Write what is typed at this moment."""
        for one in list(self._keepers):
            one.look()

    def close(self) -> None:
        """The street is being left: write, and nothing more after that."""
        self.flush()
        self._closed = True

    def _write(self, service: Callable[[Any], None]) -> None:
        database = self._database
        if self._closed or database.read_only:
            return

        def work() -> None:
            with database.transaction() as tx:
                service(tx)

        self._runner.aside(work, failed=self._cannot)

    def _cannot(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            self.failed.emit(error)


def _draft(row: queries.DraftRow) -> Draft:
    page, subject, action = row.typed.get("target", ["today", None, ""])
    return Draft(row.place, row.title, (page, subject, action), row.typed.get("inputs"), row.typed_at)


class Keeper(QObject):
    """Looks at one place while it is in view, and keeps what is typed there once the typing pauses."""

    def __init__(self, owner: QWidget, drafts: Drafts, read: Read, put: Put, by: Callable[[], str]) -> None:
        super().__init__(owner)
        self._owner, self._drafts = owner, drafts
        self._read_inputs, self._put, self._by = read, put, by
        self.place = ""
        self._title, self._target = "", ("", None, "")
        self._empty: Any = _AS_IT_STANDS
        self._first: Any = None
        self._seen: Any = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._glance)
        owner.installEventFilter(self)

    def begin(self, place: str, title: str, target: tuple[str, Any, str], *, empty: Any = _AS_IT_STANDS) -> None:
        """From now on this is what is typed here; nothing is typed while it stands as now, or as `empty`."""
        self.end()
        self._empty = empty
        self.place, self._title, self._target = place, title, target
        self._seen = self._read()
        self._first = self._seen if empty is _AS_IT_STANDS else empty
        self._timer.start()
        self._drafts.hold(self)

    def resume(self, place: str) -> None:
        """The place is in view again as it was left."""
        if not self.place:
            self.place = place
            self._timer.start()
            self._drafts.hold(self)

    def bring_back(self, draft: Draft) -> None:
        """Put a draft in; what else was typed here is kept in its own place. What finds no place any more stays offered."""
        self.look()
        self._drafts.let_go(self)
        self.place = ""
        self._put(draft.inputs)
        self._seen = self._read()
        if self._seen == self._empty:
            return
        self.place, self._title, self._target = draft.place, draft.title, draft.target
        # Where it cannot be told when nothing is typed, it stays a draft until it is saved, whatever could be put in of it.
        self._first = None if self._empty is _AS_IT_STANDS else self._empty
        self._timer.start()
        self._drafts.hold(self)

    def again(self) -> None:
        """What stands here now is as it was loaded or saved."""
        if self.place:
            self._drafts.discard(self.place)
            self._first = self._seen = self._read()

    def saved(self) -> None:
        """What was typed here is saved: its draft goes."""
        if self.place:
            place, self.place = self.place, ""
            self._drafts.discard(place)
        self.end()

    def end(self) -> None:
        """The place is left; what was typed stays a draft."""
        self.look()
        self.place = ""
        self._timer.stop()
        self._drafts.let_go(self)

    def look(self) -> None:
        """Keep what is typed now."""
        if not self.place:
            return
        now, before = self._read(), self._drafts.get(self.place)
        if now == self._first:
            if before is not None:
                self._drafts.discard(self.place)
        elif before is None or before.inputs != now:
            self._drafts.keep(Draft(self.place, self._title, self._target, now, self._drafts.now()), self._by())
        self._seen = now

    def _glance(self) -> None:
        if not self._owner.isVisible():
            return
        now = self._read()
        if now == self._seen:
            self.look()
        self._seen = now

    def _read(self) -> Any:
        # As the data file will hold it, so that the two can be compared.
        return json.loads(json.dumps(self._read_inputs(), ensure_ascii=False))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide and not event.spontaneous():
            self.look()
        return False


class PartKeeper(Keeper):
    """Keeps one part of a page as a draft of its own. A part that is always there reads None while nothing is typed in it."""

    def __init__(
        self, page: QWidget, drafts: Drafts, home: Draft, inputs: tuple[Read, Put], by: Callable[[], str], *, always: bool
    ) -> None:
        super().__init__(page, drafts, *inputs, by)
        self._home, self.always = home, always

    def start(self) -> None:
        """Typing begins in the part, unless it has begun; an older draft of it is left to be offered."""
        if not self.place:
            place = self._drafts.free_place(self._home.place)
            self.begin(place, self._home.title, self._home.target, empty=None if self.always else _AS_IT_STANDS)

    def is_at_home(self, draft: Draft) -> bool:
        """Whether a draft is of this part."""
        return draft.place.split("#")[0] == self._home.place
