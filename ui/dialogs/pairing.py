"""Shows a phone's pairing code large, for the phone to scan now; or opens its slip to print."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from caringstreet.queries.devices import PairingRow
from caringstreet.scanning.qr import text_symbol
from caringstreet.words import Words
from ui.widgets.basics import Note, label, row
from ui.widgets.dialog import Dialog
from ui.widgets.qr_picture import QrPicture

#: The words stand beside the code: below it they would not fit a screen at 150 %.
_BESIDE = 280


class PairingDialog(Dialog):
    """The key is on the screen only while this is open."""

    def __init__(
        self, parent: QWidget, words: Words, pairing: PairingRow, text: str, *, has_page: bool, open_slip: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        say = words.say
        name = words.own(pairing.shop_zh, pairing.shop_en)
        self.setWindowTitle(say("Pair a phone"))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label(f"{pairing.shop}.{pairing.number}  {name}", "heading"))
        self.picture = QrPicture(text_symbol(text).rows, say("Pairing code of {phone}", phone=f"{pairing.shop}.{pairing.number}"))
        said = label(
            say("Hold the shop's phone before it and let its camera open the page. Once is enough; from then on the page knows the shop."),
            wrap=True,
        )
        said.setFixedWidth(_BESIDE)
        beside = QVBoxLayout()
        beside.addWidget(said)
        if not has_page:
            self.note = Note()
            self.note.say(say("The street has no page yet, so no phone can use this card until it has one."), "warn")
            beside.addWidget(self.note)
        beside.addStretch(1)
        line = row(self.picture, spacing=18)
        line.addLayout(beside)
        column.addLayout(line)
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("Done"), QDialogButtonBox.ButtonRole.AcceptRole)
        close.setProperty("kind", "primary")
        self.slip = buttons.addButton(say("Print pairing slip"), QDialogButtonBox.ButtonRole.ActionRole)
        self.slip.setAutoDefault(False)
        self.slip.clicked.connect(lambda: open_slip())
        buttons.accepted.connect(self.accept)
        column.addWidget(buttons)
