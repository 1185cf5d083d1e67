"""Households: who they are in few words, what they hold, what comes next."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caringstreet.labels import label as named
from caringstreet.queries import audit, households, vouchers
from caringstreet.queries import street as street_queries
from caringstreet.queries.households import HouseholdDetail, HouseholdRow, HouseholdView
from caringstreet.queries.vouchers import VoucherFilter, VoucherRow
from caringstreet.rules.changes import Changed
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.phones import shown_phone
from caringstreet.rules.vouchers import NOT_COUNTED, VoucherState
from caringstreet.services import households as household_services
from ui.context import Context, Target
from ui.dialogs.ask import ask_reason
from ui.tables.id_table import Column, Ids
from ui.widgets.action_words import action_text
from ui.widgets.basics import EmptyState, badge, button, icon_label, label, row
from ui.widgets.list_page import ListPage

_TONES = {HouseholdState.ELIGIBLE: "good", HouseholdState.REVIEW: "warn", HouseholdState.PAUSED: "warn"}
STATE_PICTURES = {
    VoucherState.REDEEMED: ("circle-check", "good"),
    VoucherState.EXPIRED: ("clock", "dim"),
    VoucherState.VOID: ("x", "dim"),
    VoucherState.REPLACED: ("refresh-cw", "dim"),
    VoucherState.RETURNED: ("undo-2", "dim"),
    VoucherState.MADE: ("printer", "warn"),
    VoucherState.HANDED_OUT: ("ticket", "text"),
}


class HouseholdsPage(ListPage):
    """The list shows no floor, unit or telephone; they appear on demand."""

    name = "households"
    shows = frozenset({Changed.HOUSEHOLDS, Changed.VOUCHERS})
    follows_month = True

    def __init__(self, context: Context) -> None:
        say = context.words.say
        super().__init__(
            context,
            search=say("Number, name, building, end of telephone"),
            chips=[
                (HouseholdView.ALL, say("All")),
                (HouseholdView.REVIEW, say("To review")),
                (HouseholdView.LARGE, say("Large print")),
                (HouseholdView.NO_PHONE, say("No telephone")),
                (HouseholdView.CLOSED, say("Left")),
            ],
            columns=self._columns(context),
        )
        self.bar.addWidget(button(say("Import"), lambda: self.go_to("import", "households"), picture="file-up"))
        self.add = button(say("New household"), self.new, kind="primary", picture="plus")
        self.bar.addWidget(self.add)
        self._private = False

    def _columns(self, context: Context) -> list[Column]:
        words, say = context.words, context.words.say
        soon = context.clock.today() + households.AHEAD

        def due(household: HouseholdRow) -> str:
            return "warn" if household.review_on and household.review_on <= soon else ""

        return [
            Column("number", say("Number"), lambda r: r.number, 78, sort="number"),
            Column("name", say("Name"), lambda r: r.display_name, 150, sort="name", bold=True),
            Column("size", say("Persons"), lambda r: str(r.size), 62, number=True, sort="size"),
            Column("street", say("Street"), lambda r: r.street, 100, sort="street"),
            Column("building", say("Building"), lambda r: r.building, 100),
            Column("language", say("Language"), lambda r: named(words, r.language), 92, sort="language"),
            Column("held", say("This month"), lambda r: f"{r.held} / {r.cap}", 84, number=True),
            Column("review", say("Next review"), lambda r: r.review_on.isoformat() if r.review_on else "–", 100, sort="review", tone=due),
        ]  # fmt: skip

    def title(self) -> str:
        return self.words.say("Households")

    def help_text(self) -> str:
        return self.words.say("A household needs a consent and a proof that was seen, not copied. Telephone, floor and unit are shown only when you ask for them.")

    def find(self) -> Ids:
        sort, down = self.table.sorting()
        with self.context.database.reader() as reader:
            return households.matching_ids(
                reader, HouseholdView(self.chips.current()), self.search.text(), self.context.clock.today(), sort, descending=down
            )

    def fetch(self, ids: Ids) -> Mapping[int, Any]:
        with self.context.database.reader() as reader:
            return households.rows(reader, ids, self.context.month.month)

    def counts(self) -> Mapping[str, int]:
        with self.context.database.reader() as reader:
            found = households.counts(reader, self.context.clock.today())
        return {str(view): number for view, number in found.items()}

    def empty_state(self) -> QWidget:
        say = self.words.say
        return EmptyState(
            "users",
            say("No households yet"),
            say("Here stand the households who receive vouchers: a number, a name to call them by, a language for the paper. Import the list you keep, or register the first one."),
            button(say("Import a list"), lambda: self.go_to("import", "households"), kind="primary", picture="file-up"),
            button(say("New household"), self.new, picture="plus"),
        )

    def new(self) -> None:
        self.go_to("household_form", None, "new")

    def print_(self) -> None:
        current = self.table.current_id()
        if current is not None:
            self.go_to("print", current, "household")

    def activated(self, subject_id: int) -> None:
        self.go_to("household_form", subject_id)

    def open(self, target: Target) -> None:
        if target.action == "review":
            self.chips.choose(HouseholdView.REVIEW)
            self.refresh(target.subject if isinstance(target.subject, int) else None)
        elif isinstance(target.subject, int):
            self.search.clear()
            self.chips.choose(HouseholdView.ALL)
            self.refresh(target.subject)

    def fill(self, subject_id: int) -> None:
        words, say, today = self.words, self.words.say, self.context.clock.today()
        with self.context.database.reader() as reader:
            one = households.detail(reader, subject_id)
            wanted = VoucherFilter(month=self.context.month.month, household_id=subject_id)
            held = vouchers.listed(reader, wanted, today, "offer")
            names = {c.code: c.name_zh if words.language == "zh_HK" else c.name_en for c in street_queries.categories(reader)}
            history = audit.history(reader, "household", subject_id, 5)
        self.panel.addWidget(label(one.number, "dim"))
        badges = [badge(named(words, one.state), _TONES.get(one.state, "neutral"))]
        if one.large_print:
            badges.append(badge(say("Large print")))
        self.panel.addLayout(row(label(one.display_name, "big", wrap=True), *badges, None))
        self.facts(self._fact_lines(one, names))
        reveal = say("Hide telephone and unit") if self._private else say("Show telephone and unit")
        self.panel.addLayout(row(button(reveal, self._reveal, kind="quiet", picture="eye-off" if self._private else "eye"), None))
        counted = sum(1 for v in held if v.state not in NOT_COUNTED)
        self.heading(say("Vouchers of the month"), f"{counted} / {one.cap}")
        for voucher in held:
            self._voucher(voucher)
        if not held:
            self.panel.addWidget(label(say("None yet. Issue vouchers for this household, then print its sheet."), "dim", wrap=True))
        if history:
            self.heading(say("History"))
            for entry in history:
                self.panel.addWidget(label(f"{words.moment(entry.at)}  {action_text(words, entry.action)} · {entry.actor}", "dim", wrap=True))
        self._buttons(one, held)

    def _fact_lines(self, one: HouseholdDetail, names: Mapping[str, str]) -> list[tuple[str, str]]:
        words, say = self.words, self.words.say
        years = "、".join(str(m.birth_year) for m in one.members if m.birth_year)
        people = say("{n} persons", n=one.size) + (f" · {years}" if years else "")
        home = " · ".join(part for part in (one.street, one.building) if part)
        if self._private:
            home = " ".join(part for part in (one.street_address, one.building, one.floor, one.unit) if part)
        if one.lift is not None:
            home += " · " + (say("with lift") if one.lift else say("no lift"))
        phone = shown_phone(one.phone) if self._private and one.phone else ""
        checks = []
        for check in one.checks:
            until = words.date(check.valid_until) if check.valid_until else say("without end")
            checks.append(say("{what}, seen {seen}, until {until}", what=names.get(check.category, check.category), seen=words.date(check.seen_on), until=until))
        left = say("{day}: {reason}", day=words.date(one.left_on), reason=one.left_reason) if one.left_on else ""
        return [
            (say("Members"), people),
            (say("Home"), home),
            (say("Contact"), " · ".join(part for part in (named(words, one.contact_way), phone) if part)),
            (say("Language"), named(words, one.language)),
            (say("Eligibility"), "\n".join(checks) or say("no proof recorded")),
            (say("Consent"), words.date(one.consent_on) if one.consent_on else say("none")),
            (say("Referral"), one.referral),
            (say("Left"), left),
            (say("Note"), one.note if self._private else ""),
        ]

    def _reveal(self) -> None:
        self._private = not self._private
        self.refresh_panel()

    def _voucher(self, voucher: VoucherRow) -> None:
        words = self.words
        picture, tone = STATE_PICTURES[voucher.state]
        shop = voucher.shop_zh if words.language == "zh_HK" else voucher.shop_en or voucher.shop_zh
        title = voucher.title_zh if words.language == "zh_HK" else voucher.title_en or voucher.title_zh
        day = voucher.redeemed_on or voucher.valid_to
        state = f"{named(words, voucher.state)} · {words.date_short(day)}"
        show = button(words.say("Show"), lambda: self.go_to("vouchers", voucher.voucher_id), kind="quiet")
        show.setAccessibleName(f"{words.say('Show')} {voucher.code}")
        text = label(f"{shop}  {title}", wrap=True)
        self.panel.addLayout(row(icon_label(picture, tone, 18), text, None, label(state, tone if tone != "text" else "dim"), show))

    def _buttons(self, one: HouseholdDetail, held: list[VoucherRow]) -> None:
        say, here = self.words.say, one.household_id
        if one.state is HouseholdState.CLOSED:
            self.buttons(button(say("Admit again"), lambda: self._state(one, HouseholdState.ELIGIBLE), picture="user-plus"))
            return
        issue = button(say("Issue"), lambda: self.go_to("issue", here, "household"), picture="plus", kind="" if held else "primary")
        printing = button(say("Print sheet"), lambda: self.go_to("print", here, "household"), picture="printer", kind="primary" if held else "")
        printing.setEnabled(bool(held))
        out = button(say("Hand out"), lambda: self.go_to("hand_out", here), picture="hand-helping")
        out.setEnabled(any(v.state is VoucherState.MADE for v in held))
        self.buttons(
            issue,
            printing,
            out,
            button(say("Edit"), lambda: self.go_to("household_form", here), picture="pencil"),
            button(say("Review"), lambda: self.go_to("household_form", here, "review"), picture="calendar-clock"),
            button(say("Leave"), lambda: self._state(one, HouseholdState.CLOSED), picture="log-out"),
        )

    def _state(self, one: HouseholdDetail, state: HouseholdState) -> None:
        reason: str | None = ""
        if state is HouseholdState.CLOSED:
            what = self.words.say("{household} leaves the scheme. Vouchers that are out stay good until their last day.", household=f"{one.number} {one.display_name}")
            reason = ask_reason(self, self.words, what, self.words.say("Leave"))
        if reason is None:
            return
        today = self.context.clock.today()
        self.do(
            household_services.set_state,
            household_id=one.household_id,
            state=state,
            reason=reason,
            today=today,
            done=lambda _: self.undoable(
                self.words.say("{number} changed", number=one.number),
                household_services.set_state,
                household_id=one.household_id,
                state=one.state,
                reason=self.words.say("Undo"),
                today=today,
            ),
        )
