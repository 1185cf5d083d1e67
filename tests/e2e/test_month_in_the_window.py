"""The sample month through the main window: import, issue, print, read the paper back, hand out, scan, sum up."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import found_street
from caringstreet.clock import FixedClock, to_utc
from caringstreet.papers.month_json import month_json
from caringstreet.papers.voucher_sheets import qr_text
from caringstreet.queries import sheets as sheet_queries
from caringstreet.queries.vouchers import VoucherFilter, listed
from caringstreet.rules.codes import pretty
from caringstreet.rules.evidence import Channel
from caringstreet.rules.months import Month
from caringstreet.services.street import StreetSettings
from tests.e2e.test_month_by_commands import _compare, codes_on_paper
from tests.november import AFTER, Made, chosen, events, rows
from tests.ui.desk import WindowDesk
from ui.pages.hand_out_page import HandOutPage
from ui.pages.import_page import ImportPage
from ui.pages.issue_page import IssuePage
from ui.pages.print_page import PrintPage
from ui.pages.reports_page import ReportsPage
from ui.pages.scan_page import ScanPage
from ui.pages.vouchers_page import VouchersPage

START = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
MONTH = Month(2026, 11)


def made_vouchers(desk: WindowDesk) -> list[Made]:
    with desk.street.database.reader() as reader:
        found = listed(reader, VoucherFilter(month=MONTH), date(2026, 11, 1), "household")
        papers = sheet_queries.sheets(reader, [row.voucher_id for row in found])
    texts = {paper.voucher_id: qr_text(desk.street, paper) for sheet in papers for paper in sheet.vouchers}
    return [
        Made(pretty(row.code), texts[row.voucher_id], row.household, row.offer, row.valid_from, row.valid_to, str(row.state))
        for row in found
    ]


def take_in(desk: WindowDesk, kind: str, path: Path) -> None:
    page = desk.page("import", kind)
    assert isinstance(page, ImportPage)
    page.use(path)
    page.take.click()


def act_on(desk: WindowDesk, code: str, action: str, reason: str) -> None:
    desk.window.take_code(code)
    page = desk.window.page()
    assert isinstance(page, VouchersPage)
    current = page.table.current_id()
    assert current is not None
    with desk.answering(reason):
        page.act(action, [current])


def test_the_sample_month_in_the_window(qtbot: QtBot, tmp_path: Path, samples: Path) -> None:
    expected = json.loads((samples / "expected.json").read_text(encoding="utf-8"))
    data = tmp_path / "street.caringstreet"
    settings = StreetSettings("愛心街", "鄰舍隊", "25550100", page_host="voucher.example.org")
    found_street(data, settings, by="林姑娘", clock=FixedClock(START)).close()
    desk = WindowDesk(tmp_path, START)
    desk.sit_down(data)

    take_in(desk, "shops", samples / "商戶名單.xlsx")
    take_in(desk, "offers", samples / "優惠.csv")
    desk.at(to_utc(datetime(2026, 11, 24, 9)))
    take_in(desk, "households", samples / "住戶名單.xlsx")
    page = desk.page("import", "households")
    assert isinstance(page, ImportPage)
    page.use(samples / "住戶名單_有錯.csv")
    assert page.outcome is not None
    assert (page.outcome.new, page.outcome.bad) == (31, 9)

    desk.at(START)
    issue = desk.page("issue")
    assert isinstance(issue, IssuePage)
    issue.ways.choose("plan")
    issue.ways.chosen.emit("plan")
    issue.by_plan.read(samples / "issue.csv")
    issue.issue_plan.click()
    for day, voucher, note in chosen(made_vouchers(desk), rows(samples, "replacements.csv")):
        desk.at(to_utc(datetime(day.year, day.month, day.day, 10)))
        act_on(desk, voucher.code, "replace", note)
    for day, voucher, note in chosen(made_vouchers(desk), rows(samples, "returns.csv")):
        desk.at(to_utc(datetime(day.year, day.month, day.day, 10)))
        act_on(desk, voucher.code, "take_back", note)

    desk.at(START)
    printing = desk.page("print")
    assert isinstance(printing, PrintPage)
    pdf = tmp_path / "november.pdf"
    printing.save_to(pdf)
    made = [one for one in made_vouchers(desk) if one.state == "made"]
    assert len(made) == 690
    assert sorted(codes_on_paper(pdf, 100)) == sorted(one.text for one in made)
    _hand_out_week_by_week(desk)

    scan = desk.page("scan")
    assert isinstance(scan, ScanPage)
    for sent in events(samples, made):
        desk.at(to_utc(sent.at))
        scan.refresh()
        scan.shop.choose(next(v for v, t in zip(scan.shop._values, _texts(scan), strict=True) if t.startswith(sent.shop + " ")))
        scan.channel.choose(Channel(sent.channel))
        scan.day.set_day(sent.at.date())
        seconds = iter(range(0, 100_000, 10))
        scan.tray.clock = lambda seconds=seconds: float(next(seconds))
        for code in sent.codes:
            scan.take_code(code)
        scan.record_button.click()

    desk.at(to_utc(AFTER))
    desk.window.context.month.show(MONTH)
    reports = desk.page("reports")
    assert isinstance(reports, ReportsPage)
    assert reports.figures is not None
    _compare(month_json(reports.figures), expected, mistyped_kept=False)
    reports.save_to(tmp_path / "summary.pdf")
    assert (tmp_path / "summary.pdf").stat().st_size > 10_000
    desk.leave()


def _texts(scan: ScanPage) -> list[str]:
    return [scan.shop.itemText(place) for place in range(scan.shop.count())]


def _hand_out_week_by_week(desk: WindowDesk) -> None:
    """Whenever the first day of some vouchers has come, all who wait are ticked and recorded."""
    day = date(2026, 11, 1)
    while day <= date(2026, 11, 30):
        desk.at(to_utc(datetime(day.year, day.month, day.day, 18)))
        page = desk.page("hand_out")
        assert isinstance(page, HandOutPage)
        page.day.set_day(day)
        if page.all_button.isEnabled():
            page.all_button.click()
        if page.record_button.isEnabled():
            page.record_button.click()
        day += timedelta(days=1)
