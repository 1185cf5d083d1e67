"""What can be done with the lot in view, and how it is asked."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from caringstreet.queries import goods as queries
from caringstreet.queries.goods import LotDetail, LotRow, MovementRow
from caringstreet.rules.goods import MovementKind, stale_reason
from caringstreet.services import goods
from caringstreet.services.goods import MovedGoods
from caringstreet.wording.goods import amount
from caringstreet.wording.lots import movement_text, signed_amount
from ui.dialogs.goods_give import GiveDialog
from ui.dialogs.goods_minimum import MinimumDialog
from ui.dialogs.goods_throw_away import ThrowAwayDialog
from ui.dialogs.paper_dialog import PaperDialog
from ui.widgets.ask import ask, ask_reason
from ui.widgets.basics import button
from ui.widgets.list_page import ListPage
from ui.widgets.page import Page

#: So many lots are named in a question; the others are counted.
_TOLD = 8


def show_receipt(page: Page, donation_id: int, number: int) -> None:
    """The receipt of a donation, to be printed or saved."""
    street, now = page.context.street, page.context.clock.now()

    def draw(path: Path) -> None:
        # reportlab is slow to load, and needed only to draw.
        from caringstreet.papers.goods import write_receipt

        write_receipt(street, donation_id, path, made_at=now)

    PaperDialog(page, page.words.say("Receipt no. {n}", n=number), f"receipt-{number}.pdf", draw).exec()


def stands(entry: MovementRow) -> bool:
    """Whether an entry is an intake that nobody took back."""
    return entry.kind is MovementKind.INTAKE and not entry.corrected


class GoodsActions:
    """The buttons below the panel; what was done is taken back from the bottom line."""

    def __init__(self, page: ListPage) -> None:
        self._page, self._words = page, page.words
        self.menu = QMenu(page)

    def offer(self, one: LotDetail, when: tuple[date, datetime], *, now: bool) -> None:
        """What makes sense for this lot; of another day than today nothing can be given."""
        say, lot, page = self._words.say, one.row, self._page
        stale = stale_reason(lot.freshness, *when) is not None
        there = now and lot.stock > 0
        give = button(say("Give"), partial(self.give, lot), kind="" if stale else "primary", picture="hand-helping")
        give.setEnabled(there and not stale)
        away = button(say("Throw away"), partial(self.throw_away, lot), kind="primary" if stale and there else "", picture="trash-2")
        away.setEnabled(there)
        self.menu.clear()
        entry = self.menu.addAction(say("Tell me when it runs low…"))
        entry.triggered.connect(lambda _=False: self.set_minimum(lot))
        recall = button(say("Who got of it"), lambda: page.go_to("goods_recall", lot.lot_id), picture="users")
        recall.setToolTip(say("Recall: everybody who got of this lot, to be told"))
        receipt = self.menu.addAction(say("Receipt…"))
        receipt.setEnabled(not one.refused_reason and any(stands(entry) for entry in one.movements))
        receipt.triggered.connect(lambda _=False: show_receipt(page, lot.donation_id, lot.number))
        again = button(say("Take in again"), lambda: page.go_to("goods_intake", lot.donation_id, "again"), picture="refresh-cw")
        again.setToolTip(say("Take in the same donation once more, today"))
        more = button(say("More"), lambda: None, picture="ellipsis")
        more.setMenu(self.menu)
        if not one.refused_reason:
            page.buttons(give, away, across=2)
        page.buttons(again, more, across=2)
        if not one.refused_reason:
            page.buttons(recall)

    def give(self, lot: LotRow) -> None:
        """To a household, a group, a shop, a partner or the team."""
        GiveDialog(self._page, lot, lambda done: self._moved(done, self._words.say("{item} given", item=lot.item))).exec()

    def throw_away(self, lot: LotRow) -> None:
        """All or some of the lot, with a reason."""
        said = self._words.say("{item} thrown away", item=lot.item)
        now = self._page.context.clock.now()
        ThrowAwayDialog(self._page, lot, now, lambda done: self._moved(done, said)).exec()

    def throw_away_stale(self, lots: Sequence[LotRow]) -> None:
        """All that is blocked, after a question that names the figures."""
        words, page = self._words, self._page
        lines = [
            words.say_count(
                "Throw away what is left of {n} lot that may not be given any more:",
                "Throw away what is left of {n} lots that may not be given any more:",
                len(lots),
            )
        ]
        lines += [f"{one.item} {amount(words, one.stock, one.unit)}" for one in lots[:_TOLD]]
        if len(lots) > _TOLD:
            lines.append(words.say("and {n} more", n=len(lots) - _TOLD))
        if ask(page, words, "\n".join(lines), words.say("Throw away")):
            page.do(
                goods.throw_away_stale,
                lot_ids=[one.lot_id for one in lots],
                day=page.context.clock.today(),
                done=lambda done: self._moved(done, words.say_count("{n} lot thrown away", "{n} lots thrown away", len(done.movement_ids))),
            )

    def _moved(self, done: MovedGoods, said: str) -> None:
        undo = self._words.say("Undo")
        self._page.undoable(said, goods.correct, movement_ids=done.movement_ids, reason=undo)

    def set_minimum(self, lot: LotRow) -> None:
        """From how little on the item counts as low."""
        with self._page.context.database.reader() as reader:
            minimum = queries.minimum(reader, lot.item, lot.unit)
        MinimumDialog(self._page, lot, minimum).exec()

    def correct(self, lot: LotRow, entry: MovementRow) -> None:
        """Counter an entry that was recorded by mistake; both stay in the ledger."""
        words, page = self._words, self._page
        what = f"{lot.item} {signed_amount(words, entry.quantity, lot.unit)} · {movement_text(words, entry)}"
        said = words.say("{what}: recorded by mistake? A counter-entry is made; both stay in the ledger.", what=what)
        reason = ask_reason(page, words, said, words.say("Correct"))
        if reason is not None:
            page.do(
                goods.correct,
                movement_ids=[entry.movement_id],
                reason=reason,
                done=lambda _: page.context.status.say(words.say("{item} corrected", item=lot.item)),
            )
