"""Whose envelope it is: shop, day of the round, and the way by which it came."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from caringstreet.clock import Clock, local_time, to_utc
from caringstreet.labels import label as named
from caringstreet.rules.evidence import Channel
from caringstreet.rules.texts import fold
from caringstreet.words import Words
from ui.widgets.fields import ChoiceField, DayField

_CHANNELS = (Channel.SLIP, Channel.WHATSAPP, Channel.PHONE, Channel.DESK)


class ShopField(ChoiceField):
    """Typed by code or name; a text that fits only one shop chooses it."""

    entered = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__([])
        self._choices: list[tuple[int, str]] = []
        self.setEditable(True)
        self.setInsertPolicy(self.InsertPolicy.NoInsert)
        self.setMinimumWidth(240)
        text = QLineEdit()
        text.setPlaceholderText(words.say("Shop: type its code or name"))
        for widget in (self, text):
            widget.setAccessibleName(words.say("Shop"))
        self.setLineEdit(text)
        text.returnPressed.connect(self.entered)
        self._text = text

    def select_text(self) -> None:
        """So that typing replaces it."""
        self._text.selectAll()

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        """Renew the shops; what is chosen or half typed stays."""
        if list(choices) == self._choices:
            return
        chosen, typed = self.value(), self.currentText()
        self._choices = list(choices)
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _ in choices]
        self.addItems([name for _, name in choices])
        completer = self.completer()
        if completer is not None:
            # Completed inline, "S" would silently be the first of all shops.
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCurrentIndex(-1)
        if chosen is not None:
            self.choose(chosen)
        else:
            self.setEditText(typed)
        self.blockSignals(False)

    def shop_id(self) -> int | None:
        """The shop that is chosen or typed; None where nothing, or more than one, fits."""
        typed, names = fold(self.currentText()), [fold(name) for _, name in self._choices]
        if not typed:
            return None
        exact = [place for place, name in enumerate(names) if typed in (name, name.split(" ")[0])]
        fitting = exact or [place for place, name in enumerate(names) if typed in name]
        if len(fitting) != 1:
            return None
        if fitting[0] != self.currentIndex() or self.currentText() != self.itemText(fitting[0]):
            self.setCurrentIndex(fitting[0])
            self.setEditText(self.itemText(fitting[0]))
        return self._choices[fitting[0]][0]


class RoundBar(QWidget):
    """The three facts that a whole envelope shares."""

    changed = Signal()
    shop_entered = Signal()

    def __init__(self, words: Words, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._today = clock.today()
        self.shop = ShopField(words)
        self.day = DayField(self._today)
        self.day.name_for_readers(words.say("Day of the round"))
        self.channel = ChoiceField([(one, named(words, one)) for one in _CHANNELS], Channel.SLIP)
        self.channel.setAccessibleName(words.say("How it came"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.shop, self.day, self.channel):
            line.addWidget(widget)
        self.shop.entered.connect(self.shop_entered)
        self.shop.activated.connect(lambda _: self.shop_entered.emit())
        self.day.changed.connect(self.changed)
        self.channel.activated.connect(lambda _: self.changed.emit())

    def chosen_day(self) -> date:
        """The day of the round, or of the message."""
        return self.day.day() or self._clock.today()

    def chosen_channel(self) -> Channel:
        found: Channel = self.channel.value()
        return found

    def moment(self) -> datetime:
        """Now; for a message of another day the same hour of that day, since only its day is known."""
        now, day = self._clock.now(), self.chosen_day()
        if day == self._clock.today() or self.chosen_channel() is Channel.SLIP:
            return now
        return to_utc(datetime.combine(day, local_time(now).time().replace(second=0, microsecond=0)))

    def follow_the_calendar(self) -> None:
        """A desk left open overnight begins the new day with it."""
        today = self._clock.today()
        if today != self._today and self.chosen_day() == self._today:
            self.day.set_day(today)
        self._today = today

    def show_round(self, shop_id: int | None, day: date | None, channel: str) -> None:
        """Put back what was chosen, without telling of it."""
        self.blockSignals(True)
        self.shop.choose(shop_id)
        if day is not None:
            self.day.set_day(day)
        self.channel.choose(Channel(channel))
        self.blockSignals(False)
