"""Whose envelope it is: shop, day of the round, and the way by which it came."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caringstreet.clock import Clock, local_time, to_utc
from caringstreet.rules.evidence import Channel
from caringstreet.wording.labels import label as named
from caringstreet.words import Words
from ui.widgets.fields import ChoiceField, DayField
from ui.widgets.shop_field import ShopField

_CHANNELS = (Channel.SLIP, Channel.WHATSAPP, Channel.PHONE, Channel.DESK)


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
