"""A long day: opens, works, leaves, re-enters, changes language and look fifty times, and nothing is left behind."""

from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from caringstreet import paths
from caringstreet.practice.street import make_demo
from caringstreet.queries.vouchers import VoucherFilter, listed
from caringstreet.rules.codes import pretty
from caringstreet.rules.vouchers import HandedTo
from caringstreet.services import vouchers as services
from tests.builders import NOW, TODAY, a_household, a_shop, a_street, an_offer, handed_out, issued
from tests.e2e.left_behind import Left, let_go, only_what_comes_now, what_is_left
from tests.ui.desk import WindowDesk, in_dialog
from ui import problems
from ui.pages.household_form import HouseholdFormPage
from ui.pages.issue_page import IssuePage
from ui.pages.offer_form import OfferFormPage
from ui.pages.print_page import PrintPage
from ui.pages.scan_page import ScanPage
from ui.pages.shop_form import ShopFormPage
from ui.pages.vouchers_page import VouchersPage
from ui.widgets.ask import AskDialog
from ui.widgets.page import Page

P = TypeVar("P", bound=Page)
ROUNDS = 50
#: By then every cache is full that ever will be.
SETTLED = 18
#: Rows of one more shop or offer, and what Qt's Python keeps of spacers and of what is counted here (44 were seen); a page
#: left behind is hundreds.
OBJECTS_A_ROUND = 100
MB = 1_000_000


class LongDay(WindowDesk):
    """Somebody who does a little of everything; each job runs on the worker thread, as in the real window."""

    def __init__(self, folder: Path, in_hands: str, waiting: int) -> None:
        super().__init__(folder, NOW, "en", inline=False)
        self.in_hands, self.waiting = in_hands, waiting
        self.moments: list[Left] = []
        self.jobs = (self.new_shop, self.new_offer, self.new_household, self.think_better_of_it, self.issue_and_void, self.scan)

    def round(self, number: int) -> None:
        """One job, an action taken back in another language or look, and a visit to the practice street."""
        self.jobs[number % len(self.jobs)](number)
        self.done()
        self.change_mind_in_another_language_or_look(number)
        self.leave_amid_work()

    def on(self, kind: type[P], name: str, subject: int | None = None, action: str = "") -> P:
        page = self.page(name, subject, action)
        assert isinstance(page, kind)
        return page

    def done(self) -> None:
        self.runner.finish()
        let_go()

    def new_shop(self, number: int) -> None:
        form = self.on(ShopFormPage, "shop_form", None, "new")
        form.code.setText(f"T{number:02}")
        form.name_zh.setText(f"商戶{number}")
        self.press(form.words.say("Save"))

    def new_offer(self, number: int) -> None:
        form = self.on(OfferFormPage, "offer_form", 1, "new")
        form.title_zh.setText(f"飯{number}")
        for field, text in zip(form.price.fields.values(), ("42", "0", "12", "30"), strict=True):
            field.setText(text)
        self.press(form.words.say("Save"))

    def new_household(self, number: int) -> None:
        form = self.on(HouseholdFormPage, "household_form", None, "new")
        form.display_name.setText(f"街坊{number}")
        self.press(form.words.say("Save"))

    def think_better_of_it(self, _: int) -> None:
        """A dialog opened and closed, and a form begun and left; what was typed in both is offered, and let go."""
        page = self.on(VouchersPage, "vouchers")
        seen = in_dialog(AskDialog, lambda dialog: dialog.text.setPlainText("Perhaps"))
        page.act("withdraw", [self.waiting])
        assert seen
        form = self.on(ShopFormPage, "shop_form", 1)
        form.name_en.setText("Begun")
        form.leave()
        drafts = [one for one in self.window.context.drafts.offered() if one.place != "scan"]
        assert len(drafts) == 2
        for one in drafts:
            self.window.draft_bar.discarded.emit(one)

    def issue_and_void(self, _: int) -> None:
        page = self.on(IssuePage, "issue")
        page.by_hand.choose(1)
        page.by_hand.offers.choose(1, 1)
        page.by_hand.issue.click()
        self.done()
        with self.answering("Mistake"):
            self.take_back()

    def scan(self, _: int) -> None:
        """An envelope is scanned, recorded and taken back."""
        page = self.on(ScanPage, "scan")
        page.shop.choose(1)
        page.take_code(self.in_hands)
        self.done()
        page.record()
        self.done()
        self.take_back()

    def take_back(self) -> None:
        assert self.window.context.status.now.undo, self.window.status_text()
        self.window.bottom.act()
        self.done()
        assert not self.window.context.status.now.undo

    def change_mind_in_another_language_or_look(self, number: int) -> None:
        page = self.on(VouchersPage, "vouchers")
        page.do(services.hand_out, voucher_ids=[self.waiting], day=TODAY, to=HandedTo.SELF, done=page._handed_out)
        self.done()
        (self.window.side.scheme_button if number % 2 else self.window.side.language_button).click()
        let_go()
        self.take_back()

    def leave_amid_work(self) -> None:
        """Papers are still being drawn when one leaves for the practice street, and comes back.

        What lives is counted there, where nothing is ever added: the first page of one's own grows with what waits to be done.
        """
        self.on(PrintPage, "print")
        self.house.enter_practice()
        assert self.street.practice
        self.moments.append(what_is_left())
        self.window.leave_practice.click()
        assert not self.street.practice


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LongDay:
    """A street of one's own with a voucher in a neighbour's hands and one to print, and a practice street beside it."""
    street = a_street(paths.default_street().parent)
    assert street.database.path == paths.default_street()
    shop, household = a_shop(street), a_household(street)
    offer = an_offer(street, shop)
    [voucher], [waiting] = handed_out(street, household, offer), issued(street, household, offer)
    with street.database.reader() as reader:
        code = next(row.code for row in listed(reader, VoucherFilter(), TODAY) if row.voucher_id == voucher)
    street.close()
    make_demo(paths.practice_street(), months=1, households_wanted=8, today=TODAY)
    made = LongDay(tmp_path, pretty(code), waiting)
    # Every window tells its troubles there.
    monkeypatch.setattr(problems, "report", lambda words, error, parent=None: made.failures.append(error))
    return made


def test_fifty_rounds_leave_nothing_behind(day: LongDay) -> None:
    with only_what_comes_now():
        before = what_is_left()
        day.house.enter(paths.default_street())
        for number in range(ROUNDS):
            day.round(number)
            assert day.failures == []
        day.house.close()
        after = what_is_left()
    # In every fourth round the window has the same language and look.
    first, last = day.moments[SETTLED - 1], day.moments[-1]
    for later in day.moments[SETTLED - 1 :: 4]:
        assert later.things - first.things == {}
    assert last.python - first.python < OBJECTS_A_ROUND * (ROUNDS - SETTLED)
    # What is free in between is not given back at once, so rounds are compared with rounds.
    assert min(one.memory for one in day.moments[-10:]) - max(one.memory for one in day.moments[10:20]) < 8 * MB
    gone = {what: count for what, count in (after.things - before.things).items() if what.startswith(("window", "thread", "QThread"))}
    assert gone == {}
