"""Offers one below the other, each with a stepper and the room that is left."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from caringstreet.queries.issuing import OfferRoom
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import Words
from ui.widgets.basics import button, clear, label
from ui.widgets.number_field import NumberField

_MOST = 30
#: The least for what is left of a quota, which wraps.
_ROOM = 76


class OfferSteppers(QScrollArea):
    """How many of each offer; an offer that a rule forbids says why and takes none."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setAccessibleName(words.say("Offers"))
        self._words = words
        self._steppers: dict[int, NumberField] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 10, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.setWidget(inner)

    def show_offers(self, offers: Sequence[OfferRoom], *, for_one: bool) -> None:
        """Show these offers; counts chosen before stay, as far as there is room. `for_one` shows what she holds."""
        before = self.counts()
        clear(self._grid)
        self._steppers = {}
        for line, offer in enumerate(offers):
            stepper = self._stepper(offer, before.get(offer.offer_id, 0))
            self._grid.addWidget(stepper, line, 0)
            self._grid.addWidget(self._names(offer), line, 1)
            room = label("\n".join(self._room(offer, for_one)), "dim", wrap=True)
            room.setMinimumWidth(_ROOM)
            room.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(room, line, 2)
        for line in range(self._grid.rowCount()):
            self._grid.setRowStretch(line, 0)
        self._grid.setRowStretch(len(offers), 1)
        if self.counts() != before:
            self.changed.emit()

    def _stepper(self, offer: OfferRoom, count: int) -> QWidget:
        """Minus, number, plus; by keyboard the number alone takes the arrow keys."""
        most = 0 if offer.refusal is not None else _MOST if offer.left is None else min(_MOST, offer.left)
        made = NumberField(0, most, count if most else 0, arrows=False)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setFixedWidth(52)
        made.setEnabled(most > 0)
        made.setAccessibleName(f"{offer.code} {self._title(offer)}")
        made.valueChanged.connect(lambda _: self.changed.emit())
        self._steppers[offer.offer_id] = made
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for sign, step in (("−", made.stepDown), ("", made.stepUp)):
            press = button(sign, step, kind="quiet", picture="" if sign else "plus")
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            press.setFixedWidth(34)
            press.setEnabled(most > 0)
            press.setAccessibleName(self._words.say("One less") if sign else self._words.say("One more"))
            line.addWidget(press)
            if sign:
                line.addWidget(made)
        return holder

    def _names(self, offer: OfferRoom) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = label(self._title(offer), "" if self._steppers[offer.offer_id].isEnabled() else "dim", wrap=True)
        column.addWidget(title)
        shop = offer.shop_en if self._words.language == "en" and offer.shop_en else offer.shop_zh
        if offer.refusal is not None:
            column.addWidget(label(refusal_text(self._words, offer.refusal), "warn", wrap=True))
        else:
            column.addWidget(label(f"{offer.code} · {shop}", "dim", wrap=True))
        return holder

    def _title(self, offer: OfferRoom) -> str:
        return offer.title_en if self._words.language == "en" and offer.title_en else offer.title_zh

    def _room(self, offer: OfferRoom, for_one: bool) -> list[str]:
        words, said = self._words, []
        if for_one and offer.per_household is not None:
            said.append(words.say("holds {held} of {limit}", held=offer.held, limit=offer.per_household))
        elif for_one and offer.held:
            said.append(words.say("holds {held}", held=offer.held))
        elif not for_one and offer.per_household is not None:
            said.append(words.say("at most {limit} a household", limit=offer.per_household))
        if offer.quota is not None:
            left = words.number(max(0, offer.quota - offer.used))
            said.append(words.say("quota: {left} of {quota} left", left=left, quota=words.number(offer.quota)))
        return said

    def fields(self) -> list[QWidget]:
        """What takes the keyboard, from top to bottom."""
        return list(self._steppers.values())

    def begin(self) -> None:
        """Go to the first offer that is open."""
        for stepper in self._steppers.values():
            if stepper.isEnabled():
                stepper.setFocus()
                stepper.selectAll()
                return

    def counts(self) -> dict[int, int]:
        """Chosen counts by offer, without the zeros."""
        return {offer_id: stepper.value() for offer_id, stepper in self._steppers.items() if stepper.value()}

    def kept(self) -> Any:
        """What a draft keeps: the counts as they were typed, by offer."""
        return {str(offer_id): stepper.kept() for offer_id, stepper in self._steppers.items() if stepper.kept() != "0"}

    def put_back(self, kept: Any) -> None:
        for offer_id, stepper in self._steppers.items():
            if stepper.isEnabled():
                stepper.put_back(kept.get(str(offer_id)))

    def choose(self, offer_id: int, count: int) -> None:
        """Set one stepper."""
        self._steppers[offer_id].setValue(count)

    def forget(self) -> None:
        """All back to none."""
        for stepper in self._steppers.values():
            stepper.setValue(0)
