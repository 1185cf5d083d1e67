"""Who the senders of a chat are, said once; whom one knows already; and what never arrived."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from caringstreet.queries import devices as device_queries
from caringstreet.queries import shops
from caringstreet.queries.devices import SenderRow
from caringstreet.services import messages
from ui.pages.shop_phones import runs_text
from ui.widgets.basics import button, clear, label, row
from ui.widgets.fields import ChoiceField
from ui.widgets.page import Page

#: What a sender can be besides a shop.
NOT_SAID, OWN = "not said", "own"
_MOST_SENDERS = 40


class MessageSenders(QScrollArea):
    """The right side of the messages' page. `chosen` holds what was said and is not kept before Record."""

    said = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._words, self._context = page, page.words, page.context
        self.chosen: dict[str, int | str] = {}
        self.fields: dict[str, ChoiceField] = {}
        self.setWidgetResizable(True)
        self.setAccessibleName(self._words.say("Senders and phones"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self.setWidget(holder)

    def forget_said(self) -> None:
        """Begin a new chat: what was said of the last one and not recorded is gone."""
        self.chosen = {}

    def senders(self) -> dict[str, int | None]:
        """What Record is to keep: a shop's id, or None for the team's own name."""
        return {name: None if one == OWN else int(one) for name, one in self.chosen.items() if name and one != NOT_SAID}

    def nameless_shop_id(self) -> int | None:
        """The shop of codes without a sender, this time only."""
        one = self.chosen.get("", NOT_SAID)
        return int(one) if one not in (NOT_SAID, OWN) else None

    def show_unknown(self, unknown: Mapping[str, int]) -> None:
        """Ask about the senders that nobody has named, those said a moment ago included."""
        say = self._words.say
        clear(self._column)
        self.fields = {}
        asked = {name: unknown.get(name, 0) for name in (*self.chosen, *unknown)}
        if asked:
            self._column.addWidget(label(say("Whose are these?"), "heading"))
            self._column.addWidget(
                label(say("Say it once; from the next chat on it is known. Codes of nobody are not recorded."), "dim", wrap=True)
            )
        for name in list(asked)[:_MOST_SENDERS]:
            self._ask(name, asked[name])
        self._add_missing()
        self._add_known()
        self._column.addStretch(1)

    def _ask(self, name: str, count: int) -> None:
        words, say = self._words, self._words.say
        shown = name or say("without a sender")
        counted = words.say_count("{n} code", "{n} codes", count) if count else ""
        field = ChoiceField(self._choices(bool(name)), self.chosen.get(name, NOT_SAID))
        field.setAccessibleName(say("Whose is {sender}?", sender=shown))
        field.activated.connect(lambda _: self._choose(name, field.value()))
        self.fields[name] = field
        self._column.addLayout(row(label(shown, wrap=True), None, label(counted, "dim")))
        self._column.addWidget(field)

    def _choices(self, named: bool) -> list[tuple[int | str, str]]:
        say = self._words.say
        with self._context.database.reader() as reader:
            found = shops.choices(reader)
        first: list[tuple[int | str, str]] = [(NOT_SAID, say("not said yet"))]
        own: list[tuple[int | str, str]] = [(OWN, say("the team itself"))] if named else []
        return [*first, *((shop_id, f"{code} {self._words.own(name, en)}") for shop_id, code, name, en in found), *own]

    def _choose(self, name: str, value: int | str) -> None:
        self.chosen[name] = value
        self.said.emit()

    def _add_missing(self) -> None:
        words, say = self._words, self._words.say
        with self._context.database.reader() as reader:
            found = [one for one in device_queries.devices(reader) if one.revoked_at is None]
        if not found:
            return
        self._column.addWidget(label(say("Phones"), "heading"))
        for one in found:
            name = words.own(one.shop_zh, one.shop_en)
            open_shop = button(one.name, partial(self._page.go_to, "shops", one.shop_id), kind="quiet")
            open_shop.setAccessibleName(f"{one.name} {name}")
            heard = words.moment(one.heard_at) if one.heard_at else say("not heard yet")
            self._column.addLayout(row(open_shop, label(name), None))
            self._column.addWidget(label(heard, "dim"))
            if one.missing:
                self._column.addWidget(
                    label(
                        say(
                            "Never arrived: no. {numbers}. Ask the shop to send again; nothing counts twice.",
                            numbers=runs_text(one.missing),
                        ),
                        "warn",
                        wrap=True,
                    )
                )

    def _add_known(self) -> None:
        say = self._words.say
        with self._context.database.reader() as reader:
            found = device_queries.senders(reader)
        if found:
            self._column.addWidget(label(say("Known senders"), "heading"))
        for one in found[:_MOST_SENDERS]:
            forget = button(say("Remove"), partial(self._forget, one), kind="quiet")
            forget.setAccessibleName(f"{forget.text()} {one.name}")
            self._column.addLayout(row(label(one.name, wrap=True), label(one.shop or say("the team itself"), "dim"), None, forget))

    def _forget(self, one: SenderRow) -> None:
        self._page.do(
            messages.forget_sender,
            sender_id=one.sender_id,
            done=lambda _: self._context.status.say(self._words.say("{sender} is removed; what was recorded stays", sender=one.name)),
        )
