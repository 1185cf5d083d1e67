"""What every page of the window is."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caringstreet.rules.changes import Changed
from caringstreet.rules.doubts import Doubt, Doubted
from caringstreet.rules.refusals import RuleRefused
from caringstreet.wording.paper import unrecorded_text
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import said_again
from ui.context import Context, Happened, Target
from ui.drafts import Draft, Keeper, PartKeeper, Put, Read
from ui.widgets.ask import ask
from ui.widgets.basics import Note
from ui.widgets.by_keyboard import keyboard_fields
from ui.widgets.form import Form
from ui.widgets.inputs import Readable, first_unreadable


class Page(QWidget):
    """A page is built in one language; the window builds it anew when that changes.

    `shows` are the kinds of change after which it loads again.
    """

    name = ""
    shows: frozenset[Changed] = frozenset()
    follows_month = False
    go = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.words = context.words
        self.note = Note()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 4, 24, 14)
        self.column.setSpacing(10)
        self.column.addWidget(self.note)
        self.keeper: Keeper | None = None
        self._part_keepers: list[PartKeeper] = []
        self._under_way: list[tuple[Callable[..., Any], dict[str, Any]]] = []
        self._arriving = QTimer(self, singleShot=True, interval=0)
        self._arriving.timeout.connect(self._take_the_keyboard)

    def title(self) -> str:
        """The name at the top of the window."""
        raise NotImplementedError

    def help_text(self) -> str:
        """What F1 says on this page."""
        return ""

    def refresh(self) -> None:
        """Load what is shown again."""

    def open(self, target: Target) -> None:
        """Show a subject or begin an action of this page."""

    def new(self) -> None:
        """Ctrl+N."""

    def print_(self) -> None:
        """Ctrl+P."""

    def undo(self) -> bool:
        """Ctrl+Z; False leaves it to the window."""
        return False

    def take_code(self, text: str) -> bool:
        """A scanned code; False leaves it to the window, which opens what was scanned."""
        return False

    # What is typed --------------------------------------------------------------------------------------------

    def keep_typed(self, read: Read, put: Put) -> Keeper:
        """Keep what is typed here as a draft; the page says when it begins, and when it is saved."""
        self.keeper = Keeper(self, self.context.drafts, read, put, lambda: self.context.actor)
        return self.keeper

    def keep_part(self, name: str, title: str, read: Read, put: Put, *, action: str = "", always: bool = True) -> PartKeeper:
        """Keep what is typed in one part of the page as a draft of its own; `action` opens the page where it lies.

        A part that is not always in view says itself when it is opened, left and saved; any other reads None while empty.
        """
        home = Draft(f"{self.name}/{name}", title, (self.name, None, action), None, self.context.clock.now())
        keeper = PartKeeper(self, self.context.drafts, home, (read, put), lambda: self.context.actor, always=always)
        self._part_keepers.append(keeper)
        return keeper

    def keepers(self) -> list[Keeper]:
        """All that keep something here."""
        return [*self._part_keepers, *([self.keeper] if self.keeper is not None else [])]

    def begin_typing(self, place: str, target: Target | None = None, title: str = "") -> None:
        """As it stands now, nothing is typed yet; an older draft of the place is left to be offered."""
        if self.keeper is not None:
            self.keeper.end()
            to = target or Target(self.name)
            self.keeper.begin(self.context.drafts.free_place(place), title or self.title(), (to.page, to.subject, to.action))

    def bring_back(self, draft: Draft) -> None:
        """Put a draft into the page, which was opened where the draft lies."""
        keeper = next((one for one in self._part_keepers if one.is_at_home(draft)), self.keeper)
        if keeper is not None:
            keeper.bring_back(draft)
            self._start_parts()

    def _start_parts(self) -> None:
        for one in self._part_keepers:
            if one.always:
                one.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start_parts()

    def arrive(self) -> None:
        """Where the keyboard begins when one comes to the page; where a page says nothing, at its first field."""

    def settle(self) -> None:
        """The keyboard is never left outside the page that one came to."""
        # What was only just built shows itself, and can take the keyboard, after this event.
        self._arriving.start()

    def _take_the_keyboard(self) -> None:
        focused = self.focusWidget()
        if not self.isVisible() or (focused is not None and focused is not self and focused.isVisible() and focused.isEnabled()):
            return
        for field in keyboard_fields(self.column):
            if field.isEnabled() and field.isVisible():
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def focus_search(self) -> None:
        """Ctrl+F."""

    def do(
        self,
        service: Callable[..., Any],
        *,
        done: Callable[[Any], None] | None = None,
        refused: Callable[[RuleRefused], None] | None = None,
        accepted: Collection[Doubt] = (),
        **arguments: Any,
    ) -> None:
        """Run one service now, in the name of who works here; a refusal is said in the page, a doubt asked about.

        Nothing is run while an input in view cannot be read. The very same asked again while it is under way, as a
        second press of a key does, is one.
        """
        asked = (service, arguments)
        if asked in self._under_way or self._refuse_unreadable():
            return
        self.note.silence()
        now, by = self.context.clock.now(), self.context.actor
        self._under_way.append(asked)

        def ended() -> None:
            if asked in self._under_way:
                self._under_way.remove(asked)

        def well(result: Any) -> None:
            ended()
            if done is not None:
                done(result)

        def said_no(error: RuleRefused) -> None:
            ended()
            if not isinstance(error, Doubted):
                (refused or self.refused)(error)
            elif ask(self, self.words, refusal_text(self.words, error), self.words.say("Go on")):
                self.do(service, done=done, refused=refused, accepted={*accepted, error.reason}, **arguments)

        self.context.runner.command(
            partial(service, at=now, by=by, **arguments), owner=self, done=well, refused=said_no, failed=ended, accepted=accepted
        )

    def record_paper(self, service: Callable[..., Any], *, done: Callable[[], Any] | None = None, **arguments: Any) -> None:
        """Record a paper that is drawn. Of a street for reading only nothing is recorded, which is said; it can be drawn all the same."""
        if self.context.street.read_only:
            self.context.status.say(unrecorded_text(self.words))
            if done is not None:
                done()
            return
        self.do(service, done=None if done is None else lambda _: done(), **arguments)

    def _refuse_unreadable(self) -> bool:
        """Say what cannot be read, in the dialog or form where it stands, else in the page; False where all can."""
        dialog = QApplication.activeModalWidget()
        place = dialog if dialog is not None and self.isAncestorOf(dialog) else self
        found = first_unreadable(place)
        if not isinstance(found, Readable):
            return False
        form = _form_of(found)
        if form is None or not form.refuse_unreadable():
            self.note.say(found.trouble(self.words), "warn")
            found.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def undoable(
        self, text: str, service: Callable[..., Any], *, undone: Callable[["Page", Any], None] | None = None, **arguments: Any
    ) -> None:
        """Say what was done, with a service that takes it back; once taken back, say that, or do `undone` with the page in view."""

        def say_so(page: Page, _: object) -> None:
            page.context.status.say(page.words.say("Undone: {what}", what=said_again(text, page.words)))

        def take_back(page: Page) -> None:
            page.do(service, done=partial(undone or say_so, page), **arguments)

        self.context.status.tell(Happened(text, self.words.say("Undo"), take_back, undo=True))

    def offer_undo(self, text: str, then: Callable[[Any], object]) -> None:
        """Say what was done, with a way back that this page knows; it is called with the page as it then is."""
        self.context.status.tell(Happened(text, self.words.say("Undo"), then, self.name, undo=True))

    def offer(self, text: str, action: str, then: Callable[[Any], object]) -> None:
        """Say what was done, with a button that leads on; it is called with the page as it then is."""
        self.context.status.tell(Happened(text, action, then, self.name))

    def refused(self, error: RuleRefused) -> None:
        """Say a refusal in the page; where that is out of view, at the bottom."""
        text = refusal_text(self.words, error)
        self.note.say(text, "warn")
        if not self.isVisible():
            self.context.status.say(text)

    def go_to(self, page: str, subject: Any = None, action: str = "") -> None:
        """Ask the window to show another page."""
        self.go.emit(Target(page, subject, action))


def _form_of(widget: QWidget) -> Form | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Form):
        above = above.parentWidget()
    return above
