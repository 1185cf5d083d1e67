"""Finds a soaked or torn slip by shop, offer and day."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caringstreet.queries import evidence
from caringstreet.rules.codes import pretty
from ui.context import Context
from ui.widgets.ask import yes_or_cancel
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog
from ui.widgets.fields import ChoiceField
from ui.widgets.form import Form
from ui.widgets.text_field import TextField


class UnreadableDialog(Dialog):
    """The offer, and the voucher where the paper still tells which one it is; with `must_choose` one is needed."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        shop_id: int,
        day: date,
        *,
        must_choose: bool = False,
        offer_id: int | None = None,
        code: str = "",
    ) -> None:
        super().__init__(parent)
        self._context, self._day, self._must_choose, self._likely = context, day, must_choose, code
        words, say = context.words, context.words.say
        self._candidates: dict[int, evidence.CandidateRow] = {}
        self.setWindowTitle(say("Soaked or torn voucher"))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.addWidget(label(say("Which voucher was it?"), "heading"))
        with context.database.reader() as reader:
            offers = evidence.offers_of_shop(reader, shop_id)
        self.offer = ChoiceField([(one, f"{number} {title}") for one, number, title in offers], offer_id)
        self.voucher = ChoiceField([])
        self.comment = TextField()
        form = Form()
        form.add("offer", say("Offer"), self.offer)
        hint = say("Vouchers of this offer that were good by {day} and are not redeemed.", day=words.date_short(day))
        if not must_choose:
            hint = "\n".join((hint, say("Leave it open if the voucher does not tell.")))
        form.add("voucher", say("Voucher"), self.voucher, hint)
        if not must_choose:
            form.add("note", say("What can still be seen"), self.comment)
        column.addWidget(form)
        yes = say("This one") if must_choose else say("Put it in the envelope")
        foot, self.yes = yes_or_cancel(self, context.words, yes, self.accept)
        column.addWidget(foot)
        self.offer.currentIndexChanged.connect(lambda _: self._show_vouchers())
        self.voucher.currentIndexChanged.connect(lambda _: self._show_yes())
        self._show_vouchers()
        self.keep_as(say("Soaked or torn voucher"))

    def offer_id(self) -> int | None:
        """The offer that the paper tells; None where the shop has none."""
        found: int | None = self.offer.value()
        return found

    def voucher_id(self) -> int | None:
        """The voucher, where one was chosen."""
        found: int | None = self.voucher.value()
        return found

    def code(self) -> str:
        """The code of the chosen voucher, or nothing."""
        chosen = self.voucher_id()
        return self._candidates[chosen].code if chosen is not None else ""

    def note(self) -> str:
        """What can still be seen."""
        return self.comment.text().strip()

    def _show_vouchers(self) -> None:
        offer_id, words = self.offer_id(), self._context.words
        with self._context.database.reader() as reader:
            found = evidence.candidates(reader, offer_id, self._day) if offer_id is not None else []
        self._candidates = {one.voucher_id: one for one in found}
        self.voucher.clear()
        self.voucher._values = [None, *self._candidates]
        self.voucher.addItems(["–", *("   ".join((pretty(one.code), one.household, words.date_short(one.valid_to))) for one in found)])
        self.voucher.choose(next((one.voucher_id for one in found if one.code == self._likely), None))
        self._show_yes()

    def _show_yes(self) -> None:
        self.yes.setEnabled(not self._must_choose or self.voucher_id() is not None)
