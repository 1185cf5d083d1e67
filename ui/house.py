"""Which street the window shows: the real one, the practice one, or the first questions."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from caringstreet import paths
from caringstreet.bootstrap import OpenStreet, open_street
from caringstreet.clock import Clock, SystemClock
from caringstreet.queries import search
from caringstreet.queries.search import Hit, HitKind
from caringstreet.rules.eligibility import hindrances
from caringstreet.rules.months import Month
from caringstreet.scanned import Subject, is_ours, scan
from caringstreet.storage.backups import street_name
from caringstreet.storage.looking import needs_looking
from caringstreet.storage.problems import StorageProblem, StorageTrouble, trouble_of
from caringstreet.wording.eligibility import standing_text
from caringstreet.wording.goods import amount
from caringstreet.words import Words, words_for
from ui import problems, theme
from ui.context import Context, MonthInView, StatusLine, Target
from ui.desktop import place, set_language
from ui.dialogs.waiting import WaitingDialog
from ui.drafts import Drafts
from ui.main_window import MainWindow
from ui.pages.specs import SPECS
from ui.pages.welcome_page import WelcomeWindow
from ui.preferences import Preferences
from ui.runner import JobProgress, Runner
from ui.scanning.keyboard_wedge import KeyboardWedge
from ui.specs import PageSpec, in_use
from ui.street_lock import StreetLock, on_share
from ui.widgets.search_everywhere import Found

_BACKUP_EVERY = 30 * 60 * 1000
_SOON = 60 * 1000
#: What is typed of a street before there is a file that could hold it: its name, its team, its streets.
_FOUNDING = "founding"
_PICTURES = {
    HitKind.SHOP: "store",
    HitKind.OFFER: "tag",
    HitKind.HOUSEHOLD: "users",
    HitKind.VOUCHER: "ticket",
    HitKind.LOT: "package",
    HitKind.DONATION: "file-text",
}
_NEEDS_A_SUBJECT = frozenset({"offer_form", "goods_recall"})
_PAGES = {
    HitKind.SHOP: "shops",
    HitKind.OFFER: "shops",
    HitKind.HOUSEHOLD: "households",
    HitKind.VOUCHER: "vouchers",
    HitKind.LOT: "goods",
    HitKind.DONATION: "goods_donations",
}


def _make(path: Path, today: date, progress: JobProgress) -> None:
    # Needed only once.
    from caringstreet.practice.street import make_demo

    make_demo(path, today=today, progress=progress)


class House:
    """Opens and closes streets, and keeps the window that shows one."""

    def __init__(
        self,
        application: QApplication,
        preferences: Preferences,
        language: str,
        *,
        clock: Clock | None = None,
        inline: bool = False,
        specs: Sequence[PageSpec] = SPECS,
    ) -> None:
        self._application, self.preferences = application, preferences
        self._words = words_for(language)
        self._clock = clock or SystemClock()
        self._inline = inline
        self._specs = specs
        self._lock: StreetLock | None = None
        self.street: OpenStreet | None = None
        self.window: QMainWindow | None = None
        self._wedge = KeyboardWedge(is_ours)
        application.installEventFilter(self._wedge)
        self._wedge.scanned.connect(self._scanned)
        self._timer = QTimer()
        self._timer.setInterval(_BACKUP_EVERY)
        self._timer.timeout.connect(self.back_up)

    @property
    def words(self) -> Words:
        return self._words

    def enter(self, path: Path, *, anyway: bool = False) -> None:
        """Open a street, or ask the first questions where there is none yet. A trouble is said, and asked about.

        With `anyway` a lock that somebody left behind is taken; that of a running program never is.
        """
        self.leave()
        lock = StreetLock(path)
        try:
            if not path.exists():
                raise StorageProblem(StorageTrouble.MISSING, str(path))
            # Nobody can write to what can only be looked at, so nobody needs to be kept away.
            if not needs_looking(path) and not (lock.take() or (anyway and lock.take_anyway())):
                self._locked_out(path, lock)
                return
            street = open_street(path, self._clock)
        except (StorageProblem, OSError) as problem:
            lock.unlock()
            kind = problem.kind if isinstance(problem, StorageProblem) else trouble_of(problem)
            said = "" if kind is StorageTrouble.MISSING else "\n".join(problems.explained(self._words, problem))
            self._welcome(path, said, kind)
            return
        self._lock = lock
        self._show(street)

    def _locked_out(self, path: Path, lock: StreetLock) -> None:
        """Say who has the street; what nobody holds any more can be opened all the same."""
        left = lock.left_behind()
        said = self._words.say("This street is open in another window already. Use that window, or close it first.")
        self._welcome(path, said if left is None else left.told(self._words), StorageTrouble.LOCKED)
        if left is not None and isinstance(self.window, WelcomeWindow):
            self.window.offer_to_open_anyway(street_name(path) if on_share(path) else "")

    def enter_practice(self) -> None:
        """Open the practice street, making it at the first visit."""
        path = paths.practice_street()
        if path.exists():
            self.enter(path)
            return
        runner = Runner(inline=self._inline)
        waiting = WaitingDialog(self.window, self._words, self._words.say("Making the practice street"))
        waiting.show()

        # It makes this one street, and goes with the dialog that tells how far it is.
        runner.setParent(waiting)

        def made(_: object) -> None:
            self.enter(path)
            waiting.ended()

        def failed(error: Exception) -> bool:
            waiting.ended()
            problems.report(self._words, error, self.window)
            self._after_no_practice()
            return True

        today = self._clock.today()
        progress = runner.work(lambda progress: _make(path, today, progress), owner=waiting, done=made, failed=failed)
        progress.moved.connect(waiting.moved)
        waiting.canceled.connect(progress.cancel)
        waiting.canceled.connect(waiting.ended)
        waiting.canceled.connect(self._after_no_practice)

    def _after_no_practice(self) -> None:
        """Where nothing stands behind it, the first screen follows."""
        if self.window is None:
            self.enter(paths.default_street())

    def leave(self) -> None:
        """Close the street, with a backup where something was done."""
        self._timer.stop()
        if self.street is not None:
            if isinstance(self.window, MainWindow):
                self.window.context.drafts.close()
                self.window.context.runner.finish()
            self.back_up()
            self.street.close()
            self.street = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def close(self) -> None:
        """Close the street and its window, and let go of the application."""
        self.leave()
        self._application.removeEventFilter(self._wedge)
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def back_up(self) -> None:
        """A backup if anything changed; a trouble is said, not raised."""
        street = self.street
        if street is None or street.practice or street.read_only:
            return
        try:
            street.database.require_file()
            if not street.changed_since_backup():
                return
            street.backup_now()
        except StorageProblem as problem:
            problems.report(self._words, problem, self.window)
            return
        if isinstance(self.window, MainWindow):
            self.window.show_backup()

    def _welcome(self, path: Path, said: str, trouble: StorageTrouble) -> None:
        window = WelcomeWindow(self._words, path, self._clock, said, trouble)
        window.put_back(json.loads(self.preferences.text(_FOUNDING) or "{}"))
        window.written.connect(lambda: self.preferences.set(_FOUNDING, json.dumps(window.kept(), ensure_ascii=False)))
        window.founded.connect(self._founded)
        window.practice.connect(self.enter_practice)
        window.opened.connect(lambda chosen: self.enter(Path(chosen)))
        window.forced.connect(lambda: self.enter(path, anyway=True))
        window.language_chosen.connect(lambda language: self._speak(language, lambda: self._welcome_again(path, trouble)))
        self._replace_window(window)

    def _founded(self, made: str) -> None:
        self.preferences.set(_FOUNDING, "")
        self.enter(Path(made))

    def _welcome_again(self, path: Path, trouble: StorageTrouble) -> None:
        """In the other language, with what was typed."""
        if trouble is StorageTrouble.MISSING:
            self._welcome(path, "", trouble)
        else:
            self.enter(path)

    def _show(self, street: OpenStreet) -> None:
        self.street = street
        chosen = self.preferences.text("language")
        # The practice street speaks as the screen did from which one came.
        if not chosen and not street.practice and street.settings.language != self._words.language:
            self._words = words_for(street.settings.language)
            set_language(self._application, self._words.language)
        runner = Runner(street.database, inline=self._inline)
        actor = self.preferences.text("actor") or self._words.say("Volunteer")
        month = MonthInView(Month.of(self._clock.today()))
        drafts = Drafts(street.database, self._clock, runner)
        context = Context(street, self._words, runner, self.preferences, month, StatusLine(), actor, drafts)
        window = MainWindow(context, self._specs, self._find)
        window.language_chosen.connect(self._switch_language)
        window.scheme_chosen.connect(self._switch_scheme)
        window.practice_left.connect(lambda: self.enter(paths.default_street()))
        self._replace_window(window)
        last = self.preferences.text("page", "today")
        window.show_page(Target(last if any(spec.name == last for spec in in_use(self._specs, street.settings)) else "today"))
        self._timer.start()
        if not street.practice and not street.read_only and street.changed_since_backup():
            # A sitting that crashed, and work done by commands, waits for nobody to close the window.
            QTimer.singleShot(_SOON, window, self.back_up)

    def _replace_window(self, window: QMainWindow) -> None:
        old, self.window = self.window, window
        if old is not None:
            self.preferences.set("geometry", old.saveGeometry())
        place(window, self.preferences.state("geometry"))
        window.show()
        if old is not None:
            old.close()
            old.deleteLater()

    def _switch_language(self, language: str) -> None:
        assert isinstance(self.window, MainWindow)
        window = self.window

        def again() -> None:
            window.context.words = self._words
            window.rebuild()

        self._speak(language, again)

    def _speak(self, language: str, then: Callable[[], object]) -> None:
        self._words = words_for(language)
        self.preferences.set("language", language)
        set_language(self._application, language)
        if self.window is not None:
            # The button that was pressed must not be taken away under its own press; nor is a window called that has gone.
            QTimer.singleShot(0, self.window, then)

    def _switch_scheme(self, scheme: str) -> None:
        self.preferences.set("scheme", scheme)
        theme.apply(self._application, scheme)
        if isinstance(self.window, MainWindow):
            self.window.rebuild()

    def _scanned(self, text: str) -> None:
        if isinstance(self.window, MainWindow):
            self.window.take_code(text)

    def _find(self, text: str) -> list[Found]:
        if self.street is None:
            return []
        scanned = scan(self.street, text)
        if scanned is not None and scanned.subject is not Subject.RUN and scanned.subject_id is not None:
            kind = HitKind(scanned.subject)
            name = scanned.name if len(scanned.name) <= 24 else self._words.say("Scanned voucher")
            return [Found(_PICTURES[kind], name, Target(_PAGES[kind], scanned.subject_id))]
        with self.street.database.reader() as reader:
            hits = search.hits(reader, text, self._clock.today())
        found = []
        for hit in hits:
            action = "offer" if hit.kind is HitKind.OFFER else ""
            said = f"{self._named(hit)}   {hit.detail}".strip()
            found.append(Found(_PICTURES[hit.kind], said, Target(_PAGES[hit.kind], hit.subject_id, action)))
        return found + self._pages_named(text)

    def _named(self, hit: Hit) -> str:
        """What a hit is called, with what is there of goods and what a household lacks."""
        if hit.stock is not None:
            return f"{hit.title} {amount(self._words, *hit.stock)}"
        if hit.standing is not None and hindrances(hit.standing, self._clock.today()):
            return f"{hit.title} · {standing_text(self._words, hit.standing, self._clock.today())}"
        if hit.receipt is not None:
            return " ".join((self._words.say("Receipt no. {n}", n=hit.receipt), hit.title))
        return hit.title

    def _pages_named(self, text: str) -> list[Found]:
        found, words = [], self._words
        assert self.street is not None
        for spec in in_use(self._specs, self.street.settings):
            if spec.name in _NEEDS_A_SUBJECT:
                continue
            if text.strip().casefold() in words.say(spec.title).casefold():
                found.append(Found(spec.picture or "house", words.say(spec.title), Target(spec.name)))
        return found
