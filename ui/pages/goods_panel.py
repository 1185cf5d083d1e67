"""Writes one lot into the panel beside the list: its picture, what is known of it, and its ledger."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from caringstreet.queries.goods import ItemStock, LotDetail, MovementRow
from caringstreet.rules.diets import Diet
from caringstreet.rules.goods import MovementKind
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label as named
from caringstreet.wording.lots import freshness_lines, movement_text, signed_amount, stale_text
from ui.widgets.basics import badge, button, label, row
from ui.widgets.list_page import ListPage

_PHOTO_HEIGHT = 150
_LINES = 40


class GoodsPanel:
    """The parts of the panel; `correct` is asked for an entry that was recorded by mistake."""

    def __init__(self, page: ListPage, shown: LotDetail, when: tuple[date, datetime], correct: Callable[[MovementRow], None]) -> None:
        self._page, self._words = page, page.words
        self._shown, self._lot = shown, shown.row
        self._day, self._at = when
        self._correct = correct

    def write(self, photo: bytes | None, minimum: int | None, together: Sequence[ItemStock], *, low: bool) -> None:
        """Fill the panel; `together` is what is there of the item, place by place."""
        self._head(low=low)
        if photo is not None:
            self._page.panel.addWidget(self._picture(photo))
        self._page.facts(self._facts(minimum, self._together(together)))
        self._ledger()

    def _head(self, *, low: bool) -> None:
        words, say, lot, panel = self._words, self._words.say, self._lot, self._page.panel
        badges = []
        stale = stale_text(words, lot.freshness, self._day, self._at)
        if self._shown.refused_reason:
            badges.append(badge(say("declined"), "bad"))
        elif lot.stock and stale:
            badges.append(badge(say("blocked: {why}", why=stale), "bad"))
        if low:
            badges.append(badge(say("low"), "warn"))
        panel.addLayout(row(label(say("Receipt no. {n}", n=lot.number), "dim", selectable=True), *badges, None))
        panel.addWidget(label(lot.item, "big", wrap=True, selectable=True))
        there = amount(words, lot.stock, lot.unit)
        if not self._shown.refused_reason:
            panel.addWidget(label(say("{there} on hand", there=there), "heading"))

    def _picture(self, photo: bytes) -> QLabel:
        shown, pixmap = QLabel(), QPixmap()
        pixmap.loadFromData(photo)
        shown.setPixmap(pixmap.scaledToHeight(_PHOTO_HEIGHT, Qt.TransformationMode.SmoothTransformation))
        shown.setAccessibleName(self._words.say("Photo of {item}", item=self._lot.item))
        return shown

    def _together(self, parts: Sequence[ItemStock]) -> str:
        """What all lots of the item are, and where; empty where there is only this one."""
        words, lots = self._words, sum(one.lots for one in parts)
        if lots < 2:
            return ""
        unit = self._lot.unit
        said = words.say("{amount} in {n} lots", amount=amount(words, sum(one.stock for one in parts), unit), n=lots)
        nowhere = words.say("no place")
        places = [f"{one.place or nowhere} {amount(words, one.stock, unit)}" for one in parts]
        return " · ".join((said, *places)) if len(parts) > 1 else said

    def _facts(self, minimum: int | None, together: str) -> list[tuple[str, str]]:
        words, say, one, lot = self._words, self._words.say, self._shown, self._lot
        refused = amount(words, one.refused_quantity, lot.unit) if one.refused_quantity else ""
        reason = " · ".join(part for part in (refused, one.refused_reason) if part)
        return [
            (say("Giver"), say("{giver}, on {day}", giver=lot.giver, day=words.date(lot.day))),
            (say("Declined because"), reason),
            (say("All lots of it"), together),
            (say("Went to"), named(words, one.allotted_to) if one.allotted_to is not None else ""),
            (say("Promised"), amount(words, lot.promised, lot.unit) if lot.promised else ""),
            *freshness_lines(words, lot.freshness),
            (say("Storage"), " · ".join(part for part in (named(words, lot.storage), lot.place) if part)),
            (say("Size"), lot.size),
            (say("Condition"), lot.condition),
            (say("Not for"), "、".join(named(words, Diet(diet)) for diet in one.not_for)),
            (say("Value"), words.money(one.value_cents) if one.value_cents is not None else ""),
            (say("Weight of one"), say("{n} g", n=words.number(one.grams_each)) if one.grams_each else ""),
            (say("Low below"), amount(words, minimum, lot.unit) if minimum is not None else ""),
            (say("Note"), one.note),
        ]

    def _ledger(self) -> None:
        words = self._words
        if not self._shown.movements:
            return
        self._page.heading(words.say("Ledger"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, entry in enumerate(self._shown.movements[:_LINES]):
            self._entry(grid, number, entry)
        self._page.panel.addWidget(holder)
        more = len(self._shown.movements) - _LINES
        if more > 0:
            said = words.say_count("{n} older entry is not shown", "{n} older entries are not shown", more)
            self._page.panel.addWidget(label(said, "dim"))

    def _entry(self, grid: QGridLayout, number: int, entry: MovementRow) -> None:
        words = self._words
        top = Qt.AlignmentFlag.AlignTop
        quantity = label(signed_amount(words, entry.quantity, self._lot.unit), "dim" if entry.corrected else "")
        grid.addWidget(quantity, number, 0, Qt.AlignmentFlag.AlignRight | top)
        said = movement_text(words, entry)
        if entry.corrected:
            said = words.say("{what}, corrected", what=said)
        about = " · ".join(part for part in (words.date_short(entry.day), entry.note, entry.recorded_by) if part)
        grid.addWidget(label("\n".join((said, about)), "dim" if entry.corrected else "", wrap=True), number, 1, top)
        if entry.corrected or entry.elsewhere or entry.kind is MovementKind.CORRECTION:
            return
        wrong = button("", lambda: self._correct(entry), kind="quiet", picture="undo-2")
        wrong.setAccessibleName(words.say("Recorded by mistake: {what}", what=said))
        wrong.setToolTip(words.say("Recorded by mistake…"))
        wrong.setFixedWidth(34)
        grid.addWidget(wrong, number, 2, top)
