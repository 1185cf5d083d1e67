"""Finds a soaked or torn slip by shop, offer and what is still out."""

from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from caringstreet.queries import evidence, vouchers
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.codes import pretty
from caringstreet.rules.vouchers import VoucherState
from ui.context import Context
from ui.widgets.basics import label
from ui.widgets.fields import ChoiceField
from ui.widgets.form import Form


class UnreadableDialog(QDialog):
    """The offer, and the voucher where the paper still tells which one it is."""

    def __init__(self, parent: QWidget, context: Context, shop_id: int, *, must_choose: bool = False) -> None:
        super().__init__(parent)
        self._context = context
        say = context.words.say
        self.setWindowTitle(say("Soaked or torn slip"))
        self.setMinimumWidth(480)
        column = QVBoxLayout(self)
        column.addWidget(label(say("Which voucher was it?"), "heading"))
        with context.database.reader() as reader:
            offers = evidence.offers_of_shop(reader, shop_id)
        self.offer = ChoiceField([(one, f"{code} {title}") for one, code, title in offers])
        self.voucher = ChoiceField([])
        self.comment = QLineEdit()
        form = Form()
        form.add("offer", say("Offer"), self.offer)
        form.add("voucher", say("Voucher"), self.voucher, say("Vouchers of this offer that are still out. Leave it open if the paper does not tell."))
        form.add("note", say("What can still be seen"), self.comment)
        column.addWidget(form)
        self._must_choose = must_choose
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.yes = buttons.addButton(say("Keep it to decide") if not must_choose else say("This one"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.yes.setProperty("kind", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.offer.currentIndexChanged.connect(lambda _: self._show_vouchers())
        self.voucher.currentIndexChanged.connect(lambda _: self._show_yes())
        self._show_vouchers()

    def _show_vouchers(self) -> None:
        offer_id, today = self.offer.value(), self._context.clock.today()
        wanted = VoucherFilter(offer_id=offer_id)
        with self._context.database.reader() as reader:
            found = vouchers.listed(reader, wanted, today, "valid_to") if offer_id is not None else []
        out = [one for one in found if one.state in (VoucherState.HANDED_OUT, VoucherState.EXPIRED, VoucherState.MADE)]
        self.voucher.clear()
        self.voucher._values = [None, *(one.voucher_id for one in out)]
        self.voucher.addItems(["–", *(f"{pretty(one.code)}  {one.household}  {one.valid_to.isoformat()}" for one in out)])
        self._show_yes()

    def _show_yes(self) -> None:
        self.yes.setEnabled(not self._must_choose or self.voucher.value() is not None)

    def arguments(self) -> dict[str, Any]:
        """What was found out."""
        return {"offer_id": self.offer.value(), "voucher_id": self.voucher.value(), "note": self.comment.text()}
