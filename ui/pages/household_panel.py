"""Writes one household into the panel beside the list: who it is, what it holds, what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from caringstreet.queries.audit import AuditRow
from caringstreet.queries.distributions import ReceivedRow
from caringstreet.queries.households import HouseholdDetail, MonthRow
from caringstreet.queries.vouchers import VoucherRow
from caringstreet.rules.eligibility import hindrances
from caringstreet.rules.households import PrintLanguage
from caringstreet.rules.phones import is_mobile, shown_phone
from caringstreet.rules.vouchers import NOT_COUNTED, OPEN, VoucherState
from caringstreet.wording.eligibility import standing_text
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label as named
from ui.tables.households_table import TONES
from ui.tables.vouchers_table import shop_of, title_of
from ui.widgets.action_words import action_text
from ui.widgets.basics import badge, button, icon_button, icon_label, label, row
from ui.widgets.list_page import ListPage

_PICTURES = {
    VoucherState.MADE: ("printer", "warn"),
    VoucherState.HANDED_OUT: ("ticket", "dim"),
    VoucherState.REDEEMED: ("circle-check", "good"),
    VoucherState.EXPIRED: ("clock", "dim"),
    VoucherState.VOID: ("x", "dim"),
    VoucherState.REPLACED: ("refresh-cw", "dim"),
    VoucherState.RETURNED: ("arrow-left", "dim"),
}


@dataclass(frozen=True)
class Shown:
    """All that the panel tells; `categories` are the names of the kinds of proof."""

    household: HouseholdDetail
    held: Sequence[VoucherRow]
    months: Sequence[MonthRow]
    history: Sequence[AuditRow]
    received: Sequence[ReceivedRow]
    categories: Mapping[str, str]


class HouseholdPanel:
    """The parts of the panel. Telephone, floor, unit and note are there only when asked for."""

    def __init__(self, page: ListPage, shown: Shown, *, private: bool, reveal: Callable[[], None]) -> None:
        self._page, self._words = page, page.words
        self._one, self._shown = shown.household, shown
        self._private, self._reveal = private, reveal

    def write(self) -> None:
        """Fill the panel."""
        self._head()
        self._page.facts(self._facts())
        said = self._words.say("Hide telephone and unit") if self._private else self._words.say("Show telephone and unit")
        picture = "eye-off" if self._private else "eye"
        self.reveal_button = button(said, self._reveal, kind="quiet", picture=picture)
        self._page.panel.addLayout(row(self.reveal_button, None))
        self._vouchers()
        self._months()
        self._goods()
        self._history()

    def _head(self) -> None:
        words, one, panel = self._words, self._one, self._page.panel
        today = self._page.context.clock.today()
        missing = hindrances(one.standing, today)
        badges = [badge(standing_text(words, one.standing, today), "good" if not missing else TONES[one.state])]
        if one.language is not PrintLanguage.ZH_HK:
            badges.append(badge(named(words, one.language)))
        if one.large_print:
            badges.append(badge(words.say("Large print")))
        badges += [badge(named(words, other), "warn") for other in missing[1:]]
        panel.addLayout(row(label(one.number, "dim", selectable=True), *badges, None))
        panel.addWidget(label(one.display_name, "big", wrap=True, selectable=True))

    def _facts(self) -> list[tuple[str, str]]:
        words, say, one = self._words, self._words.say, self._one
        born = [say("born {year}", year=member.birth_year) for member in one.members if member.birth_year]
        people = " · ".join((words.say_count("{n} person", "{n} persons", one.size), *born))
        early = one.review_on is not None and one.review_on not in [check.valid_until for check in one.checks]
        left = say("{day}: {reason}", day=words.date(one.left_on), reason=one.left_reason) if one.left_on else ""
        return [
            (say("Members"), people),
            ("", self._names() if self._private else ""),
            (say("Home"), self._home()),
            (say("Contact"), self._contact()),
            (say("Eligibility"), self._eligibility()),
            (say("Consent"), self._consent()),
            (say("Next review"), words.date(one.review_on) if one.review_on and early else ""),
            (say("Referral"), one.referral if self._private else ""),
            (say("Participation ended"), left),
            (say("Dietary notes"), self._diets()),
            (say("Note"), one.note if self._private else ""),
        ]

    def _names(self) -> str:
        return "\n".join(
            " · ".join(part for part in (one.name, str(one.birth_year or ""), one.relation) if part) for one in self._one.members
        )

    def _home(self) -> str:
        say, one = self._words.say, self._one
        parts = [one.street, one.building]
        if self._private:
            parts = [one.street_address or one.street, one.building, one.floor, one.unit]
        if one.lift is not None:
            parts.append(say("with lift") if one.lift else say("no lift"))
        return " · ".join(part for part in parts if part)

    def _contact(self) -> str:
        say, one = self._words.say, self._one
        if not one.phone:
            return " · ".join(dict.fromkeys((named(self._words, one.contact_way), say("No telephone"))))
        phone = shown_phone(one.phone) if self._private else ""
        whatsapp = "" if is_mobile(one.phone) else say("no WhatsApp")
        return " · ".join(part for part in (named(self._words, one.contact_way), phone, whatsapp) if part)

    def _eligibility(self) -> str:
        words, say = self._words, self._words.say
        today = self._page.context.clock.today()
        lines = []
        for check in self._one.checks:
            what, seen = self._shown.categories.get(check.category, check.category), words.date(check.seen_on)
            if check.valid_until is None:
                lines.append(say("{what}, seen {seen}", what=what, seen=seen))
            elif check.valid_until < today:
                lines.append(say("{what}, ended {until}", what=what, until=words.date(check.valid_until)))
            elif self._private:
                lines.append(say("{what}, seen {seen}, until {until}", what=what, seen=seen, until=words.date(check.valid_until)))
            else:
                lines.append(say("{what}, until {until}", what=what, until=words.date(check.valid_until)))
        return "\n".join(lines) or say("no proof recorded")

    def _diets(self) -> str:
        if not self._page.context.street.settings.goods:
            return ""
        return "、".join(named(self._words, one) for one in self._one.diets)

    def _consent(self) -> str:
        words, one = self._words, self._one
        if one.consent_on is not None:
            return words.date(one.consent_on)
        if one.consent_withdrawn_on is not None:
            return words.say("withdrawn on {day}", day=words.date(one.consent_withdrawn_on))
        return words.say("none")

    def _vouchers(self) -> None:
        words, held = self._words, self._shown.held
        counted = sum(1 for one in held if one.state not in NOT_COUNTED)
        self._page.heading(words.say("Vouchers of the month"), f"{counted} / {self._one.cap}")
        if not held:
            hindered = hindrances(self._one.standing, self._page.context.clock.today())
            said = words.say("None yet.") if hindered else words.say("None yet. Issue vouchers for this household, then print its sheet.")
            self._page.panel.addWidget(label(said, "dim", wrap=True))
            return
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, voucher in enumerate(held):
            self._voucher(grid, number, voucher)
        self._page.panel.addWidget(holder)

    def _voucher(self, grid: QGridLayout, number: int, voucher: VoucherRow) -> None:
        words = self._words
        picture, tone = _PICTURES[voucher.state]
        grid.addWidget(icon_label(picture, tone, 18), number, 0)
        shop, title = shop_of(words, voucher), title_of(words, voucher)
        text = label("\n".join((shop, title)), wrap=True)
        grid.addWidget(text, number, 1)
        state = self._state(voucher)
        state_label = label(state, tone)
        state_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(state_label, number, 2)
        show = icon_button(
            words.say("Show voucher {what}", what=f"{shop} {title}"), self._opens(voucher.voucher_id), picture="chevron-right"
        )
        show.setFixedWidth(34)
        grid.addWidget(show, number, 3)

    def _state(self, voucher: VoucherRow) -> str:
        words = self._words
        said = named(words, voucher.state)
        if voucher.state in OPEN:
            return "\n".join((said, words.say("until {day}", day=words.date_short(voucher.valid_to))))
        day = voucher.redeemed_on if voucher.state is VoucherState.REDEEMED else None
        if voucher.state is VoucherState.EXPIRED:
            day = voucher.valid_to
        return "\n".join((said, words.date_short(day))) if day is not None else said

    def _opens(self, voucher_id: int) -> Callable[[], None]:
        return lambda: self._page.go_to("vouchers", voucher_id)

    def _months(self) -> None:
        """Other months, so that one sees how the household gets on; the month in view stands above."""
        words, here = self._words, self._page.context.month.month
        others = [one for one in self._shown.months if one.month != here]
        if not others:
            return
        self._page.heading(words.say("Other months"))
        for one in others:
            said = words.say("{used} of {n} redeemed", used=one.redeemed, n=one.issued)
            self._page.panel.addLayout(row(label(words.month(one.month)), None, _right(said)))

    def _goods(self) -> None:
        if not self._page.context.street.settings.goods:
            return
        words = self._words
        self._page.heading(words.say("Goods received"))
        if not self._shown.received:
            self._page.panel.addWidget(label(words.say("Nothing yet."), "dim"))
        for one in self._shown.received:
            said = amount(words, one.quantity, one.unit)
            line = row(label(words.date_short(one.day), "dim"), label(one.item, wrap=True), _right(said))
            line.setStretch(1, 1)
            self._page.panel.addLayout(line)

    def _history(self) -> None:
        if not self._shown.history:
            return
        words = self._words
        self._page.heading(words.say("History"))
        for entry in self._shown.history:
            said = f"{words.moment(entry.at)}  {action_text(words, entry.action)} · {entry.actor}"
            self._page.panel.addWidget(label(said, "dim", wrap=True))


def _right(text: str) -> QLabel:
    return label(text, "dim")
