"""Take in a donation: who gave, what, how much; a receipt and "again" once it is saved."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caringstreet.queries import goods as goods_queries
from caringstreet.queries import goods_donations
from caringstreet.queries.goods_donations import DonationRow, GivenLine
from caringstreet.rules.diets import Diet
from caringstreet.rules.goods import GiverKind, deliver_by
from caringstreet.rules.quantities import Unit, plain_quantity
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import goods
from caringstreet.services.goods import DonationForm, LotForm, TakenIn
from caringstreet.wording.goods import amount
from caringstreet.wording.refusals import refusal_text
from ui.context import Context, Target
from ui.pages.goods_actions import show_receipt
from ui.pages.goods_givers import DestinationField, GiverField
from ui.pages.goods_line import Known, LotLine
from ui.widgets.ask import ask_reason
from ui.widgets.basics import button, card, clear, icon_label, label, row
from ui.widgets.fields import DayField
from ui.widgets.form_page import FormPage
from ui.widgets.inputs import kept_in, passing, put_back_in
from ui.widgets.text_field import TextField

_EMPTY = LotForm("", 0, Unit.PIECE)


@dataclass(frozen=True)
class Begun:
    """What stands in the fields; `typed` are the quantities as they were written, one a line."""

    form: DonationForm
    typed: tuple[str, ...]


class GoodsIntakePage(FormPage):
    """Giver, item, how many, Ctrl+Enter: that is a donation. What few lines need is folded away."""

    name = "goods_intake"
    back = "goods"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.lines: list[LotLine] = []
        self.refuse_button = button(say("Decline…"), self._refuse, picture="circle-x")
        self.save_button.setText(say("Take in"))
        self.save_button.setAccessibleName(say("Take in"))
        self._foot = (self.more_button, self.cancel_button, self.save_button, self.refuse_button)
        self.foot.insertWidget(2, self.refuse_button)

    def title(self) -> str:
        return self.words.say("Take in goods")

    def help_text(self) -> str:
        return self.words.say(
            "Write who gave, what and how many; a quantity may be written as people do: 30, 6.5, 半, 30個. Enter goes to the next line, Ctrl+Enter takes it in. Date, place, photo and the rest are there when you want them. Goods that cannot be taken are declined with a reason, which is kept."
        )

    # The fields -----------------------------------------------------------------------------------------------

    def begin(self, target: Target) -> None:
        super().begin(target)
        for one in self._foot:
            one.show()

    def values(self, target: Target) -> Begun:
        """An empty form, or with "again" the donation of that id as if it came today."""
        today = self.context.clock.today()
        if target.action == "again" and isinstance(target.subject, int):
            with self.context.database.reader() as reader:
                found = goods_donations.rows(reader, [target.subject]).get(target.subject)
            if found is not None:
                return self._again(found)
        return Begun(DonationForm(today, (_EMPTY,), GiverKind.SHOP), ("",))

    def _again(self, row_: DonationRow) -> Begun:
        """The same goods today: their dates are on the packages, so nobody guesses them."""
        lots = tuple(self._lot_again(one) for one in row_.lines)
        form = DonationForm(
            self.context.clock.today(),
            lots or (_EMPTY,),
            row_.giver_kind,
            row_.giver,
            row_.shop_id,
            row_.allotted_to,
            row_.allotted_shop_id,
            row_.note,
        )
        if any(one.best_before or one.use_by for one in row_.lines):
            self.note.say(self.words.say("Dates are not carried over: look at the packages."))
        return Begun(form, tuple(plain_quantity(one.quantity) for one in row_.lines) or ("",))

    def _lot_again(self, one: GivenLine) -> LotForm:
        return LotForm(
            item=one.item,
            quantity=one.quantity,
            unit=one.unit,
            storage=one.storage,
            deliver_by=deliver_by(one.storage, self.context.clock.now(), kept_so=False),
            value_cents=one.value_cents,
            grams_each=one.grams_each,
            size=one.size,
            condition=one.condition,
            place=one.place,
            not_for=tuple(Diet(diet) for diet in one.not_for),
            note=one.note,
        )

    def build(self, values: Begun) -> None:
        say, today, form = self.words.say, self.context.clock.today(), values.form
        with self.context.database.reader() as reader:
            self._known = Known(goods_queries.known_items(reader), goods_queries.known_places(reader))
        self.giver = GiverField(self.context, form)
        self.day = DayField(form.day, today=today)
        self.destination = DestinationField(self.context, form)
        self.comment = TextField(form.note)
        self.form.add("giver", say("Who gave"), self.giver)
        self.form.add("day", say("Day"), self.day)
        self.form.add("recipient", say("Goes to"), self.destination)
        self.more.add("note", say("Note"), self.comment)
        self.lines = []
        self._holder = QWidget()
        # Its lines are kept one by one.
        passing(self._holder)
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        for lot, typed in zip(form.lots, values.typed, strict=True):
            self._add(lot, typed)
        for field in (self.giver.shop, self.giver.giver):
            field.returnPressed.connect(lambda: self.lines[0].item.setFocus())
        self.another_button = button(say("Another line"), self._add_empty, kind="quiet", picture="plus")

    def _show(self, values: Begun) -> None:
        super()._show(values)
        self._body.insertWidget(1, self._holder)
        self._body.insertLayout(2, row(self.another_button, None))
        if values.form.shop_id is not None or values.form.giver:
            self.save_button.setFocus()

    def typed(self) -> Any:
        return {"form": super().typed(), "lines": [kept_in(line) for line in self.lines]}

    def put_back(self, typed: Any) -> None:
        lines = typed["lines"]
        while len(self.lines) > max(1, len(lines)):
            self._remove(self.lines[-1])
        while len(self.lines) < len(lines):
            self._add_empty()
        super().put_back(typed["form"])
        for line, kept in zip(self.lines, lines, strict=False):
            put_back_in(line, kept)

    def _add(self, lot: LotForm, typed: str) -> LotLine:
        line = LotLine(self.words, self._known, lot, typed, self.context.clock.now())
        line.removed.connect(partial(self._remove, line))
        line.returned.connect(partial(self._next, line))
        self.lines.append(line)
        self._lines.addWidget(line)
        return line

    def _add_empty(self) -> None:
        line = self._add(_EMPTY, "")
        # What is not shown yet cannot take the keyboard.
        line.show()
        line.item.setFocus()

    def _next(self, line: LotLine) -> None:
        """Return goes to what is still missing in a line, then to the next one, then makes one."""
        place = self.lines.index(line)
        if not line.quantity.text().strip():
            line.quantity.setFocus()
        elif place + 1 < len(self.lines):
            self.lines[place + 1].item.setFocus()
        elif not line.is_empty():
            self._add_empty()

    def _remove(self, line: LotLine) -> None:
        self.lines.remove(line)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        if not self.lines:
            self._add_empty()

    def gather(self) -> Begun | None:
        if not self.lines:
            return None
        kept = [line for line in self.lines if not line.is_empty()] or self.lines[:1]
        form = DonationForm(
            day=self.day.day() or self.context.clock.today(),
            lots=tuple(line.gather() for line in kept),
            giver_kind=self.giver.kind.value(),
            giver=self.giver.name(),
            shop_id=self.giver.shop_id(),
            allotted_to=self.destination.target.value(),
            allotted_shop_id=self.destination.shop_id(),
            note=self.comment.text(),
        )
        return Begun(form, tuple(line.quantity.text() for line in kept))

    # Saving ---------------------------------------------------------------------------------------------------

    def _checked(self) -> DonationForm | None:
        """The form; None where a line says itself what cannot be read in it."""
        self.form.clear_refusals()
        for line in self.lines:
            line.accept()
            if line.quantity.quantity() is None:
                line.refuse(line.quantity.trouble(self.words), line.quantity)
                return None
            if not line.value_is_readable():
                line.refuse(self.words.say("Write amounts as 20 or 20.50."), line.value)
                return None
        found = self.gather()
        return found.form if found is not None else None

    def save(self) -> None:
        form = self._checked()
        if form is not None:
            self.do(goods.take_in, form=form, done=lambda kept: self._taken_in(form, kept))

    def _refuse(self) -> None:
        form = self._checked()
        if form is None:
            return
        what = self.words.say("Declined: {what}. The giver gets a kind word, and the reason is kept.", what=self._told(form))
        reason = ask_reason(self, self.words, what, self.words.say("Decline"))
        if reason is not None:
            self.do(goods.refuse_donation, form=form, reason=reason, done=self._refused_kept)

    def _told(self, form: DonationForm) -> str:
        return "、".join(f"{one.item} {amount(self.words, one.quantity, one.unit)}" for one in form.lots)

    def refused(self, error: RuleRefused) -> None:
        """What concerns a line is said in that line."""
        text = refusal_text(self.words, error)
        kept = [line for line in self.lines if not line.is_empty()] or self.lines[:1]
        wrong: dict[str, list[tuple[LotLine, QWidget]]] = {
            "item": [(line, line.item) for line in kept if not line.item.text().strip()],
            "quantity": [(line, line.quantity) for line in kept if not line.quantity.quantity()],
            "photo": [(line, line.photo) for line in kept if line.photo.photo() is not None],
        }
        for line, field in wrong.get(error.field, [])[:1]:
            line.refuse(text, field)
            return
        super().refused(error)

    def _refused_kept(self, kept: TakenIn) -> None:
        self.finished()
        self.context.status.say(self.words.say("Declined donation no. {n} is kept", n=kept.number))
        self.go_to("goods_donations", kept.donation_id)

    def _taken_in(self, form: DonationForm, kept: TakenIn) -> None:
        words = self.words
        self.finished()
        with self.context.database.reader() as reader:
            entries = tuple(one.movement_id for one in goods_queries.movements(reader, kept.lot_ids))
        said = words.say("Taken in, receipt no. {n}", n=kept.number)
        self.undoable(said, goods.correct, movement_ids=entries, reason=words.say("Undo"))
        self._show_saved(form, kept)

    def _show_saved(self, form: DonationForm, kept: TakenIn) -> None:
        """What was kept, and the next step, in the place of the form."""
        say = self.words.say
        clear(self._body)
        self.lines = []
        for one in self._foot:
            one.hide()
        frame, column = card()
        column.addLayout(
            row(icon_label("circle-check", "good", 28), label(say("Taken in, receipt no. {n}", n=kept.number), "heading"), None)
        )
        column.addWidget(label(self._told(form), wrap=True, selectable=True))
        self.receipt_button = button(say("Receipt"), lambda: show_receipt(self, kept.donation_id, kept.number), picture="printer")
        self.again_button = button(
            say("Take in again"), lambda: self.open(Target(self.name, kept.donation_id, "again")), picture="refresh-cw"
        )
        self.new_button = button(say("Take in another"), self.new, kind="primary", picture="plus")
        stock = button(say("To the stock"), lambda: self.go_to("goods", kept.lot_ids[0]), picture="package")
        column.addLayout(row(self.receipt_button, self.again_button, stock, None, self.new_button))
        self._body.addWidget(frame)
        frame.show()
        self.new_button.setFocus()

    def new(self) -> None:
        self.open(Target(self.name, None, "new"))

    def leave(self) -> None:
        self.finished()
        self.go_to(self.back)
