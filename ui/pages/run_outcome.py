"""What a run that is done brought, stop by stop."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caringstreet.clock import local_time
from caringstreet.queries.runs import StopRow
from caringstreet.rules.quantities import plain_quantity
from caringstreet.wording.labels import label as named
from caringstreet.words import Words
from ui.widgets.basics import clear, label


class RunOutcome(QWidget):
    """One line for each stop, and one for all of them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(0, 190)

    def show_stops(self, stops: Sequence[StopRow]) -> None:
        """Show the stops of a run that is done."""
        clear(self._grid)
        say = self._words.say
        names = (
            say("Stop"),
            say("Estimate"),
            say("Collected"),
            say("To households"),
            say("To a group"),
            say("Thrown away"),
            say("Left over"),
            say("Time"),
        )
        for place, text in enumerate(names):
            self._grid.addWidget(label(text, "dim"), 0, place, Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight)
        for number, stop in enumerate(stops, 1):
            self._line(number, stop)
        outcomes = [stop.outcome for stop in stops]
        together = (
            None,
            sum(one.collected for one in outcomes),
            sum(one.to_households for one in outcomes),
            sum(one.to_group for one in outcomes),
            sum(one.disposed for one in outcomes),
            sum(one.left for one in outcomes),
        )
        self._grid.addWidget(label(say("Together"), "heading"), len(stops) + 1, 0)
        self._numbers(len(stops) + 1, together, "heading")

    def _line(self, number: int, stop: StopRow) -> None:
        words, one = self._words, stop.outcome
        name = words.own(stop.name_zh, stop.name_en)
        said = [one.group_name if one.to_group else "", named(words, one.reason) if one.reason and one.disposed else ""]
        remark = " · ".join(part for part in said if part)
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(label(" ".join(part for part in (stop.shop, name) if part)))
        if remark:
            both.addWidget(label(remark, "dim"))
        self._grid.addLayout(both, number, 0)
        self._numbers(number, (stop.estimate, one.collected, one.to_households, one.to_group, one.disposed, one.left))
        at = local_time(stop.collected_at).strftime("%H:%M") if stop.collected_at else "–"
        self._grid.addWidget(label(at, "dim"), number, 7, Qt.AlignmentFlag.AlignRight)

    def _numbers(self, line: int, figures: Sequence[int | None], role: str = "") -> None:
        for place, figure in enumerate(figures, 1):
            text = "–" if figure is None else plain_quantity(figure)
            self._grid.addWidget(label(text, role), line, place, Qt.AlignmentFlag.AlignRight)
