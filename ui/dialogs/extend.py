"""Asks which open vouchers get a later last day, and why."""

from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from caringstreet.queries import shops, vouchers
from ui.context import Context
from ui.widgets.basics import label
from ui.widgets.fields import ChoiceField, DayField
from ui.widgets.form import Form


class ExtendDialog(QDialog):
    """Says live how many vouchers it concerns."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self._context, self._words = context, context.words
        say = context.words.say
        month = context.month.month
        self.setWindowTitle(say("Extend vouchers"))
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.addWidget(label(say("Extend open vouchers"), "heading"))
        with context.database.reader() as reader:
            known = shops.choices(reader)
        zh = context.words.language == "zh_HK"
        self.shop = ChoiceField([(None, say("all shops")), *((one, f"{code} {name if zh else en or name}") for one, code, name, en in known)])
        self.due_from = DayField(max(month.first_day, min(context.clock.today(), month.last_day)))
        self.due_to = DayField(month.last_day)
        self.until = DayField(month.next().first_day.replace(day=7))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(say("typhoon, shop closed…"))
        self.form = Form()
        for key, text, field in (
            ("shop", say("Shop"), self.shop),
            ("due_from", say("Last day from"), self.due_from),
            ("due_to", say("to"), self.due_to),
            ("until", say("New last day"), self.until),
            ("reason", say("Reason"), self.reason),
        ):
            self.form.add(key, text, field)
        column.addWidget(self.form)
        self.count = label("", "dim", wrap=True)
        column.addWidget(self.count)
        buttons = QDialogButtonBox()
        self.yes = buttons.addButton(say("Extend"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.yes.setProperty("kind", "primary")
        buttons.addButton(say("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        for field in (self.due_from, self.due_to, self.until):
            field.changed.connect(self._show_count)
        self.shop.currentIndexChanged.connect(lambda: self._show_count())
        self.reason.textChanged.connect(lambda: self._show_count())
        self._show_count()

    def _show_count(self) -> None:
        first, last, until = self.due_from.day(), self.due_to.day(), self.until.day()
        assert first and last and until
        with self._context.database.reader() as reader:
            found = vouchers.ending_between(reader, first, last, self.shop.value())
        said = self._words.say_count("{n} open voucher ends in this span.", "{n} open vouchers end in this span.", found)
        if until <= last:
            said = self._words.say("The new last day must be later.")
        self.count.setText(said)
        self.yes.setEnabled(bool(found) and until > last and bool(self.reason.text().strip()))

    def arguments(self) -> dict[str, Any]:
        """What the service needs."""
        return {
            "due_from": self.due_from.day(),
            "due_to": self.due_to.day(),
            "until": self.until.day(),
            "reason": self.reason.text(),
            "shop_id": self.shop.value(),
        }
