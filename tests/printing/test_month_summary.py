"""The summary as paper: two pages, every figure whole, a long street still on one page."""

import subprocess
from datetime import date
from pathlib import Path

from caringstreet.papers.month_json import month_json
from caringstreet.papers.month_summary import write_summary_pdf, write_summary_xlsx
from caringstreet.queries import month_summary
from caringstreet.rules.months import Month
from caringstreet.services.month_summary import KeptSummary, checksum_of
from caringstreet.words import words_for
from tests.builders import NOW, a_household, a_shop, a_street, an_offer, handed_out


def test_a_long_street_fits_its_two_pages_and_adds_up(tmp_path: Path) -> None:
    street = a_street(tmp_path, cap_one=99)
    for number in range(1, 41):
        offer = an_offer(street, a_shop(street, f"S{number:02d}", name_zh=f"很長名字的商戶第{number}號"))
        handed_out(street, a_household(street, display_name=f"街坊{number}"), offer)
    with street.database.reader() as reader:
        figures = month_summary.figures(reader, Month(2026, 11), date(2026, 12, 1))
    pdf = tmp_path / "summary.pdf"
    document = month_json(figures, None)
    kept = KeptSummary(3, True, checksum_of(document))
    write_summary_pdf(street, figures, kept, pdf, made_at=NOW)
    said = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    chinese, english = said.split("\f")[:2]
    assert "暫定第 3 號" in chinese
    assert "Provisional no. 3" in english
    assert "其他 17 間商戶" in chinese
    assert "17 other shops" in english
    assert f"2026年11月1日 10:00 · 核對碼 {kept.checksum}" in chinese
    assert f"1 November 2026 10:00 · checksum {kept.checksum}" in english
    assert checksum_of(dict(reversed(document.items()))) == kept.checksum
    assert checksum_of(document | {"issued": 41}) != kept.checksum
    assert "…" not in said
    assert said.count("\f") == 2
    workbook = tmp_path / "summary.xlsx"
    write_summary_xlsx(street, figures, 3, workbook, words_for("en"), made_at=NOW, fund=None)
    import openpyxl

    book = openpyxl.load_workbook(workbook)
    rows = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    assert rows["Issued"] == rows["Expired"] == 40
    assert book["Shops"].max_row == 41
    street.close()
