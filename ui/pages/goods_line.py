"""One line of a donation: what, how much, how it is kept, until when it is good; the rest folded away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from caringstreet.clock import local_day, local_time, to_utc
from caringstreet.rules.diets import Diet
from caringstreet.rules.goods import StorageClass, deliver_by
from caringstreet.rules.quantities import Unit
from caringstreet.services.goods import LotForm
from caringstreet.wording.labels import label as named
from caringstreet.words import Words
from ui.widgets.basics import button, icon_button, label, row
from ui.widgets.day_line import DayLine, TimeLine
from ui.widgets.fields import ChoiceField, DayField, MoneyField, TicksField
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.number_field import NumberField
from ui.widgets.photo_field import PhotoField
from ui.widgets.pick_field import suggest
from ui.widgets.quantity_field import QuantityField
from ui.widgets.text_field import TextField

_BEFORE, _BY = "before", "by"
_HEAVIEST = 100_000


@dataclass(frozen=True)
class Known:
    """What was given and where it was kept before."""

    items: Mapping[str, Unit]
    places: Sequence[str]


class HandOverField(QWidget):
    """By when cooked or chilled food must be handed over: what the rule proposes, until somebody says otherwise."""

    def __init__(self, words: Words, at: datetime | None, now: datetime) -> None:
        super().__init__()
        self._now = now
        self._storage = StorageClass.AMBIENT
        self.needed = QCheckBox(words.say("Hand over by"))
        by = _local(at or now)
        self._day, self._hour = DayLine(by.date(), by.date()), TimeLine(by.time())
        for part in (self._day, self._hour):
            part.setAccessibleName(words.say("Hand over by"))
        self.kept = QCheckBox(words.say("stays hot or cold on the way"))
        hint = label(
            words.say("4 hours, or 1 hour without a heater or cooler. Untick it for what goes into a fridge here."), "dim", wrap=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(Flow(self.needed, self._day, self._hour, self.kept, None))
        column.addWidget(hint)
        for part in (self._day, self._hour):
            self.needed.toggled.connect(part.setEnabled)
            part.setEnabled(at is not None)
            part.setMaximumWidth(130)
        self.kept.toggled.connect(lambda _: self.propose(self._storage))
        self.needed.setChecked(at is not None)

    def propose(self, storage: StorageClass) -> None:
        """What the rule says of goods kept so; nothing for those that keep by themselves."""
        self._storage = storage
        found = deliver_by(storage, self._now, kept_so=self.kept.isChecked())
        self.needed.setChecked(found is not None)
        self.setVisible(found is not None)
        if found is not None:
            self._show(found)

    def show_kept(self, storage: StorageClass) -> None:
        """What was said before stays as it was."""
        self._storage = storage
        self.setVisible(deliver_by(storage, self._now, kept_so=False) is not None)

    def _show(self, at: datetime) -> None:
        by = _local(at)
        self._day.set_day(by.date())
        self._hour.set_time(by.time())

    def moment(self) -> datetime | None:
        """The moment in UTC, or None."""
        day, hour = self._day.day(), self._hour.at()
        if not self.needed.isChecked() or self.isHidden() or day is None or hour is None:
            return None
        return to_utc(datetime.combine(day, hour))


def _local(at: datetime) -> datetime:
    return local_time(at).replace(second=0, microsecond=0, tzinfo=None)


def _under_its_name(name: str, fields: Sequence[QWidget]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(name, "dim"))
    column.addLayout(row(*fields))
    return holder


class LotLine(QFrame):
    """`values` of a line with nothing in it is an empty form, which is no line at all."""

    removed = Signal()
    returned = Signal()

    def __init__(self, words: Words, known: Known, values: LotForm, typed: str, now: datetime) -> None:
        super().__init__()
        self._words, self._values, self._known, self._now = words, values, known, now
        self.setProperty("card", True)
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(self._first_row(typed))
        self.hand_over = HandOverField(words, values.deliver_by, now)
        column.addWidget(self.hand_over)
        self.hand_over.show_kept(values.storage)
        self.said = label("", "bad", wrap=True)
        self.said.hide()
        column.addWidget(self.said)
        self.details = self._details()
        column.addWidget(self.details)
        self.show_details(self._has_details())
        self.storage.currentIndexChanged.connect(lambda _: self.hand_over.propose(self.storage.value()))
        self.quantity.unit_typed.connect(self.unit.choose)

    def _first_row(self, typed: str) -> Flow:
        words, say, values = self._words, self._words.say, self._values
        self.item = TextField(values.item)
        suggest(self.item, list(self._known.items)).activated.connect(lambda text: self._known_unit(text))
        self.item.editingFinished.connect(lambda: self._known_unit(self.item.text()))
        self.quantity = QuantityField()
        self.quantity.setText(typed)
        self.unit = ChoiceField([(one, named(words, one)) for one in Unit], values.unit)
        self.storage = ChoiceField([(one, named(words, one)) for one in StorageClass], values.storage)
        self.day_kind = ChoiceField([(_BEFORE, say("Best before")), (_BY, say("Use by"))], _BY if values.use_by else _BEFORE)
        self.day = DayField(values.use_by or values.best_before, optional=True, today=local_day(self._now))
        self.more_button = button("", lambda: self.show_details(self.details.isHidden()), kind="quiet", picture="ellipsis")
        self.more_button.setAccessibleName(say("More about this line"))
        self.more_button.setToolTip(say("Value, weight, size, condition, place, photo, diets"))
        away = icon_button(say("Remove this line"), self.removed.emit, picture="x")
        self.item.setMinimumWidth(150)
        self.quantity.setMaximumWidth(110)
        line = Flow()
        for name, *fields in (
            (say("Item"), self.item),
            (say("How many"), self.quantity),
            (say("Unit"), self.unit),
            (say("Storage"), self.storage),
            (say("Date on it"), self.day_kind, self.day),
        ):
            line.addWidget(_under_its_name(name, fields))
            for field in fields:
                field.setAccessibleName(name)
        self.day.name_for_readers(say("Date on it"))
        for made in (self.more_button, away):
            made.setFixedWidth(34)
        line.addWidget(_under_its_name("", [self.more_button, away]))
        for field in (self.item, self.quantity):
            field.returnPressed.connect(self.returned)
        return line

    def _details(self) -> Form:
        words, say, values, form = self._words, self._words.say, self._values, Form()
        self.place, self.size_text, self.condition = TextField(values.place), TextField(values.size), TextField(values.condition)
        suggest(self.place, self._known.places)
        self.value = MoneyField(values.value_cents or 0)
        if values.value_cents is None:
            self.value.clear()
        self.grams = NumberField(0, _HEAVIEST, values.grams_each, none=say("not known"), unit=" g")
        self.not_for = TicksField([(one, named(words, one)) for one in Diet], values.not_for, across=5)
        self.photo = PhotoField(words, values.photo)
        self.comment = TextField(values.note)
        form.add("place", say("Place"), self.place)
        form.add("size", say("Size"), self.size_text)
        form.add("condition", say("Condition"), self.condition)
        form.add("value", say("Value of all, HK$"), self.value)
        form.add("grams", say("Weight of one"), self.grams)
        form.add("not_for", say("Not for"), self.not_for)
        form.add("photo", say("Photo"), self.photo)
        form.add("note", say("Note"), self.comment)
        return form

    def _has_details(self) -> bool:
        one = self._values
        return any((one.place, one.size, one.condition, one.value_cents, one.grams_each, one.not_for, one.photo, one.note))

    def show_details(self, shown: bool) -> None:
        """Unfold what most lines do not need."""
        self.details.setVisible(shown)

    def _known_unit(self, text: str) -> None:
        """An item that was given before comes in the unit of that time."""
        unit = self._known.items.get(text.strip())
        if unit is not None and not self.quantity.text():
            self.unit.choose(unit)

    def gather(self) -> LotForm:
        """The line as it stands; a quantity that cannot be read is none."""
        day, by = self.day.day(), self.day_kind.value() == _BY
        value = self.value.cents() if self.value.text().strip() else None
        return LotForm(
            item=self.item.text(),
            quantity=self.quantity.quantity() or 0,
            unit=self.unit.value(),
            storage=self.storage.value(),
            best_before=None if by else day,
            use_by=day if by else None,
            deliver_by=self.hand_over.moment(),
            value_cents=value,
            grams_each=self.grams.value() or None,
            size=self.size_text.text(),
            condition=self.condition.text(),
            place=self.place.text(),
            photo=self.photo.photo(),
            not_for=self.not_for.values(),
            note=self.comment.text(),
        )

    def is_empty(self) -> bool:
        """Whether nothing was said in it yet."""
        return not self.item.text().strip() and not self.quantity.text().strip()

    def value_is_readable(self) -> bool:
        return self.value.cents() is not None

    def refuse(self, text: str, field: QWidget) -> None:
        """Say what is wrong with this line, and go there."""
        if self.details.isAncestorOf(field):
            self.show_details(True)
        self.said.setText(text)
        self.said.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Nothing is wrong with it now."""
        self.said.setText("")
        self.said.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.photo.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_details(True)
        self.photo.dropEvent(event)
