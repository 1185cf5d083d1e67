"""Asks the day of a bread run and the shops it passes."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from caringstreet.words import Words
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog
from ui.widgets.fields import DayField
from ui.widgets.form import Form


class PlanRunDialog(Dialog):
    """Shops are ticked; those of the last run are ticked already, in their order."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        day: date,
        shops: Sequence[tuple[int, str]],
        usual: Collection[int],
        *,
        title: str = "",
    ) -> None:
        super().__init__(parent)
        self._words = words
        title = title or words.say("Plan a bread run")
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.addWidget(label(title, "heading"))
        self._day = DayField(day)
        self.shops = QListWidget()
        self.shops.setMinimumHeight(260)
        for shop_id, name in sorted(shops, key=lambda one: one[0] not in usual):
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, shop_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if shop_id in usual else Qt.CheckState.Unchecked)
            self.shops.addItem(item)
        self._form = Form()
        self._form.add("day", words.say("Day"), self._day)
        self._form.add(
            "stops", words.say("Shops on the way"), self.shops, words.say("Space ticks a shop. Their order can be changed afterwards.")
        )
        column.addWidget(self._form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._day.setFocus()
        self.keep_as(title)

    def typed(self) -> Any:
        return {"inputs": super().typed(), "ticked": self.chosen()}

    def put_back(self, typed: Any) -> None:
        super().put_back(typed["inputs"])
        for place in range(self.shops.count()):
            item = self.shops.item(place)
            ticked = item.data(Qt.ItemDataRole.UserRole) in typed["ticked"]
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def day(self) -> date:
        found = self._day.day()
        assert found is not None
        return found

    def chosen(self) -> list[int]:
        """The shops ticked, in the order shown."""
        items = [self.shops.item(place) for place in range(self.shops.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _save(self) -> None:
        if self.refuse_unreadable():
            return
        if self.chosen():
            self.accept()
        else:
            self._form.refuse("stops", self._words.say("A run needs at least one stop."))
