"""Shops and their offers."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caringstreet.queries import audit, month_summary, offers, shops
from caringstreet.queries.month_summary import Counts
from caringstreet.queries.offers import OfferRow
from caringstreet.queries.shops import ShopDetail, ShopRow, ShopView
from caringstreet.rules.changes import Changed
from caringstreet.rules.offers import OfferState
from caringstreet.rules.phones import shown_phone
from caringstreet.rules.shops import ShopState
from caringstreet.services import offers as offer_services
from caringstreet.services import shops as shop_services
from caringstreet.wording.labels import label as named
from caringstreet.wording.terms import terms_text
from ui.context import Context, Target
from ui.dialogs.agreement import AgreementDialog
from ui.pages.shop_phones import ShopPhones
from ui.tables.id_table import Column, Ids
from ui.widgets.action_words import action_text
from ui.widgets.ask import ask_reason
from ui.widgets.basics import EmptyState, badge, button, label, row
from ui.widgets.list_page import ListPage

_TONES = {ShopState.ACTIVE: "good", ShopState.PAUSED: "warn", ShopState.CONTACTING: "neutral", ShopState.LEFT: "neutral"}
_OFFER_TONES = {OfferState.ACTIVE: "good", OfferState.PILOT: "good", OfferState.PAUSED: "warn"}


class ShopsPage(ListPage):
    """Register, search, change, pause; the offers of a shop stand in its panel."""

    name = "shops"
    shows = frozenset({Changed.SHOPS, Changed.OFFERS, Changed.VOUCHERS, Changed.EVIDENCE, Changed.STREET})
    follows_month = True

    def __init__(self, context: Context) -> None:
        say = context.words.say
        super().__init__(
            context,
            search=say("Code, name, street, telephone"),
            chips=[
                (ShopView.ALL, say("All")),
                (ShopView.ACTIVE, say("Taking part")),
                (ShopView.ENDING, say("Agreement ends soon")),
                (ShopView.AWAY, say("Paused or ended")),
            ],
            columns=self._columns(context),
            panel_width=410,
        )
        self.phones = ShopPhones(self)
        self.bar.addWidget(button(say("Import"), lambda: self.go_to("import", "shops"), picture="file-up"))
        self.add = button(say("New shop"), self.new, kind="primary", picture="plus")
        self.bar.addWidget(self.add)

    def _columns(self, context: Context) -> list[Column]:
        words = context.words
        say = words.say

        def shop_name(shop: ShopRow) -> str:
            return words.own(shop.name_zh, shop.name_en)

        return [
            Column("code", say("Number"), lambda r: r.code, sort="code"),
            Column("name", say("Shop"), shop_name, sort="name", bold=True, name=True),
            Column("kind", say("Trade"), lambda r: r.kind, sort="kind", spare=4),
            Column("street", say("Street"), lambda r: r.street, sort="street", spare=3),
            Column("issued", say("Issued"), lambda r: str(r.issued), number=True, spare=2),
            Column("redeemed", say("Redeemed"), lambda r: str(r.redeemed), number=True, spare=1),
            Column("until", say("Agreement"), lambda r: r.agreement_until.isoformat() if r.agreement_until else "–", spare=5),
            Column("state", say("State"), lambda r: named(words, r.state), sort="state", tone=lambda r: "good" if r.state is ShopState.ACTIVE else "warn"),
            Column("collecting", say("Tells us by"), lambda r: named(words, r.collecting), sort="collecting", hidden=True, spare=6),
        ]  # fmt: skip

    def title(self) -> str:
        return self.words.say("Shops and offers")

    def help_text(self) -> str:
        return self.words.say(
            "A shop needs a signed agreement and an open offer before vouchers can be issued. A new price begins a new version; vouchers issued before keep theirs."
        )

    def find_ids(self) -> Ids:
        sort, down = self.table.sorting()
        with self.context.database.reader() as reader:
            return shops.matching_ids(
                reader, ShopView(self.chips.current()), self.search.text(), self.context.clock.today(), sort, descending=down
            )

    def fetch(self, ids: Ids) -> Mapping[int, Any]:
        with self.context.database.reader() as reader:
            return shops.rows(reader, ids, self.context.month.month)

    def counts(self) -> Mapping[str, int]:
        with self.context.database.reader() as reader:
            return {str(view): number for view, number in shops.counts(reader, self.context.clock.today()).items()}

    def empty_state(self) -> QWidget:
        say = self.words.say
        return EmptyState(
            "store",
            say("No shops yet"),
            say(
                "This page lists the shops of the street: what they give, when they rest, until when they signed. Import the list you keep, or register the first one."
            ),
            button(say("Import a list"), lambda: self.go_to("import", "shops"), kind="primary", picture="file-up"),
            button(say("New shop"), self.new, picture="plus"),
        )

    def new(self) -> None:
        self.go_to("shop_form", None, "new")

    def activated(self, subject_id: int) -> None:
        self.go_to("shop_form", subject_id)

    def open(self, target: Target) -> None:
        wanted = target.subject
        if target.action == "offer" and isinstance(wanted, int):
            with self.context.database.reader() as reader:
                wanted = next((o.shop_id for o in offers.rows(reader, self.context.month.month) if o.offer_id == wanted), None)
        if isinstance(wanted, int):
            self.search.clear()
            self.chips.choose(ShopView.ALL)
            self.refresh(wanted)

    def fill(self, subject_id: int) -> None:
        words, say = self.words, self.words.say
        with self.context.database.reader() as reader:
            shop = shops.detail(reader, subject_id)
            its_offers = offers.rows(reader, self.context.month.month, shop_id=subject_id)
            history = audit.history(reader, "shop", subject_id, 6)
            counts = month_summary.of_shop(reader, self.context.month.month, self.context.clock.today(), subject_id)
        self.panel.addWidget(label(f"{shop.code} · {shop.kind}", "dim"))
        self.panel.addLayout(row(label(shop.name_zh, "big", wrap=True), badge(named(words, shop.state), _TONES[shop.state]), None))
        self.facts(self._fact_lines(shop))
        self.heading(say("Offers"), words.month(self.context.month.month))
        for offer in its_offers:
            self._offer(offer)
        if not its_offers:
            self.panel.addWidget(label(say("No offer yet. Add what the shop gives: a price, an amount off, an item."), "dim", wrap=True))
        self._money(counts)
        self.panel.addLayout(row(button(say("New offer"), lambda: self.go_to("offer_form", shop.shop_id, "new"), picture="plus"), None))
        self.phones.fill(shop)
        if history:
            self.heading(say("History"))
            for entry in history:
                self.panel.addWidget(
                    label(f"{words.moment(entry.at)}  {action_text(words, entry.action)} · {entry.actor}", "dim", wrap=True)
                )
        self._buttons(shop)

    def _fact_lines(self, shop: ShopDetail) -> list[tuple[str, str]]:
        words, say = self.words, self.words.say
        agreement = ""
        if shop.agreement_from is not None:
            first = words.date(shop.agreement_from)
            if shop.agreement_until is None:
                agreement = say("from {first}, without end", first=first)
            else:
                agreement = say("from {first} to {last}", first=first, last=words.date(shop.agreement_until))
        return [
            (say("English"), shop.name_en),
            (say("Where"), " · ".join(part for part in (shop.address or shop.street, shop.landmark) if part)),
            (say("Contacts"), "\n".join(f"{c.name} {shown_phone(c.phone)}" + (f" · WhatsApp {shown_phone(c.whatsapp)}" if c.whatsapp else "") for c in shop.contacts)),
            (say("Opening"), shop.opening),
            (say("Rest days"), words.weekdays(shop.rest_days) if shop.rest_days else ""),
            (say("Kindness"), "、".join(named(words, kind) + (f"（{note}）" if note else "") for kind, note in shop.kindnesses)),
            (say("Tells us by"), named(words, shop.collecting)),
            (say("Settled by"), named(words, shop.settlement)),
            (say("Agreement"), agreement or say("none yet")),
            (say("Reason"), shop.state_reason),
            (say("Note"), shop.note),
        ]  # fmt: skip

    def _money(self, counts: Counts) -> None:
        """What the street owes the shop for the month, goodwill payments among it."""
        words = self.words
        if counts.to_pay_cents:
            parts = [words.say("To pay"), words.money(counts.to_pay_cents)]
            if counts.goodwill_cents:
                parts += ["·", words.say("Of it goodwill payment"), words.money(counts.goodwill_cents)]
            self.panel.addWidget(label(" ".join(parts), wrap=True))

    def _offer(self, offer: OfferRow) -> None:
        words, say, terms = self.words, self.words.say, offer.terms
        title = words.own(terms.title_zh, terms.title_en)
        edit = button(say("Edit"), lambda: self.go_to("offer_form", offer.offer_id), kind="quiet")
        edit.setAccessibleName(" ".join((say("Edit"), offer.code)))
        self.panel.addLayout(
            row(
                label(f"{offer.code}  {title}", wrap=True),
                badge(named(words, offer.state), _OFFER_TONES.get(offer.state, "neutral")),
                None,
                edit,
            )
        )
        quota = (
            say("{used} of {quota} issued", used=offer.used, quota=terms.monthly_quota)
            if terms.monthly_quota is not None
            else say("{used} issued", used=offer.used)
        )
        money = say(
            "price {listed} = household {household} + shop {shop} + fund {fund}",
            listed=words.dollars(terms.list_cents),
            household=words.dollars(terms.household_cents),
            shop=words.dollars(terms.shop_cents),
            fund=words.dollars(terms.fund_cents),
        )
        when = terms_text(words, terms)
        counts = " · ".join(
            (
                quota,
                say("{n} redeemed", n=offer.redeemed),
                say("version {n}", n=offer.version),
                *([offer.state_reason] if offer.state_reason else []),
            )
        )
        self.panel.addWidget(label("\n".join(part for part in (money, counts, when) if part), "dim", wrap=True))
        if offer.state in (OfferState.ACTIVE, OfferState.PILOT):
            self.panel.addLayout(
                row(
                    button(say("Pause offer"), lambda: self._offer_state(offer, OfferState.PAUSED), kind="quiet"),
                    button(say("End offer"), lambda: self._offer_state(offer, OfferState.ENDED), kind="quiet"),
                    None,
                )
            )
        else:
            self.panel.addLayout(row(button(say("Open offer"), lambda: self._offer_state(offer, OfferState.ACTIVE), kind="quiet"), None))

    def _offer_state(self, offer: OfferRow, state: OfferState) -> None:
        reason: str | None = ""
        if state is not OfferState.ACTIVE:
            what = self.words.say("{offer}: vouchers issued before stay good.", offer=f"{offer.code} {offer.terms.title_zh}")
            reason = ask_reason(
                self, self.words, what, self.words.say("Pause offer") if state is OfferState.PAUSED else self.words.say("End offer")
            )
        if reason is None:
            return
        self.do(
            offer_services.set_state,
            offer_id=offer.offer_id,
            state=state,
            reason=reason,
            done=lambda _: self.undoable(
                self.words.say("{code} changed", code=offer.code),
                offer_services.set_state,
                offer_id=offer.offer_id,
                state=offer.state,
                reason=offer.state_reason,
                restored=True,
            ),
        )

    def _buttons(self, shop: ShopDetail) -> None:
        say = self.words.say
        edit = button(say("Edit"), lambda: self.go_to("shop_form", shop.shop_id), kind="primary", picture="pencil")
        renew = button(say("Renew agreement"), lambda: self._renew(shop), picture="calendar")
        if shop.state is ShopState.ACTIVE:
            pause = button(say("Pause"), lambda: self._state(shop, ShopState.PAUSED), picture="pause")
        else:
            pause = button(say("Take part again"), lambda: self._state(shop, ShopState.ACTIVE), picture="play")
        leave = button(say("End participation"), lambda: self._state(shop, ShopState.LEFT), picture="log-out")
        leave.setEnabled(shop.state is not ShopState.LEFT)
        self.buttons(edit, renew, pause, leave, across=2)

    def _renew(self, shop: ShopDetail) -> None:
        dialog = AgreementDialog(self, self.words, self.context.clock.today())
        if dialog.exec():
            self.do(
                shop_services.renew_agreement,
                shop_id=shop.shop_id,
                signed_on=dialog.signed_on(),
                until=dialog.until(),
                done=lambda _: self.context.status.say(self.words.say("Agreement of {shop} renewed", shop=shop.code)),
            )

    def _state(self, shop: ShopDetail, state: ShopState) -> None:
        reason: str | None = ""
        if state is not ShopState.ACTIVE:
            what = self.words.say(
                "{shop}: no new vouchers are issued; those issued before stay good until their last day.",
                shop=f"{shop.code} {shop.name_zh}",
            )
            reason = ask_reason(
                self, self.words, what, self.words.say("Pause") if state is ShopState.PAUSED else self.words.say("End participation")
            )
        if reason is None:
            return
        before = shop.state
        self.do(
            shop_services.set_state,
            shop_id=shop.shop_id,
            state=state,
            reason=reason,
            done=lambda _: self.undoable(
                self.words.say("{code} changed", code=shop.code),
                shop_services.set_state,
                shop_id=shop.shop_id,
                state=before,
                reason=shop.state_reason,
                restored=True,
            ),
        )
