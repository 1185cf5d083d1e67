"""The stops of a run as rows: what each announced, gave, and where it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from caringstreet.clock import to_utc
from caringstreet.queries.runs import LastGift, StopRow
from caringstreet.rules.goods import DisposalReason, StorageClass
from caringstreet.rules.quantities import Unit, plain_quantity
from caringstreet.services.runs import StopForm, StopResult
from caringstreet.wording.labels import label as named
from caringstreet.wording.runs import figure_names
from caringstreet.words import Words
from ui.widgets.basics import button, clear, icon_button, label, row
from ui.widgets.fields import ChoiceField, DayField, TimeField
from ui.widgets.flow import Flow
from ui.widgets.quantity_field import QuantityField
from ui.widgets.text_field import TextField

_REASONS = (DisposalReason.OVER_TIME, DisposalReason.CRUSHED, DisposalReason.PAST_DATE, DisposalReason.UNFIT, DisposalReason.OTHER)
#: An estimate is noted as soon as it is typed.
_PARTS = ("item", "reason", "storage", "at", "best_before", "each")
_COLUMNS = 10
#: With less room than this the name of a stop stands over its figures; how wide the name is beside them; and what they need.
_WIDE, _NAME, _LEAST = 800, 150, 420
_FIGURE, _NARROW_FIGURE = 70, 56
_FIGURES = ("collected", "households", "group", "disposed")


@dataclass
class _Line:
    """The fields of one stop."""

    stop: StopRow
    estimate: QuantityField
    item: TextField
    figures: dict[str, QuantityField]
    reason: ChoiceField
    left: QLabel
    storage: ChoiceField
    kept_so: QCheckBox
    at: TimeField
    best_before: DayField
    each: TextField
    more: QWidget = field(default_factory=QWidget)
    #: What stands around the stop's name, and in which row of the grid.
    head: tuple[QWidget, ...] = ()
    at_row: int = 0

    def kept(self) -> dict[str, Any]:
        """What a draft keeps of the line."""
        parts = {name: getattr(self, name).kept() for name in _PARTS}
        if (self.estimate.quantity() or None) != self.stop.estimate:
            parts["estimate"] = self.estimate.text()
        return parts | {"figures": [self.figures[name].text() for name in _FIGURES], "kept_so": self.kept_so.isChecked()}

    def put_back(self, kept: dict[str, Any]) -> None:
        for name, text in zip(_FIGURES, kept.get("figures", ()), strict=False):
            self.figures[name].setText(text)
        for name in (*_PARTS, "estimate"):
            if name in kept:
                getattr(self, name).put_back(kept[name])
        self.kept_so.setChecked(bool(kept.get("kept_so")))

    def typed(self) -> list[int | None]:
        return [self.figures[name].quantity() for name in _FIGURES]


def _figure(name: str, unit: Unit, thousandths: int | None = None) -> QuantityField:
    made = QuantityField(thousandths, only=unit)
    made.setAccessibleName(name)
    made.setFixedWidth(_FIGURE)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


class RunStops(QWidget):
    """Grid of stops. `moved` tells a new order or a stop less, `announced` an estimate that was typed."""

    typed = Signal()
    moved = Signal(object)
    announced = Signal(int, int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(1, _NAME)
        self._stop_title: QLabel | None = None
        self.lines: list[_Line] = []
        self._order: list[QuantityField] = []
        self._more = self._narrow = False
        self._day = date.min

    def show_stops(self, stops: Sequence[StopRow], gifts: Mapping[int, LastGift], day: date, group: str) -> None:
        """Show the stops of a planned run, with nothing typed in them."""
        clear(self._grid)
        self._stop_title = None
        self._day = day
        self._titles(group)
        self.lines = [self._add(place, stop, gifts.get(stop.shop_id or 0)) for place, stop in enumerate(stops)]
        for line in self.lines:
            self._show_left(line)
        self._order = [one for line in self.lines for one in line.figures.values()]
        self.show_more(self._more)

    def show_more(self, shown: bool) -> None:
        """Storage, time, best-before day and weight of each stop; power that is folded away."""
        self._more = shown
        for line in self.lines:
            line.more.setVisible(shown)

    def typed_texts(self) -> dict[str, dict[str, Any]]:
        """What is typed, by the stop's id."""
        return {str(line.stop.stop_id): line.kept() for line in self.lines}

    def put_back(self, typed: dict[str, dict[str, Any]]) -> None:
        """What was typed, in the lines of stops that are still there."""
        for line in self.lines:
            line.put_back(typed.get(str(line.stop.stop_id), {}))
            self._show_left(line)

    def results(self, group: str) -> list[StopResult] | None:
        """What was typed at all stops; None where something is no quantity, and that field has the focus."""
        found = []
        for line in self.lines:
            collected, households, to_group, disposed = line.typed()
            if collected is None or households is None or to_group is None or disposed is None:
                next(one for one in line.figures.values() if one.quantity() is None).setFocus()
                return None
            found.append(
                StopResult(
                    stop_id=line.stop.stop_id,
                    item=line.item.text(),
                    collected=collected,
                    to_households=households,
                    to_group=to_group,
                    group_name=group,
                    disposed=disposed,
                    reason=line.reason.value(),
                    storage=line.storage.value(),
                    kept_so=line.kept_so.isChecked(),
                    collected_at=self._moment(line),
                    best_before=line.best_before.day(),
                    grams_each=int(line.each.text()) if line.each.text().strip().isdecimal() else None,
                )
            )
        return found

    def sums(self) -> tuple[int, int, int]:
        """Collected, handed out, thrown away of all stops as far as they are typed."""
        typed = [[one or 0 for one in line.typed()] for line in self.lines]
        return sum(one[0] for one in typed), sum(one[1] + one[2] for one in typed), sum(one[3] for one in typed)

    def go_to_stop(self, position: int) -> bool:
        """Begin to type what a stop gave; False where there is none of that position."""
        for line in self.lines:
            if line.stop.position == position:
                # What is not shown yet cannot take the keyboard.
                line.figures["collected"].show()
                line.figures["collected"].setFocus()
                line.figures["collected"].selectAll()
                return True
        return False

    def _titles(self, group: str) -> None:
        say = self._words.say
        *figures, left = figure_names(self._words, group)
        names = (say("Stop"), say("Estimate"), *figures, say("Reason"), left)
        for place, text in enumerate(names, 1):
            title = label(text, "dim", wrap=place > 3)
            self._grid.addWidget(title, 0, place, Qt.AlignmentFlag.AlignBottom)
            if place == 1:
                title.setVisible(not self._narrow)
                self._stop_title = title

    def _add(self, place: int, stop: StopRow, gift: LastGift | None) -> _Line:
        words, say = self._words, self._words.say
        name = words.own(stop.name_zh, stop.name_en)
        said = " ".join(part for part in (stop.shop, name) if part)
        days = 1 if gift is None else gift.days_good
        line = _Line(
            stop=stop,
            estimate=_figure(say("Estimate of {stop}", stop=said), stop.unit, stop.estimate),
            item=TextField(gift.item if gift else say("Bread")),
            figures={
                "collected": _figure(say("Collected at {stop}", stop=said), stop.unit),
                "households": _figure(say("To households from {stop}", stop=said), stop.unit),
                "group": _figure(say("To the group from {stop}", stop=said), stop.unit),
                "disposed": _figure(say("Thrown away of {stop}", stop=said), stop.unit),
            },
            reason=ChoiceField([(one, named(words, one)) for one in _REASONS]),
            left=label("", "dim"),
            storage=ChoiceField([(one, named(words, one)) for one in StorageClass], gift.storage if gift else StorageClass.AMBIENT),
            kept_so=QCheckBox(say("kept hot or cold on the way")),
            at=TimeField(None),
            best_before=DayField(None if days is None else self._day + timedelta(days=days), optional=True, today=self._day),
            each=TextField(str(gift.grams_each) if gift and gift.grams_each else ""),
        )
        line.item.setMinimumWidth(160)
        line.item.setAccessibleName(say("What {stop} gave", stop=said))
        line.reason.setAccessibleName(say("Reason for throwing away"))
        self._place(3 * place + 1, line, said)
        self._listen(line)
        return line

    def _place(self, at: int, line: _Line, said: str) -> None:
        say = self._words.say
        up = button("↑", lambda: self._move(line, -1), kind="quiet")
        up.setAccessibleName(say("Move {stop} up", stop=said))
        up.setToolTip(up.accessibleName())
        up.setEnabled(at > 1)
        up.setFixedWidth(34)
        away = icon_button(say("Remove {stop} from the run", stop=said), lambda: self._remove(line), picture="x")
        away.setFixedWidth(34)
        line.at_row, line.head = at, (up, label(said, wrap=True), away)
        self._set_out(line)
        line.at.name_for_readers(say("Collected at"))
        line.best_before.name_for_readers(say("Best before"))
        line.each.setAccessibleName(say("Weight of one in grams"))
        line.each.setMaximumWidth(70)
        line.storage.setAccessibleName(say("Storage"))
        line.more.setLayout(self._more_of(line))
        self._grid.addWidget(line.more, at + 2, 0, 1, _COLUMNS)

    def _set_out(self, line: _Line) -> None:
        """One row, or where there is no room the stop's name over its figures."""
        up, stop, away = line.head
        name = row(up, stop, away)
        name.setStretch(1, 1)
        figures = (line.estimate, *line.figures.values())
        for one in figures:
            one.setFixedWidth(_NARROW_FIGURE if self._narrow else _FIGURE)
        if self._narrow:
            self._grid.addLayout(name, line.at_row, 2, 1, _COLUMNS - 3)
        else:
            for place, widget in ((0, up), (1, stop), (_COLUMNS - 1, away)):
                self._grid.addWidget(widget, line.at_row, place)
        for place, widget in enumerate((*figures, line.reason, line.left), 2):
            self._grid.addWidget(widget, line.at_row + (1 if self._narrow else 0), place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _WIDE
        if narrow is not self._narrow:
            self._narrow = narrow
            self._grid.setColumnMinimumWidth(1, 0 if narrow else _NAME)
            self._grid.setHorizontalSpacing(4 if narrow else 8)
            if self._stop_title is not None:
                self._stop_title.setVisible(not narrow)
            for line in self.lines:
                self._set_out(line)

    def _more_of(self, line: _Line) -> QVBoxLayout:
        say, both = self._words.say, QVBoxLayout()
        both.setContentsMargins(0, 0, 0, 8)
        both.addLayout(Flow(label(say("What"), "dim"), line.item, label(say("Storage"), "dim"), line.storage, line.kept_so, None))
        best, each = label(say("Best before"), "dim"), label(say("Weight of one in grams"), "dim")
        both.addLayout(Flow(label(say("Collected at"), "dim"), line.at, best, line.best_before, each, line.each, None))
        return both

    def minimumSizeHint(self) -> QSize:
        """It can always become narrow."""
        found = super().minimumSizeHint()
        return found if self._narrow else QSize(min(found.width(), _LEAST), found.height())

    def _listen(self, line: _Line) -> None:
        for one in line.figures.values():
            one.textChanged.connect(lambda _, line=line: self._show_left(line))
            one.textChanged.connect(lambda _: self.typed.emit())
            one.returnPressed.connect(partial(self._go_on, one))
        line.item.returnPressed.connect(line.figures["collected"].setFocus)
        line.estimate.returnPressed.connect(line.figures["collected"].setFocus)
        line.estimate.editingFinished.connect(lambda: self._announce(line))

    def _go_on(self, field: QuantityField) -> None:
        """Return goes through the figures of all stops; what was thrown away needs its reason only sometimes."""
        place = self._order.index(field) + 1
        if place < len(self._order):
            self._order[place].setFocus()
            self._order[place].selectAll()

    def _announce(self, line: _Line) -> None:
        wanted = line.estimate.quantity()
        if wanted and line.stop.shop_id is not None and wanted != line.stop.estimate:
            self.announced.emit(line.stop.shop_id, wanted)

    def _show_left(self, line: _Line) -> None:
        typed = line.typed()
        if None in typed or not any(typed):
            line.left.setText("?" if None in typed else "")
            return
        collected, *gone = (one or 0 for one in typed)
        left = collected - sum(gone)
        line.left.setText(plain_quantity(left))
        line.left.setProperty("role", "bad" if left < 0 else "text")
        line.left.style().unpolish(line.left)
        line.left.style().polish(line.left)

    def _move(self, line: _Line, by: int) -> None:
        order = list(self.lines)
        place = order.index(line)
        order.insert(place + by, order.pop(place))
        self.moved.emit(self.forms(order))

    def _remove(self, line: _Line) -> None:
        self.moved.emit(self.forms([one for one in self.lines if one is not line]))

    def forms(self, lines: Sequence[_Line] | None = None) -> list[StopForm]:
        """The plan as it stands, or in another order."""
        chosen = self.lines if lines is None else lines
        return [
            StopForm(
                shop_id=one.stop.shop_id,
                place=one.stop.place if one.stop.shop_id is None else "",
                unit=one.stop.unit,
                estimate=one.estimate.quantity() or None,
                note=one.stop.note,
            )
            for one in chosen
        ]

    def _moment(self, line: _Line) -> datetime | None:
        at = line.at.time()
        return None if at is None else to_utc(datetime.combine(self._day, at))
