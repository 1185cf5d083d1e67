"""The visitors of a choice day: a number, some picks, Return, and ready for the next one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caringstreet.queries.choice_events import VisitRow
from caringstreet.queries.visitors import Visitor
from caringstreet.rules.choice_events import refuse_beyond_table, refuse_picks
from caringstreet.rules.quantities import ONE, plain_quantity
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import choice_events as services
from caringstreet.services.choice_events import RecordedVisit
from caringstreet.wording.refusals import refusal_text
from ui.pages.goods_choice_figures import LastVisitors, SlotBar
from ui.pages.goods_choice_picks import Basket, Dots
from ui.pages.goods_choice_shown import Photos, ShownDay
from ui.pages.goods_choice_tiles import TileBoard
from ui.pages.goods_visitor import VisitorFinder, find, said_of
from ui.widgets.ask import ask_reason
from ui.widgets.basics import RECORD_KEYS, EmptyState, Note, button, card, label, row, shortcuts
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack
from ui.widgets.text_field import TextField

_FINDING, _PICKING = range(2)
#: An address and 181 digits, with room.
_LONGEST_SCAN = 700


class VisitDesk(QWidget):
    """Finding a visitor and picking are two steps of one place; nothing is written before Return."""

    def __init__(self, page: Page, *, set_up: Callable[[], None]) -> None:
        super().__init__()
        self._page, self.words, self._set_up = page, page.words, set_up
        self._day: ShownDay | None = None
        self._photos = Photos()
        self.basket = Basket()
        # What the basket held before each key, so that a scan among the picks leaves no trace.
        self._before_keys: list[tuple[int, ...]] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self._make_top())
        self.board = TileBoard(self.words)
        self.board.typed.connect(self._keep_before_key)
        self.board.picked.connect(self.pick)
        self.board.put_back.connect(self.put_back)
        self.board.entered.connect(self.record)
        self.board.given_up.connect(self._give_up)
        self._places = Stack()
        self._places.addWidget(self.board)
        self._places.addWidget(self._make_bare())
        left.addWidget(self._places, 1)
        line.addLayout(left, 1)
        line.addWidget(self._make_side())
        shortcuts(self, self.decline, "F4")
        shortcuts(self, self.record, *RECORD_KEYS)
        self._show()

    # The parts ------------------------------------------------------------------------------------------------

    def _make_top(self) -> QWidget:
        say = self.words.say
        frame, column = card(margins=16, spacing=8)
        self.steps = Stack()
        self.finder = VisitorFinder(self._page.context, say("Number, name, voucher or card, then Enter…"))
        self.finder.found.connect(self.come)
        self.finder.nobody.connect(lambda: self.come(None))
        self.finder.missed.connect(self._missed)
        nobody = button(say("Nobody named  Space"), lambda: self.come(None), picture="users")
        nobody.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        finding = QWidget()
        found_line = row(self.finder, nobody)
        found_line.setContentsMargins(0, 0, 0, 0)
        found_line.setAlignment(nobody, Qt.AlignmentFlag.AlignTop)
        finding.setLayout(found_line)
        self.steps.addWidget(finding)
        self.steps.addWidget(self._make_picking())
        column.addWidget(self.steps)
        self.said = Note()
        column.addWidget(self.said)
        return frame

    def _make_picking(self) -> QWidget:
        say = self.words.say
        picking = QWidget()
        column = QVBoxLayout(picking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.who = label("", "heading")
        self.dots = Dots()
        self.count = label("", "dim")
        self.declined = button(say("Not needed this time  F4"), self.decline, picture="hand-helping")
        self.record_button = button(say("Record  Enter"), self.record, kind="primary", picture="check")
        column.addLayout(Flow(self.who, self.dots, self.count, None, self.declined, self.record_button))
        self.wish = TextField()
        self.wish.setPlaceholderText(say("Needed, but not here: type it and press Enter; it becomes a need"))
        self.wish.setAccessibleName(say("Needed, but not here"))
        self.wish.installEventFilter(self)
        self.wishes = label("", "warn", wrap=True)
        column.addLayout(row(self.wish, self.wishes))
        return picking

    def _make_bare(self) -> QWidget:
        say = self.words.say
        return EmptyState(
            "package",
            say("Nothing is on the tables yet"),
            say("Bring what is in the stock, or take in what neighbours bring today. Then come back here: a number, some picks, Enter."),
            button(say("Set up the tables"), self._set_up, kind="primary", picture="package"),
        )

    def _make_side(self) -> QWidget:
        frame, column = card(margins=14, spacing=8)
        frame.setFixedWidth(270)
        self.slots_title = label(self.words.say("Time slots"), "heading")
        column.addWidget(self.slots_title)
        self.slots = SlotBar(self.words)
        column.addWidget(self.slots)
        self.last = LastVisitors(self.words)
        self.last.taken_back.connect(self._take_back)
        column.addWidget(self.last, 1)
        return frame

    # What is shown --------------------------------------------------------------------------------------------

    def show_day(self, day: ShownDay) -> None:
        """Show a day; a visitor half served stays, of another day none."""
        event_id = day.event.event_id
        if self._day is None or self._day.event.event_id != event_id:
            self.basket = Basket()
            self.said.silence()
        self._day = day
        with self._page.context.database.reader() as reader:
            photos = self._photos.of(reader, day.tables)
        self.board.show_rows(day.tables, photos)
        self._places.setCurrentIndex(0 if day.tables else 1)
        self.slots.show_slots(day.event, day.visits, self.words.time(self._page.context.clock.now()))
        self.slots_title.setVisible(bool(day.event.slots))
        self.last.show_visits(day.visits)
        self.setEnabled(not day.event.closed)
        if day.event.closed:
            self.said.say(self.words.say("This choice day is closed. Under Closing it can be opened again."))
        if self.basket.visitor is not None:
            self.basket.before = day.taken_by(self.basket.visitor.household_id) // ONE
        self._show()

    def _show(self) -> None:
        basket, words = self.basket, self.words
        self.steps.setCurrentIndex(_PICKING if basket.here else _FINDING)
        self.board.show_picks(basket.counted)
        limit = self._day.event.pick_limit if self._day is not None else 0
        self.who.setText(said_of(words, basket.visitor) if basket.visitor else words.say("Nobody named"))
        said = words.say("{taken} of {limit}", taken=basket.before + len(basket.lots), limit=limit)
        self.count.setText(said)
        self.dots.show_count(basket.before, len(basket.lots), limit, said)
        stop = "、" if words.language == "zh_HK" else ", "
        self.wishes.setText(stop.join(basket.wishes))
        self.wishes.setVisible(bool(basket.wishes))
        self.record_button.setEnabled(basket.here and basket.holds_something)

    def arrive(self) -> None:
        """The keyboard goes where the next key is expected."""
        (self.board if self.basket.here else self.finder).setFocus()

    def typed(self) -> Any:
        """Who stands at the table and what they hold."""
        basket = self.basket
        if not basket.here:
            return None
        visitor = basket.visitor.number if basket.visitor else ""
        return {"visitor": visitor, "lots": basket.lots, "wishes": basket.wishes, "wish": self.wish.text()}

    def bring_back(self, typed: Any) -> None:
        """The visitor whom the desk was serving, as far as the tables still hold what was picked."""
        if typed is None or self._day is None:
            return
        visitor = next(iter(find(self._page.context, typed["visitor"])), None) if typed["visitor"] else None
        self.come(visitor)
        for lot_id in typed["lots"]:
            if any(one.lot_id == lot_id for one in self._day.tables):
                self.pick(lot_id)
        self.basket.wishes.extend(typed["wishes"])
        self.wish.setText(typed["wish"])
        self._show()

    # A visitor ------------------------------------------------------------------------------------------------

    def come(self, visitor: Visitor | None) -> None:
        """Somebody stands at the table."""
        if self._day is None or self._day.event.closed:
            return
        self.said.silence()
        before = self._day.taken_by(visitor.household_id) // ONE if visitor else 0
        self.basket = Basket(True, visitor, before)
        self._before_keys.clear()
        if before:
            said = self.words.say("This household took {before} today already.", before=before)
            self.said.say(said)
        self._show()
        self.board.setFocus()

    def begin(self) -> None:
        """Ready for the next visitor; what was not recorded is given up."""
        if self._day is not None:
            self.basket = Basket()
        self.wish.clear()
        self.said.silence()
        self._show()
        self.finder.begin()

    def _give_up(self) -> None:
        """Begin again; what the visitor held can be had back."""
        typed = self.typed()
        held = self.basket.holds_something or bool(self.wish.text().strip())
        self.begin()
        if held:
            self._page.offer_undo(self.words.say("Begun again with the next visitor"), lambda page: page.choice.visits.bring_back(typed))

    def take_code(self, text: str) -> bool:
        """A card or voucher scanned while picking: the next visitor, if this one holds nothing yet."""
        self._forget_keys(len(text))
        if self.basket.here and self.basket.holds_something:
            self.said.say(
                self.words.say("This visitor is not recorded yet. Press Enter to record, or Escape to begin again; then scan again."),
                "warn",
            )
            self.board.setFocus()
            return True
        found = find(self._page.context, text)
        if len(found) != 1:
            self._missed(text)
        else:
            self.come(found[0])
        return True

    def _keep_before_key(self) -> None:
        self._before_keys = [*self._before_keys[-_LONGEST_SCAN:], tuple(self.basket.lots)]

    def _forget_keys(self, keys: int) -> None:
        """A scanner types like a person: what its letters picked goes back."""
        if self.basket.here and self.board.hasFocus() and self._before_keys:
            self.basket.lots = list(self._before_keys[max(0, len(self._before_keys) - keys)])
            self._before_keys.clear()
            self._show()

    def _missed(self, text: str) -> None:
        shown = text if len(text) <= 24 else f"{text[:23]}…"
        self.said.say(
            self.words.say(
                "“{text}” fits no household. Type its number or part of its name, or press Space in the empty field: nobody need be named.",
                text=shown,
            ),
            "warn",
        )

    # Picks and wishes -----------------------------------------------------------------------------------------

    def pick(self, lot_id: int) -> None:
        """One piece more, where the day's limit and the table allow it; the words say why where they do not."""
        if self._day is None or not self.basket.here:
            if self._day is not None and not self._day.event.closed:
                self.said.say(self.words.say("Who is it? Type the number first, or press Space: nobody named."), "warn")
                self.finder.setFocus()
            return
        basket, lot = self.basket, next(one for one in self._day.tables if one.lot_id == lot_id)
        try:
            refuse_picks(self._day.event.pick_limit, (basket.before + len(basket.lots)) * ONE, ONE)
            wanted = (basket.counted[lot_id] + 1) * ONE
            refuse_beyond_table(lot.on_table, wanted, item=lot.item, unit=lot.unit)
        except RuleRefused as refused:
            self.said.say(refusal_text(self.words, refused), "warn")
            return
        self.said.silence()
        basket.lots.append(lot_id)
        self._show()

    def put_back(self) -> None:
        """The last pick lies on the table again; without picks the last wish goes."""
        if self.basket.lots:
            self.basket.lots.pop()
        elif self.basket.wishes:
            self.basket.wishes.pop()
        self.said.silence()
        self._show()

    def undo(self) -> bool:
        """Ctrl+Z takes the last pick back while a visitor stands there."""
        if not self.basket.here or not self.basket.holds_something:
            return False
        self.put_back()
        return True

    def _add_wish(self) -> None:
        text = self.wish.text().strip()
        if not text:
            self.record()
            return
        self.basket.wishes.append(text)
        self.wish.clear()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return in the wish field keeps a wish; in the empty field it records. Escape goes back to the tiles."""
        if watched is self.wish and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._add_wish()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.board.setFocus()
                return True
        return super().eventFilter(watched, event)

    # Recording ------------------------------------------------------------------------------------------------

    def decline(self) -> None:
        """Not needed this time: recorded at once; wishes typed before go with it."""
        if not self.basket.here:
            return
        if self.basket.lots:
            self.said.say(self.words.say("Something is picked. Put it back with Backspace first, or record it with Enter."), "warn")
            return
        self._send(declined=True)

    def record(self) -> None:
        """Record what the visitor holds."""
        if not self.basket.here:
            return
        if self.wish.text().strip():
            self._add_wish()
        if not self.basket.holds_something:
            self.said.say(self.words.say("Nothing is picked yet. Press the key of a tile, or F4: not needed this time."), "warn")
            return
        self._send(declined=False)

    def _send(self, *, declined: bool) -> None:
        assert self._day is not None
        now = self.words.time(self._page.context.clock.now())
        form = self.basket.form(self.slots.chosen_of(self._day.event, now), declined=declined)
        visitor = self.basket.visitor
        self._page.do(
            services.visit,
            event_id=self._day.event.event_id,
            form=form,
            done=partial(self._recorded, visitor),
            refused=self._refused,
        )

    def _recorded(self, visitor: Visitor | None, done: RecordedVisit) -> None:
        words = self.words
        who = f"{visitor.number} {visitor.display_name}" if visitor else words.say("Nobody named")
        said = words.say(
            "Visitor {number} recorded: {who}, {picked} picked", number=done.number, who=who, picked=plain_quantity(done.picked)
        )
        self.begin()
        self._page.undoable(said, services.take_back_visit, visit_id=done.visit_id, reason=words.say("Recorded by mistake"))

    def _refused(self, refused: RuleRefused) -> None:
        self.said.say(refusal_text(self.words, refused), "warn")
        self.board.setFocus()

    def _take_back(self, visit: VisitRow) -> None:
        words = self.words
        what = words.say("Undo visitor {number}: what was picked is on the tables again.", number=visit.number)
        reason = ask_reason(self, words, what, words.say("Undo"), words.say("Recorded by mistake"))
        if reason is not None:
            self._page.do(services.take_back_visit, visit_id=visit.visit_id, reason=reason, done=lambda _: self._taken_back(visit))

    def _taken_back(self, visit: VisitRow) -> None:
        self._page.context.status.say(self.words.say("Visitor {number} undone", number=visit.number))
        self.arrive()
