"""The lists of the sample month in another layout, imported in the window to the same totals; a wrong column is put right once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import found_street
from caringstreet.clock import FixedClock
from caringstreet.exchange.columns import RowKind
from caringstreet.queries import fund as fund_queries
from caringstreet.rules.months import Month
from caringstreet.services.street import StreetSettings
from tests import other_layout
from tests.ui.desk import WindowDesk
from ui.pages.import_page import ImportPage

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
LISTS = (
    (RowKind.SHOPS, "商戶名單.xlsx", 20),
    (RowKind.OFFERS, "優惠.csv", 19),
    (RowKind.HOUSEHOLDS, "住戶名單.xlsx", 86),
    (RowKind.FUND, "經費.csv", 9),
)


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_a_month_in_another_layout_comes_to_the_same_totals(qtbot: QtBot, tmp_path: Path, samples: Path, language: str) -> None:
    data = tmp_path / "street.caringstreet"
    found_street(data, StreetSettings("街", "隊"), by="x", clock=FixedClock(NOW)).close()
    desk = WindowDesk(tmp_path, NOW, language)
    desk.sit_down(data)
    page = desk.page("import")
    assert isinstance(page, ImportPage)
    for kind, name, rows in LISTS:
        page.kinds.choose(str(kind))
        other = other_layout.write(tmp_path, kind, samples / name)
        page.use(other)
        outcome = page.outcome
        assert outcome is not None, page.note.text()
        assert (outcome.new, outcome.bad) == (rows, 0), (kind, [(one.line, one.column, one.value, one.kind) for one in outcome.errors[:5]])
        assert outcome.read == outcome.new + outcome.unchanged + outcome.rows_left_out
        assert page.columns is not None
        if kind is RowKind.FUND:
            at = page.opened.columns.columns["text"] if page.opened is not None else 0
            page.columns.corrected.emit(0, "text", None)
            page.columns.corrected.emit(0, "text", at)
        page.take.click()
        page.use(other)
        assert page.outcome is not None and (page.outcome.new, page.outcome.changed) == (0, 0)
    with desk.street.database.reader() as reader:
        found = fund_queries.figures(reader, Month(2026, 11), date(2026, 12, 4))
    assert found is not None
    assert (found.opening_cents, found.income_cents, found.other_out_cents) == (2_240_000, 1_085_000, 18_600)
    assert desk.failures == []
    desk.leave()
