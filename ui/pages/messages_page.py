"""Messages of shops: drop a chat in or paste it, see what each line is, say once whose a sender is, record."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication

from caringstreet.messaging import open_chat, read_text, told
from caringstreet.queries import names
from caringstreet.rules.changes import Changed
from caringstreet.rules.messages import MessageKind, Told
from caringstreet.scanning.chat_dates import DateOrder
from caringstreet.scanning.chat_files import UnreadableChat
from caringstreet.scanning.whatsapp import Chat
from caringstreet.services import evidence, messages
from caringstreet.services.messages import RecordedMessages
from caringstreet.wording.messages import chat_trouble_text
from ui.context import Context
from ui.pages.message_senders import MessageSenders
from ui.runner import JobProgress
from ui.tables.messages_table import MessagesTable
from ui.widgets.basics import RECORD_KEYS, EmptyState, button, card, label, row, shortcuts
from ui.widgets.chips import Chips
from ui.widgets.fields import ChoiceField
from ui.widgets.files import ask_to_open
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack

_ALL = "all"
#: The chips over the list, and the classes behind each.
_VIEWS: dict[str, tuple[MessageKind, ...]] = {
    _ALL: tuple(MessageKind),
    "new": (MessageKind.NEW,),
    "known": (MessageKind.KNOWN,),
    "mistyped": (MessageKind.MISTYPED,),
    "unknown": (MessageKind.UNKNOWN_SENDER,),
    "ask": (MessageKind.ASK,),
    "refused": (MessageKind.CONFLICTING, MessageKind.BAD_MAC, MessageKind.REVOKED, MessageKind.REFUSED),
}


class MessagesPage(Page):
    """The preview is the service itself in a rehearsal; of the chat nothing but the matched lines is ever kept."""

    name = "messages"
    shows = frozenset({Changed.EVIDENCE, Changed.SHOPS, Changed.VOUCHERS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.setAcceptDrops(True)
        self._source: Path | str | None = None
        self._asked = 0
        # What was said of the senders of a chat that is to be pasted once more.
        self._awaited = False
        self._told: list[Told] = []
        self.recorded: RecordedMessages | None = None
        self.choose = button(say("Choose a chat…"), self._choose, kind="primary", picture="file-up")
        self.paste_button = button(say("Paste"), self.paste, picture="clipboard-list")
        self.paste_button.setToolTip("Ctrl+V")
        self.source_name = label("", "dim")
        self.dates = ChoiceField([(DateOrder.DAY_FIRST, say("dates: day first")), (DateOrder.MONTH_FIRST, say("dates: month first"))])
        self.dates.setAccessibleName(say("What the dates begin with"))
        self.dates.hide()
        self.dates.activated.connect(lambda _: self._read(self.dates.value()))
        self.column.addLayout(Flow(self.choose, self.paste_button, self.source_name, None, self.dates))
        self.column.addLayout(row(self._make_list(), self._make_side(), spacing=12), 1)
        self.take = button(say("Record"), self.record, kind="primary", picture="check")
        self.take.setToolTip("Ctrl+Enter")
        self.column.addLayout(row(None, self.take))
        shortcuts(self, self.paste, "Ctrl+V")
        shortcuts(self, self._choose, "Ctrl+O")
        shortcuts(self, self.record, *RECORD_KEYS)
        self.keep_part("senders", say("Whose are these?"), self._typed, self._put_back)

    def _make_list(self) -> Any:
        say = self.words.say
        frame, inner = card(margins=14, spacing=8)
        self.views = Chips(
            [
                (_ALL, say("All")),
                ("new", say("New")),
                ("known", say("Recorded already")),
                ("mistyped", say("Mistyped")),
                ("unknown", say("Whose?")),
                ("ask", say("To decide")),
                ("refused", say("Not taken")),
            ]
        )
        self.views.chosen.connect(lambda _: self._show_rows())
        self.table = MessagesTable(self.words)
        self._empty = EmptyState(
            "message-square",
            say("What shops sent by WhatsApp"),
            say(
                "Copy the messages in WhatsApp Web and paste them here, or export the chat without media and drop the file here. You see every line before anything is recorded. Of the chat itself nothing is kept."
            ),
        )
        self._places = Stack()
        self._places.addWidget(self._empty)
        self._places.addWidget(self.table)
        inner.addWidget(self.views)
        inner.addWidget(self._places, 1)
        return frame

    def _make_side(self) -> Any:
        frame, inner = card(margins=14, spacing=6)
        frame.setFixedWidth(300)
        self.senders = MessageSenders(self)
        self.senders.said.connect(self.look)
        inner.addWidget(self.senders)
        return frame

    def title(self) -> str:
        return self.words.say("Messages")

    def help_text(self) -> str:
        return self.words.say(
            "Best: open WhatsApp Web, mark the messages, copy, and press Ctrl+V here. Or export the chat on the phone, without media, and drop the .txt or .zip here. The same chat may come again and again: nothing counts twice. Ctrl+Enter records."
        )

    def refresh(self) -> None:
        if self.recorded is None:
            self._show_nothing()
        else:
            self.senders.show_unknown(self.recorded.unknown_senders())

    def arrive(self) -> None:
        self.choose.setFocus()

    def new(self) -> None:
        self._choose()

    def _typed(self) -> Any:
        """Whose the senders are, with the file of the chat; of what was pasted nothing is kept."""
        if not self.senders.chosen:
            return None
        return {"file": str(self._source) if isinstance(self._source, Path) else "", "senders": self.senders.chosen}

    def _put_back(self, typed: Any) -> None:
        self.senders.chosen = dict(typed["senders"])
        path = Path(typed["file"])
        if typed["file"] and path.exists():
            self._source = path
            self.source_name.setText(path.name)
            self._read(None)
        else:
            self.senders.show_unknown(self.recorded.unknown_senders() if self.recorded is not None else {})
            self.note.say(self.words.say("Whose the senders are stands on the right again. Choose or paste the chat once more."))
            self._awaited = True

    # Reading --------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        chosen = ask_to_open(self, self.words, self.choose.text(), "WhatsApp (*.txt *.zip);;(*.csv *.eml *.*)")
        if chosen:
            self.use(chosen)

    def use(self, path: Path) -> None:
        """Take a chat's file and show what it tells."""
        self._begin(path, path.name)

    def paste(self) -> None:
        """Take what was copied, as text or as a file."""
        # An empty clipboard of some systems has no data at all, whatever the type says.
        data = QGuiApplication.clipboard().mimeData() or QMimeData()
        path = next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "") if data.hasUrls() else ""
        if path:
            self.use(Path(path))
        elif data.hasText() and data.text().strip():
            self.use_text(data.text())
        else:
            self.note.say(self.words.say("There is no text to paste. Copy the messages first."), "warn")

    def use_text(self, text: str) -> None:
        """Take pasted text and show what it tells."""
        self._begin(text, self.words.say("pasted text"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        path = next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "")
        if path:
            self.use(Path(path))
        elif data.hasText():
            self.use_text(data.text())

    def _begin(self, source: Path | str, name: str) -> None:
        self._source = source
        self.source_name.setText(name)
        if not self._awaited:
            self.senders.forget_said()
        self._awaited = False
        self.dates.hide()
        self.dates.choose(DateOrder.DAY_FIRST)
        self._read(None)

    def _read(self, order: DateOrder | None) -> None:
        source, street = self._source, self.context.street
        if source is None:
            return
        self._asked += 1
        self.note.silence()
        self._show_nothing()

        def work(progress: JobProgress) -> tuple[Chat, list[Told]]:
            if isinstance(source, Path):
                chat = open_chat(street, source, order=order, progress=progress)
            else:
                chat = read_text(street, source, order=order, progress=progress)
            return chat, told(street, chat, progress=progress)

        self.context.runner.work(
            work, owner=self, done=partial(self._was_read, self._asked), failed=self._unreadable, label=self.words.say("Reading")
        )

    def _unreadable(self, error: Exception) -> bool:
        if isinstance(error, UnreadableChat):
            self.note.say(chat_trouble_text(self.words, error), "warn")
            return True
        return False

    def _was_read(self, asked: int, read: tuple[Chat, list[Told]]) -> None:
        if asked != self._asked:
            return
        chat, self._told = read
        if not chat.certain:
            self.dates.show()
            self.note.say(
                self.words.say("Day and month of this chat can be read both ways. Choose at the top right which comes first."), "warn"
            )
        if not self._told:
            said = self.words.say_count(
                "{n} message read; no line or code of a voucher is in it.",
                "{n} messages read; no line or code of a voucher is in them.",
                len(chat.messages),
            )
            self.note.say(said, "warn")
            return
        self.look()

    # Looking and recording ------------------------------------------------------------------------------------

    def look(self) -> None:
        """Show what recording would do."""
        if self._told:
            self._run(partial(self._show, self._asked), rehearse=True, text=self.words.say("Checking"))

    def record(self) -> None:
        """Keep what the chat tells."""
        if self.take.isEnabled():
            self.take.setEnabled(False)
            self._run(self._was_recorded, rehearse=False, text=self.words.say("Recording"))

    def _run(self, done: Any, *, rehearse: bool, text: str) -> None:
        context, found = self.context, self._told
        now, by = context.clock.now(), context.actor
        senders, nameless = self.senders.senders(), self.senders.nameless_shop_id()

        def work(tx: Any, progress: JobProgress) -> RecordedMessages:
            return messages.record(tx, told=found, at=now, by=by, senders=senders, nameless_shop_id=nameless, progress=progress)

        context.runner.command_with_progress(work, owner=self, done=done, refused=self.refused, label=text, rehearse=rehearse)

    def _show_nothing(self) -> None:
        self.recorded, self._told = None, []
        for key in _VIEWS:
            self.views.count(key, 0)
        self._places.setCurrentWidget(self._empty)
        self.senders.show_unknown({})
        self.take.setEnabled(False)
        self.take.setText(self.words.say("Record"))

    def _show(self, asked: int, recorded: RecordedMessages) -> None:
        if asked != self._asked:
            return
        self.recorded = recorded
        for key, kinds in _VIEWS.items():
            self.views.count(key, recorded.count(*kinds))
        self._places.setCurrentWidget(self.table)
        self._show_rows()
        self.senders.show_unknown(recorded.unknown_senders())
        count = len(recorded.evidence_ids)
        self.take.setText(self.words.say_count("Record {n} line", "Record {n} lines", count))
        self.take.setEnabled(bool(count or self.senders.senders()))
        if not count and recorded.count(MessageKind.UNKNOWN_SENDER) == 0:
            self.note.say(self.words.say("Everything in this chat is recorded already; nothing counts twice."))

    def _show_rows(self) -> None:
        if self.recorded is None:
            return
        kinds = _VIEWS[self.views.current()]
        with self.context.database.reader() as reader:
            codes = {shop_id: code for code, shop_id in names.shops(reader).items()}
        self.table.show_rows([one for one in self.recorded.rows if one.kind in kinds], codes)

    def _was_recorded(self, recorded: RecordedMessages) -> None:
        words = self.words
        self.senders.forget_said()
        self._show(self._asked, recorded)
        self.take.setEnabled(False)
        said = words.say(
            "Recorded: {new} new, {known} recorded already, {ask} to decide",
            new=recorded.count(MessageKind.NEW),
            known=recorded.count(MessageKind.KNOWN),
            ask=recorded.count(MessageKind.ASK),
        )
        self.note.say(said, "good")
        if recorded.evidence_ids:
            self.offer_undo(said, lambda page: page.take_back(recorded.evidence_ids))
        else:
            self.context.status.say(said)

    def take_back(self, evidence_ids: tuple[int, ...]) -> None:
        """Take recorded messages back."""
        said = self.words.say("The messages were undone")
        self.do(evidence.withdraw, evidence_ids=evidence_ids, reason=self.words.say("Undo"), done=lambda _: self._taken_back(said))

    def _taken_back(self, said: str) -> None:
        self.context.status.say(said)
        self.look()
