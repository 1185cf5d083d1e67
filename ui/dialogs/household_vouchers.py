"""Chooses some of a household's vouchers for an action, with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QVBoxLayout, QWidget

from caringstreet.queries.vouchers import VoucherRow
from caringstreet.rules.codes import pretty
from caringstreet.wording.labels import label as named
from caringstreet.words import Words
from ui.tables.vouchers_table import shop_of, title_of
from ui.widgets.ask import yes_or_cancel
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog
from ui.widgets.form import Form
from ui.widgets.scrolling import Scrolling
from ui.widgets.text_field import TextField


@dataclass(frozen=True)
class Asked:
    """What an action says of n vouchers, the word on its button, a reason to begin with, and whether all are meant at first."""

    what: Callable[[int], str]
    yes: str
    reason: str = ""
    all_at_first: bool = False


class ChooseVouchersDialog(Dialog):
    """Says in figures what will happen while ticks are set; goes on with at least one voucher and a reason."""

    def __init__(self, parent: QWidget, words: Words, asked: Asked, vouchers: Sequence[VoucherRow]) -> None:
        super().__init__(parent)
        self._asked = asked
        self.setWindowTitle(asked.yes)
        self.setMinimumWidth(740)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        self.said = label("", "heading", wrap=True)
        column.addWidget(self.said)
        self.all_tick = QCheckBox(words.say("All"))
        self.all_tick.clicked.connect(self._tick_all)
        column.addWidget(self.all_tick)
        self.all_tick.setVisible(len(vouchers) > 1)
        self.ticks: dict[int, QCheckBox] = {}
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(0, 1)
        for number, one in enumerate(vouchers):
            tick = QCheckBox(f"{shop_of(words, one)}  {title_of(words, one)}".replace("&", "&&"))
            tick.setAccessibleDescription(pretty(one.code))
            tick.setChecked(asked.all_at_first or len(vouchers) == 1)
            tick.toggled.connect(self._show)
            self.ticks[one.voucher_id] = tick
            grid.addWidget(tick, number, 0)
            grid.addWidget(label(pretty(one.code), "dim"), number, 1)
            grid.addWidget(label(named(words, one.state), "dim"), number, 2)
            grid.addWidget(label(words.say("until {day}", day=words.date_short(one.valid_to)), "dim"), number, 3)
        column.addWidget(Scrolling(lines, sideways=False), 1)
        self.reason = TextField(asked.reason)
        self.reason.textChanged.connect(self._show)
        form = Form()
        form.add("reason", words.say("Reason"), self.reason)
        column.addWidget(form)
        foot, self.yes = yes_or_cancel(self, words, asked.yes, self.accept)
        column.addWidget(foot)
        self._show()
        self.keep_as(asked.yes)

    def chosen(self) -> list[int]:
        """The ticked vouchers."""
        return [one for one, tick in self.ticks.items() if tick.isChecked()]

    def _tick_all(self) -> None:
        on = self.all_tick.isChecked()
        for tick in self.ticks.values():
            tick.setChecked(on)

    def _show(self) -> None:
        count = len(self.chosen())
        self.all_tick.setChecked(count == len(self.ticks))
        self.said.setText(self._asked.what(count))
        self.yes.setEnabled(bool(count) and bool(self.reason.text().strip()))


def choose_vouchers(parent: QWidget, words: Words, asked: Asked, vouchers: Sequence[VoucherRow]) -> tuple[list[int], str] | None:
    """The vouchers and the reason, or None where the person changed their mind."""
    dialog = ChooseVouchersDialog(parent, words, asked, vouchers)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return dialog.chosen(), dialog.reason.text().strip()
