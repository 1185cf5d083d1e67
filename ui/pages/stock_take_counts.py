"""Counts beside the table: those that wait for a second person, and those of before."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from caringstreet.queries import stock_takes
from caringstreet.queries.stock_takes import CountRow, StockTakeRow
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import stock_takes as services
from caringstreet.services.stock_takes import CountedStock
from caringstreet.wording.goods import amount
from caringstreet.wording.lots import signed_amount
from caringstreet.wording.refusals import refusal_text
from ui.dialogs.change_user import ask_user
from ui.widgets.ask import ask_reason
from ui.widgets.basics import Note, badge, button, card, clear, icon_button, label, row
from ui.widgets.page import Page

_EARLIER = 12


class CountsPanel(QWidget):
    """A count moves stock once somebody else than who counted has signed it."""

    def __init__(self, page: Page, named: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._words, self._named = page, page.words, named
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 4)
        self._column.setSpacing(8)
        self._refused: tuple[int, str] | None = None
        self._shown: int | None = None
        self._signs: dict[int, QPushButton] = {}

    def refresh(self) -> None:
        """Show the counts as they are now."""
        clear(self._column)
        self._signs.clear()
        with self._page.context.database.reader() as reader:
            rows = stock_takes.rows(reader)
        say = self._words.say
        waiting = [one for one in rows if one.open]
        self._column.addWidget(label(say("Waiting for a second person"), "heading"))
        for one in waiting:
            self._column.addWidget(self._waiting(one))
        if not waiting:
            self._column.addWidget(label(say("Nothing waits. A count that was saved is signed here by somebody else."), "dim", wrap=True))
        earlier = [one for one in rows if not one.open][:_EARLIER]
        if earlier:
            self._column.addSpacing(6)
            self._column.addWidget(label(say("Earlier counts"), "heading"))
        for one in earlier:
            self._earlier(one)
        self._column.addStretch(1)

    def _about(self, one: StockTakeRow) -> str:
        words = self._words
        lots = words.say_count("{n} lot", "{n} lots", one.lots)
        differ = words.say_count("{n} differs", "{n} differ", one.differences) if one.differences else words.say("none differs")
        return " · ".join((lots, differ))

    def _title(self, one: StockTakeRow) -> str:
        return " · ".join((self._words.date(one.day), one.place or self._words.say("All places")))

    def _waiting(self, one: StockTakeRow) -> QWidget:
        say = self._words.say
        frame, column = card(margins=12, spacing=4)
        column.addWidget(label(self._title(one), wrap=True))
        column.addWidget(label(say("counted by {name}", name=one.counted_by), "dim"))
        column.addWidget(label(self._about(one), "dim"))
        for line in self._lines(one.stock_take_id):
            if line.counted != line.expected:
                column.addWidget(label(self._difference(line), "warn", wrap=True))
        if self._refused is not None and self._refused[0] == one.stock_take_id:
            note = Note()
            column.addWidget(note)
            note.say(self._refused[1], "warn")
            change = button(say("Change user and sign"), lambda: self.change_user(one), kind="primary", picture="users")
            column.addLayout(row(change, None))
        sign = button(say("Sign"), lambda: self.sign(one), kind="primary", picture="check")
        self._signs[one.stock_take_id] = sign
        sign.setAccessibleName(say("Sign the count of {what}", what=self._title(one)))
        away = button(say("Withdraw"), lambda: self.withdraw(one), picture="x")
        away.setAccessibleName(say("Withdraw the count of {what}", what=self._title(one)))
        column.addLayout(row(sign, away, label(say("as {name}", name=self._page.context.actor), "dim"), None))
        return frame

    def _lines(self, stock_take_id: int) -> list[CountRow]:
        with self._page.context.database.reader() as reader:
            return stock_takes.lines(reader, stock_take_id)

    def _difference(self, line: CountRow) -> str:
        words = self._words
        less = signed_amount(words, line.counted - line.expected, line.unit)
        counted = words.say("{n} counted", n=amount(words, line.counted, line.unit))
        return f"{line.item} {less} ({counted}) · {line.reason}"

    def _earlier(self, one: StockTakeRow) -> None:
        say = self._words.say
        ended = say("undone") if one.signed_by else say("withdrawn")
        state = badge(ended, "neutral") if one.withdrawn else badge(say("signed"), "good")
        unfolded = self._shown == one.stock_take_id
        show = icon_button(
            say("Show the count of {what}", what=self._title(one)), lambda: self._unfold(one), picture="x" if unfolded else "chevron-right"
        )
        show.setFixedWidth(34)
        self._column.addLayout(row(label(self._title(one), wrap=True), None, state, show))
        by = " · ".join(name for name in (one.counted_by, one.signed_by) if name)
        self._column.addWidget(label(f"{self._about(one)} · {by}", "dim", wrap=True))
        if unfolded:
            for line in self._lines(one.stock_take_id):
                same = line.counted == line.expected
                said = f"{line.item} {amount(self._words, line.counted, line.unit)}" if same else self._difference(line)
                self._column.addWidget(label(said, "dim" if same else "warn", wrap=True))
            if not one.withdrawn:
                back = button(say("Undo…"), lambda: self.take_back(one), kind="quiet", picture="undo-2")
                back.setAccessibleName(say("Undo the count of {what}", what=self._title(one)))
                self._column.addLayout(row(back, None))

    def _unfold(self, one: StockTakeRow) -> None:
        self._shown = None if self._shown == one.stock_take_id else one.stock_take_id
        self.refresh()

    # What is done ---------------------------------------------------------------------------------------------

    def sign(self, one: StockTakeRow) -> None:
        """Agree with a count; who counted cannot, and is offered to let somebody else sit down."""

        def refused(error: RuleRefused) -> None:
            text = refusal_text(self._words, error)
            if error.reason is Refusal.STOCK_TAKE_SAME_PERSON:
                self._refused = (one.stock_take_id, text)
                self.refresh()
            else:
                self._page.refused(error)

        self._refused = None
        self._page.do(services.sign, stock_take_id=one.stock_take_id, done=self._signed, refused=refused)

    def _signed(self, done: CountedStock) -> None:
        words = self._words
        said = words.say_count(
            "The count is signed; {n} lot was corrected", "The count is signed; {n} lots were corrected", done.differences
        )
        undo = words.say("Undo")
        self._page.undoable(said, services.take_back, stock_take_id=done.stock_take_id, reason=undo)

    def take_back(self, one: StockTakeRow) -> None:
        """Counter what a signed count moved."""
        words = self._words
        what = words.say_count(
            "Undo the count of {what}? {n} lot goes back to what it was.",
            "Undo the count of {what}? {n} lots go back to what they were.",
            one.differences,
            what=self._title(one),
        )
        reason = ask_reason(self._page, words, what, words.say("Undo"))
        if reason is not None:
            self._page.do(
                services.take_back,
                stock_take_id=one.stock_take_id,
                reason=reason,
                done=lambda _: self._page.context.status.say(words.say("The count is undone")),
            )

    def choose(self, stock_take_id: int) -> None:
        """Go to a count: to its signature where it waits, else to its lots."""
        sign = self._signs.get(stock_take_id)
        if sign is not None:
            sign.setFocus()
        elif self._shown != stock_take_id:
            self._shown = stock_take_id
            self.refresh()

    def change_user(self, one: StockTakeRow) -> None:
        """Another person takes the keyboard, and signs."""
        context = self._page.context
        name = ask_user(self, self._words, context.actor)
        if name is None:
            return
        context.actor = name
        context.preferences.set("actor", name)
        self._named()
        self.sign(one)

    def withdraw(self, one: StockTakeRow) -> None:
        """Lay a count aside; it stays to be read."""
        words = self._words
        what = words.say("The count of {what} moves nothing then; it stays to be read.", what=self._title(one))
        reason = ask_reason(self._page, words, what, words.say("Withdraw"))
        if reason is not None:
            self._page.do(
                services.withdraw,
                stock_take_id=one.stock_take_id,
                reason=reason,
                done=lambda _: self._page.context.status.say(words.say("The count is withdrawn")),
            )
