"""The month of goods as paper and workbook: both languages, and every printed total is that of the ledger."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.papers.goods import write_goods_month, write_goods_xlsx
from caringstreet.queries import goods_month
from caringstreet.queries.goods_month import GoodsMonth
from caringstreet.rules.goods import GiverKind
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import Unit
from caringstreet.wording.goods import amount, figure
from caringstreet.words import words_for
from tests.builders import NOW, a_shop, a_street
from tests.printing.goods import a_donation, a_full_month, a_lot
from tests.printing.paper import ink_at_the_edge, words_of

NOVEMBER = Month(2026, 11)


def the_figures(street: OpenStreet) -> GoodsMonth:
    with street.database.reader() as reader:
        return goods_month.figures(reader, NOVEMBER)


def rows_named(page: str, name: str) -> list[list[str]]:
    """The cells of the printed rows that begin with a name."""
    return [re.split(r"\s+", line.strip()) for line in page.splitlines() if line.strip().startswith(name)]


def in_languages(pages: list[str]) -> tuple[str, str]:
    first = next(place for place, page in enumerate(pages) if "goods of November 2026" in page)
    return "\n".join(pages[:first]), "\n".join(pages[first:])


def test_the_printed_totals_are_the_figures(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_full_month(street)
    figures = the_figures(street)
    pdf = tmp_path / "goods.pdf"
    count = write_goods_month(street, figures, 7, pdf, made_at=NOW)
    pages = words_of(pdf)
    assert len(pages) == count
    assert all(f"{number} 頁，共 {count} 頁" in page or f"page {number} of {count}" in page for number, page in enumerate(pages, 1))
    chinese, english = in_languages(pages)
    for said, words, together in ((chinese, words_for("zh_HK"), "合計"), (english, words_for("en"), "Together")):
        printed = rows_named(said, together)
        names = ("opening", "taken_in", "given", "disposed", "adjusted", "on_hand")
        for unit in {one.unit for one in figures.items}:
            sums = [sum(getattr(one, name) for one in figures.items if one.unit is unit) for name in names]
            assert sums[5] == sums[0] + sums[1] - sums[2] - sums[3] + sums[4]
            named = amount(words, 2000, unit).split()[1]
            assert [together, named, *map(figure, sums)] in printed
            assert [together, named, *map(figure, sums[1:4])] in printed
            givers = [one for one in figures.givers if one.unit is unit]
            weeks = [part for week in figures.weeks for part in week.parts if part.unit is unit]
            for parts in (givers, weeks):
                assert [sum(getattr(one, name) for one in parts) for name in names[1:4]] == sums[1:4]
        assert [together, "544", "521", "23", "0"] in printed
    assert "收到 544 = 派發 521 + 棄置 23 + 剩餘 0" in chinese
    assert "544 collected = 521 given out + 23 thrown away + 0 left over" in english
    assert "收到 214 = 不合用 31 + 陳列 183；183 = 選走 141 + 留存 30 + 回收 12" in chinese
    assert "暫定第 7 號" in chinese and "Provisional no. 7" in english
    assert "數目相符" in chinese and "It adds up" in english and "數目不符" not in chinese
    assert not ink_at_the_edge(pdf, 6)
    street.close()


def test_the_headline_and_what_was_passed_on(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_full_month(street)
    pdf = tmp_path / "goods.pdf"
    figures = the_figures(street)
    write_goods_month(street, figures, None, pdf, made_at=NOW)
    chinese, english = in_languages(words_of(pdf))
    assert figures.grams_given == 521 * 80 + 2500
    assert (figures.reached, figures.never_reached) == (2, 3)
    for wanted in ("44.2 公斤", "個住戶從未收到", "婉拒了 1 次捐贈", "S01 1號麵包店", "批發商", "暫定", "轉贈商戶及義工隊"):
        assert wanted in chinese
    for wanted in ("44.2 kg", "never reached", "1 donation was declined", "Passed on to shops and the team", "Not fit", "Recycled"):
        assert wanted in english
    assert "陳太的電話" not in chinese + english and "街坊2" not in chinese + english
    street.close()


def test_an_empty_month_is_one_page_a_language(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    pdf = tmp_path / "goods.pdf"
    assert write_goods_month(street, the_figures(street), None, pdf, made_at=NOW) == 2
    chinese, english = words_of(pdf)
    assert "這個月沒有物資紀錄" in chinese and "Nothing of goods was recorded" in english
    street.close()


def test_many_goods_and_many_runs_still_stand_whole(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_full_month(street)
    shop = a_shop(street, "S60", name_zh="𨋢埗㓥魚檔")
    a_donation(
        street,
        *(a_lot(f"𨋢埗㓥物資第{number:02d}款超長名稱超長名稱超長名稱", 1234.5) for number in range(60)),
        giver="",
        giver_kind=GiverKind.SHOP,
        shop_id=shop,
    )
    figures = the_figures(street)
    many = replace(figures, runs=tuple(replace(figures.runs[0], day=date(2026, 11, day)) for day in range(1, 31)))
    pdf = tmp_path / "goods.pdf"
    write_goods_month(street, many, None, pdf, made_at=NOW)
    for said in in_languages(words_of(pdf)):
        assert all(f"第{number:02d}款" in said for number in range(60))
        assert "74,070" in said and "𨋢埗㓥" in said and "…" not in said
    street.close()


def test_a_month_that_does_not_add_up_says_so(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_donation(street, a_lot("米", 2, Unit.KILOGRAM))
    figures = the_figures(street)
    wrong = replace(figures, items=(replace(figures.items[0], on_hand=1),))
    write_goods_month(street, wrong, None, tmp_path / "goods.pdf", made_at=NOW)
    chinese, english = in_languages(words_of(tmp_path / "goods.pdf"))
    assert "數目不符：米" in chinese and "Does not add up" in english and "It adds up" not in english
    street.close()


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_the_workbook_adds_up_and_names_no_household(tmp_path: Path, language: str) -> None:
    street = a_street(tmp_path)
    a_full_month(street)
    words, out = words_for(language), tmp_path / "goods.xlsx"
    write_goods_xlsx(street, NOVEMBER, out, words)
    book = openpyxl.load_workbook(out)
    items, ledger = book[words.say("Goods of the month")], book[words.say("Movements")]
    moved: dict[tuple[str, str], float] = {}
    for row in ledger.iter_rows(min_row=2, values_only=True):
        moved[row[4], row[5]] = moved.get((row[4], row[5]), 0) + row[6]
    for item, unit, opening, taken_in, given, disposed, adjusted, on_hand in items.iter_rows(min_row=2, values_only=True):
        assert on_hand == pytest.approx(opening + taken_in - given - disposed + adjusted)
        assert on_hand == pytest.approx(opening + moved.pop((item, unit), 0))
    assert all(rest == 0 for rest in moved.values())
    said = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert "H-0001" in said and "H-0002" in said
    assert not [one for one in said if "陳太" in one or one.startswith("街坊1")]
    figures = the_figures(street)
    assert [row[1:] for row in book[words.say("Bread runs")].iter_rows(min_row=2, values_only=True)] == [
        (one.collected // 1000, one.handed_out // 1000, one.disposed // 1000, one.left // 1000) for one in figures.runs
    ]
    (day,) = book[words.say("Choice days")].iter_rows(min_row=2, values_only=True)
    assert day[2:] == (3, 214, 31, 183, 141, 42, 30, 12, 3)
    assert book[words.say("By giver")].max_row == 1 + len(figures.givers)
    street.close()
