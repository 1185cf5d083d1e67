"""The window's frame: navigation, the bar at the top, the line at the bottom, and the page between them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from caringstreet.printing.substitutes import Noticed
from caringstreet.rules.changes import Changed
from caringstreet.rules.months import Month
from caringstreet.wording.paper import substituted_lines
from ui import problems
from ui.bottom_line import BottomLine
from ui.context import Context, Happened, Target
from ui.drafts import Draft
from ui.scan_opener import ScanOpener
from ui.scanning import camera
from ui.side import Side
from ui.specs import PageSpec, in_use
from ui.widgets.basics import button, icon_button, icon_label, label, row
from ui.widgets.by_keyboard import ByKeyboard
from ui.widgets.draft_bar import DraftBar
from ui.widgets.page import Page
from ui.widgets.privacy_shade import PrivacyShade
from ui.widgets.scrolling import Scrolling, Stack
from ui.widgets.search_everywhere import Found, SearchEverywhere

_LOW = 640
#: Under so many logical pixels the navigation leaves its room to the page.
_FOLDS = 1180
#: Pages that lie open while one's hands are full of paper.
_LOOKED_AT = frozenset({"scan", "hand_out", "goods_hand_out"})


class MainWindow(ByKeyboard, QMainWindow):
    """Built anew in another language; which page and month one looked at stays."""

    language_chosen = Signal(str)
    scheme_chosen = Signal(str)
    practice_left = Signal()

    def __init__(self, context: Context, specs: Sequence[PageSpec], find: Callable[[str], Sequence[Found]]) -> None:
        super().__init__()
        self.context = context
        # What the pages listen to goes with the window, and so hears and tells nothing after it.
        for one in (context.runner, context.month, context.status, context.drafts):
            one.setParent(self)
        self._all_specs = tuple(specs)
        self._specs = self._specs_in_use()
        self._find = find
        self.scans = ScanOpener(self, context, lambda: self.page() if self.stack.count() else None, self.show_page)
        self.pages: dict[str, Page] = {}
        self._shown = Target("today")
        self.shade = PrivacyShade(self, context)
        self._build()
        self._listen()
        self._shortcuts()

    def _specs_in_use(self) -> dict[str, PageSpec]:
        return {spec.name: spec for spec in in_use(self._all_specs, self.context.street.settings)}

    # The parts ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        words = self.context.words
        self.setWindowTitle(" · ".join((words.say("Caring Street"), self.context.street.settings.name)))
        middle = QWidget()
        line = QHBoxLayout(middle)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.side = self._make_side()
        line.addWidget(self.side)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.context.street.practice:
            column.addWidget(self._make_practice_band())
        if self.context.street.read_only:
            column.addWidget(self._make_reading_band())
        column.addLayout(self._make_top())
        self.draft_bar = DraftBar(words, lambda: self.context.clock.today())
        self.draft_bar.wanted.connect(self.bring_back)
        self.draft_bar.discarded.connect(self._discard)
        column.addWidget(self.draft_bar)
        self.stack = Stack()
        column.addWidget(Scrolling(self.stack), 1)
        self.bottom = BottomLine(self.context, self._page_named)
        column.addWidget(self.bottom)
        line.addLayout(column, 1)
        self.setCentralWidget(middle)
        self._fold_side()

    def _make_side(self) -> Side:
        side = Side(self.context, self._specs.values())
        side.chosen.connect(lambda name: self.show_page(Target(name)))
        side.language_chosen.connect(self.language_chosen)
        side.scheme_chosen.connect(self.scheme_chosen)
        side.covered.connect(self.shade.cover)
        return side

    def _make_practice_band(self) -> QWidget:
        words, band = self.context.words, QFrame()
        band.setObjectName("practice")
        line = QHBoxLayout(band)
        line.setContentsMargins(24, 5, 16, 5)
        line.addWidget(icon_label("info", "warn", 18))
        line.addWidget(label(words.say("Practice street: nothing here is real, and its vouchers are specimens."), wrap=True), 1)
        self.leave_practice = button(words.say("Leave practice"), self.practice_left.emit, picture="log-out")
        line.addWidget(self.leave_practice)
        return band

    def _make_reading_band(self) -> QWidget:
        """Says why nothing will be saved, before somebody types a form full."""
        words, band = self.context.words, QFrame()
        band.setObjectName("practice")
        line = QHBoxLayout(band)
        line.setContentsMargins(24, 5, 16, 5)
        line.addWidget(icon_label("info", "warn", 18))
        said = words.say(
            "For reading only: the file or its folder cannot be written. You can look, search, check, print and back up to elsewhere; nothing can be recorded."
        )
        line.addWidget(label(said, wrap=True), 1)
        return band

    def _make_top(self) -> QHBoxLayout:
        words = self.context.words
        self._title = label("", "title")
        self.search = SearchEverywhere(words.say("Search shops, households, voucher codes…  Ctrl+K"), self._find)
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(330)
        self.search.opened.connect(self.show_page)
        self._month = QPushButton()
        self._month.setFlat(True)
        self._month.setAutoDefault(False)
        self._month.setMinimumWidth(130)
        self._month.clicked.connect(self._show_this_month)
        self._month.setToolTip(words.say("Back to this month"))
        before = icon_button(words.say("Month before"), lambda: self._move_month(-1), picture="chevron-left", kind="")
        after = icon_button(words.say("Month after"), lambda: self._move_month(1), picture="chevron-right", kind="")
        self.camera_button = button("", self.scans.use_camera, kind="quiet", picture="scan-line")
        self.camera_button.setAccessibleName(words.say("Scan with the camera"))
        self.camera_button.setToolTip(words.say("Scan with the camera") + "  Ctrl+J")
        self.camera_button.setVisible(camera.is_installed())
        line = row(self._title, None, self.search, self.camera_button, before, self._month, after)
        # The search takes what there is; the stretch only what is beyond its largest.
        line.setStretch(1, 1)
        line.setStretch(2, 100)
        line.setContentsMargins(24, 14, 24, 6)
        return line

    def show_user(self) -> None:
        """Say who sits here now."""
        self.side.show_names()

    def show_backup(self) -> None:
        """Say when the last backup was made."""
        self.bottom.show_backup()

    # What happens ---------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        runner = self.context.runner
        runner.changed.connect(self._changed)
        runner.failed.connect(self._failed)
        runner.substituted.connect(self._substituted)
        self.context.month.changed.connect(self._month_changed)
        self.context.drafts.changed.connect(self._show_draft)
        self.context.drafts.failed.connect(self._drafts_failed)
        self._show_month()
        self._show_draft()

    def _show_draft(self) -> None:
        self.draft_bar.show_drafts(self.context.drafts.offered())

    def _drafts_failed(self, error: Exception) -> None:
        self.context.status.say(
            " ".join((self.context.words.say("What you type cannot be kept now."), *problems.explained(self.context.words, error)))
        )

    def bring_back(self, draft: Draft) -> None:
        """Open the form of a draft with what was typed."""
        page, subject, action = draft.target
        self.show_page(Target(page, subject, action))
        if self.page().name == page:
            self.page().bring_back(draft)

    def _discard(self, draft: Draft) -> None:
        words, drafts = self.context.words, self.context.drafts
        drafts.discard(draft.place)
        actor = self.context.actor
        said, undo = words.say("What was typed is discarded"), words.say("Undo")
        self.context.status.tell(Happened(said, undo, lambda _: drafts.keep(draft, actor), undo=True))

    def _shortcuts(self) -> None:
        def key(sequence: str, then: Callable[[], object]) -> None:
            QShortcut(QKeySequence(sequence), self).activated.connect(lambda: then())

        key("Ctrl+K", self.search_focus)
        key("Ctrl+N", lambda: self.page().new())
        key("Ctrl+P", lambda: self.page().print_())
        key("Ctrl+F", lambda: self.page().focus_search())
        key("Ctrl+Z", self._undo)
        key("Ctrl+J", self.scans.use_camera)
        key("F1", self._help)
        key("Ctrl+/", self._show_shortcuts)
        key("Ctrl+PgUp", lambda: self._move_month(-1))
        key("Ctrl+PgDown", lambda: self._move_month(1))
        for number in range(10):
            key(f"Ctrl+{(number + 1) % 10}", partial(self._show_number, number))

    def _show_number(self, number: int) -> None:
        names = self.side.names()
        if number < len(names):
            self.show_page(Target(names[number]))

    def search_focus(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def page(self) -> Page:
        """The page in view."""
        found = self.stack.currentWidget()
        assert isinstance(found, Page)
        return found

    def _page_named(self, name: str) -> Page:
        """The page of this name, made where it was not yet; with "", or where the street has none such now, the one in view."""
        return self._made(name) if name in self._specs else self.page()

    def _made(self, name: str) -> Page:
        page = self.pages.get(name)
        if page is None:
            page = self._specs[name].make(self.context)
            page.go.connect(self.show_page)
            self.pages[name] = page
            self.stack.addWidget(page)
        return page

    def show_page(self, target: Target) -> None:
        """Show a page, making it at its first visit, and open the subject there; Today where there is no such page now."""
        if target.page not in self._specs:
            target = Target("today")
        self._shown = target
        page = self._made(target.page)
        if self.stack.currentWidget() is not page:
            # What was refused when one was here last is not what one comes back for.
            page.note.silence()
        self.stack.setCurrentWidget(page)
        page.refresh()
        self._title.setText(page.title())
        if self.side.mark(target.page):
            self.context.preferences.set("page", target.page)
        self.shade.spared = target.page in _LOOKED_AT
        page.arrive()
        page.settle()
        if target.subject is not None or target.action:
            page.open(target)
        self._title.setText(page.title())

    def rebuild(self) -> None:
        """Build everything again, in the language and look of now, once running work has told its answers to these pages."""
        self.context.runner.when_idle(self._rebuild)

    def _rebuild(self) -> None:
        self.context.status.speak(self.context.words)
        self.context.drafts.flush()
        places = [one.place for one in self.page().keepers()] if self.stack.count() else []
        typed = [draft for draft in map(self.context.drafts.get, places) if draft is not None]
        for page in self.pages.values():
            for keeper in page.keepers():
                keeper.end()
        self.pages.clear()
        self._build()
        self._show_month()
        self._show_draft()
        self.show_page(self._shown)
        for draft in typed:
            self.bring_back(draft)
        self.shade.spread()

    def _changed(self, kinds: frozenset[Changed]) -> None:
        if Changed.STREET in kinds:
            self.context.street.reload()
            self.side.show_names()
            if self._specs_in_use() != self._specs:
                self._specs = self._specs_in_use()
                self.rebuild()
        page = self.page()
        if page.shows & kinds:
            pressed = self.focusWidget()
            at_work = pressed is not None and page.isAncestorOf(pressed)
            page.refresh()
            if at_work and pressed is not None and not (isValid(pressed) and page.isAncestorOf(pressed)):
                # What was pressed was built anew: one goes on where the page begins, not wherever the keyboard fell.
                page.arrive()
                page.settle()

    def _failed(self, error: BaseException) -> None:
        problems.report(self.context.words, error, self)

    def _substituted(self, noticed: Noticed) -> None:
        """Say on the page, beside what it says of its paper, which characters could not be printed."""
        note = self.page().note
        note.say("\n".join([*filter(None, [note.text()]), *substituted_lines(self.context.words, noticed)]), "warn")

    def _undo(self) -> None:
        if not self.page().undo():
            self.bottom.take_back()

    def status_text(self) -> str:
        """What the bottom line says."""
        return self.bottom.text()

    def take_code(self, text: str) -> None:
        """A scan on any page: the page takes it, or what was scanned is opened."""
        self.scans.take(text)

    def _move_month(self, by: int) -> None:
        month = self.context.month.month
        self.context.month.show(month.next() if by > 0 else month.previous())

    def _show_this_month(self) -> None:
        self.context.month.show(Month.of(self.context.clock.today()))

    def _show_month(self) -> None:
        text = self.context.words.month(self.context.month.month)
        self._month.setText(text)
        self._month.setAccessibleName(text)

    def _month_changed(self) -> None:
        self._show_month()
        if self.page().follows_month:
            self.page().refresh()

    def _help(self) -> None:
        QMessageBox.information(self, self.page().title(), self.page().help_text() or self._shortcut_text())

    def _show_shortcuts(self) -> None:
        QMessageBox.information(self, self.context.words.say("Keyboard"), self._shortcut_text())

    def _shortcut_text(self) -> str:
        words = self.context.words
        return "\n".join(
            (
                words.say("Ctrl+1 to Ctrl+9, then Ctrl+0: the pages"),
                words.say("Ctrl+K: search everything"),
                words.say("Ctrl+F: search in this list"),
                words.say("Ctrl+Shift+Left, Ctrl+Shift+Right: sort the list by another column; with Up or Down: lowest or highest first"),
                words.say("Ctrl+N: new"),
                words.say("Ctrl+P: print"),
                words.say("Ctrl+Z: undo the last action"),
                words.say("Ctrl+Enter: save or record"),
                words.say("Ctrl+Page Up, Ctrl+Page Down: month before, month after"),
                words.say("Ctrl+J: scan with the camera"),
                words.say("Ctrl+L: cover the screen"),
                words.say("F1: help for this page"),
                words.say("Ctrl+/: these keys"),
            )
        )

    def _fold_side(self) -> None:
        self.side.fold(narrow=self.width() < _FOLDS, low=self.height() < _LOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_side()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.context.preferences.set("geometry", self.saveGeometry())
        self.shade.end()
        super().closeEvent(event)
