"""Hands goods out: a choice day where neighbours choose, a list by rule, and what they wished for beside it."""

from caringstreet.queries import needs
from caringstreet.rules.changes import Changed
from ui.context import Context, Target
from ui.pages.goods_choice_day import VISITORS, ChoiceDay
from ui.pages.goods_list import ListDesk
from ui.pages.goods_needs import NeedsList
from ui.widgets.chips import Chips
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack

CHOICE, LIST, NEEDS = "choice", "list", "needs"
_MODE = "goods_hand_out/mode"


class GoodsHandOutPage(Page):
    """One screen with two modes; the computer remembers which."""

    name = "goods_hand_out"
    shows = frozenset({Changed.GOODS, Changed.CHOICE_EVENTS, Changed.DISTRIBUTIONS, Changed.NEEDS, Changed.HOUSEHOLDS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.modes = Chips([(CHOICE, say("Choice day")), (LIST, say("List")), (NEEDS, say("Needs"))])
        self.modes.chosen.connect(self._mode_chosen)
        self.choice, self.list, self.needs = ChoiceDay(self), ListDesk(self), NeedsList(self)
        self._parts: dict[str, ChoiceDay | ListDesk | NeedsList] = {CHOICE: self.choice, LIST: self.list, NEEDS: self.needs}
        self._bars, self._places = Stack(), Stack()
        for part in self._parts.values():
            self._bars.addWidget(part.bar)
            self._places.addWidget(part)
        self.column.addWidget(self.modes)
        self.column.addWidget(self._bars)
        self.column.addWidget(self._places, 1)
        remembered = context.preferences.text(_MODE, CHOICE)
        self._show_mode(remembered if remembered in self._parts else CHOICE)

    def title(self) -> str:
        return self.words.say("Give out goods")

    def help_text(self) -> str:
        return self.words.say(
            "Choice day: type the household's number and Enter, press the keys of what it takes, Enter. Space in the empty field: nobody named. F4: not needed this time. Backspace puts the last pick back, Escape begins again. List: Space ticks who came, Ctrl+Enter records that they received."
        )

    def refresh(self) -> None:
        with self.context.database.reader() as reader:
            self.modes.count(NEEDS, len(needs.rows(reader, open_only=True)))
        self._parts[self.modes.current()].refresh()

    def open(self, target: Target) -> None:
        """ "choice", which may come with the id of a day, "list" or "needs"."""
        if target.action in self._parts:
            self._show_mode(target.action)
            self.refresh()
            if target.action == CHOICE and isinstance(target.subject, int):
                self.choice.open_day(target.subject)
            self.arrive()

    def arrive(self) -> None:
        self._parts[self.modes.current()].arrive()

    def _mode_chosen(self, mode: str) -> None:
        self.context.preferences.set(_MODE, mode)
        self._show_mode(mode)
        self.note.silence()
        self.refresh()
        self.arrive()

    def _show_mode(self, mode: str) -> None:
        self.modes.choose(mode)
        place = list(self._parts).index(mode)
        self._bars.setCurrentIndex(place)
        self._places.setCurrentIndex(place)

    def new(self) -> None:
        if self.modes.current() == CHOICE:
            self.choice.plan()
        elif self.modes.current() == LIST:
            self.list.plan()
        elif self.modes.current() == NEEDS:
            self.needs.subject.setFocus()

    def print_(self) -> None:
        shown = self.list.shown()
        if self.modes.current() == LIST and shown is not None:
            self.list.paper.print_(shown)

    def focus_search(self) -> None:
        if self.modes.current() == LIST:
            self.list.search.setFocus()
        elif self.modes.current() == CHOICE:
            self.choice.open_step(VISITORS)

    def undo(self) -> bool:
        return self.modes.current() == CHOICE and self.choice.undo()

    def take_code(self, text: str) -> bool:
        taking = {CHOICE: self.choice.take_code, LIST: self.list.take_code}.get(self.modes.current())
        return taking is not None and taking(text)
