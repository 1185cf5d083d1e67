"""Pictures of every page in both languages and looks, on the practice street. Run by `poe screenshots`."""

import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from caringstreet.clock import FixedClock
from caringstreet.practice.street import make_demo
from caringstreet.rules.quantities import ONE, plain_quantity
from ui import theme
from ui.context import Target
from ui.desktop import set_language
from ui.house import House
from ui.main_window import MainWindow
from ui.pages.stock_take_page import StockTakePage
from ui.preferences import Preferences
from ui.tables.stock_take_table import COUNTED

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
PAGES = (
    ("today", None, ""),
    ("shops", None, ""),
    ("shop_form", 3, ""),
    ("offer_form", 3, ""),
    ("households", None, ""),
    ("household_form", None, "new"),
    ("vouchers", None, ""),
    ("issue", 1, "household"),
    ("print", 1, "household"),
    ("hand_out", None, ""),
    ("scan", None, ""),
    ("questions", None, ""),
    ("messages", None, ""),
    ("import", None, ""),
    ("reports", None, ""),
    ("settings", None, ""),
    ("goods", None, "first"),
    ("goods_intake", None, "new"),
    ("goods_donations", None, ""),
    ("stock_take", None, ""),
    ("goods_hand_out", None, ""),
    ("goods_month", None, ""),
    ("runs", None, ""),
)


def take(folder: Path, *, languages: tuple[str, ...] = ("zh_HK", "en"), schemes: tuple[str, ...] = ("light", "dark")) -> None:
    """Write one PNG for each page, language and look."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts(application)
    home = Path(tempfile.mkdtemp())
    fresh = home / "fresh.caringstreet"
    make_demo(fresh, today=FixedClock(NOW).today())
    for language in languages:
        for scheme in schemes:
            # What is typed for one picture would be offered back in the next.
            data = home / f"{language}-{scheme}.caringstreet"
            shutil.copyfile(fresh, data)
            preferences = Preferences(home / f"{language}-{scheme}.ini")
            preferences.set("language", language)
            preferences.set("actor", "林姑娘" if language == "zh_HK" else "Miss Lam")
            theme.apply(application, scheme)
            set_language(application, language)
            house = House(application, preferences, language, clock=FixedClock(NOW), inline=True)
            house.enter(data)
            window = house.window
            assert isinstance(window, MainWindow)
            window.showNormal()
            window.resize(1366, 768)
            for name, subject, action in PAGES:
                window.show_page(Target(name, subject, action))
                if name == "scan":
                    _scan_something(window)
                if name == "messages":
                    _paste_something(window)
                if name == "stock_take":
                    _count_something(window)
                application.processEvents()
                QThreadPool.globalInstance().waitForDone()
                application.processEvents()
                window.grab().save(str(folder / f"{name}-{language}-{scheme}.png"))
            house.close()


def _count_something(window: MainWindow) -> None:
    """Two lots counted, one of them with a difference."""
    page = window.page()
    assert isinstance(page, StockTakePage)
    for number, less in ((0, 0), (1, 2)):
        counted = plain_quantity(page.model.rows[number].stock - less * ONE)
        page.model.setData(page.model.index(number, COUNTED), counted)


def _paste_something(window: MainWindow) -> None:
    """A shop's chat: two codes, one mistyped, and a neighbour's greeting."""
    from caringstreet.queries.vouchers import VoucherFilter, listed
    from caringstreet.rules.codes import pretty
    from caringstreet.rules.vouchers import VoucherState
    from ui.pages.messages_page import MessagesPage

    page = window.page()
    assert isinstance(page, MessagesPage)
    context = window.context
    with context.database.reader() as reader:
        rows = listed(reader, VoucherFilter(month=context.month.month, state=VoucherState.HANDED_OUT), context.clock.today())
    codes = [pretty(row.code) for row in rows if row.shop == "S06"][:2]
    said = ("早晨！", *codes, "7KQ4-M2XT-J", "多謝街坊")
    page.use_text("\n".join(f"21/11/2026 上午10:{minute:02} - S06: {text}" for minute, text in enumerate(said, 10)))


def _scan_something(window: MainWindow) -> None:
    """A few slips of shop S06: good ones, one of another shop, one mistyped."""
    from caringstreet.queries.vouchers import VoucherFilter, listed
    from caringstreet.rules.vouchers import VoucherState
    from ui.pages.scan_page import ScanPage

    page = window.page()
    assert isinstance(page, ScanPage)
    page.tray.empty()
    context = window.context
    with context.database.reader() as reader:
        rows = listed(reader, VoucherFilter(month=context.month.month, state=VoucherState.HANDED_OUT), context.clock.today())
    own = [row.code for row in rows if row.shop == "S06"][:5]
    other = [row.code for row in rows if row.shop == "S14"][:1]
    page.shop.choose(next(row.shop_id for row in rows if row.shop == "S06"))
    for code in (*own, *other, "7KQ4-M2XT-J", *own[:1]):
        page.take_code(code)
    page.counted.setValue(9)
    page.tray.clock = lambda: 1e9
    page.take_code(own[0])


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/screenshots"))
