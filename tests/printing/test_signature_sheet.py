"""The hand-out list as paper: one row a household, room to sign, nobody cut off, totals that add up."""

from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.papers.goods import write_signature_sheet
from caringstreet.rules.distributions import LineState
from caringstreet.rules.households import PrintLanguage
from caringstreet.rules.quantities import Unit
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import distributions
from caringstreet.services.distributions import LineForm, ListForm
from tests.builders import BY, NOW, a_household, a_street
from tests.printing.goods import DAY, LONG, a_donation, a_lot
from tests.printing.paper import ink_at_the_edge, words_of


def a_list(street: OpenStreet, *lines: LineForm, name: str = "十一月米糧") -> tuple[int, tuple[int, ...]]:
    with street.database.transaction() as tx:
        made = distributions.plan(tx, form=ListForm(DAY, name, lines), at=NOW, by=BY)
    return made.distribution_id, made.line_ids


def test_a_row_says_who_receives_what_and_nothing_private(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    rice, oil = a_donation(street, a_lot("米", 20, Unit.KILOGRAM), a_lot("花生油（一級壓榨超長名稱特別版）", 9, Unit.BOTTLE)).lot_ids
    first = a_household(street, display_name="𨋢埗㓥婆婆", phone="25559876", floor="5", unit="C")
    second = a_household(street, display_name=LONG, language=PrintLanguage.UR)
    lines = (
        LineForm(rice, 2500, first),
        LineForm(oil, 1000, first),
        LineForm(rice, 5000, second),
        LineForm(oil, 4000, group_name="金華街清潔姐姐"),
    )
    sheet, _ = a_list(street, *lines)
    pdf = tmp_path / "list.pdf"
    assert write_signature_sheet(street, sheet, pdf, made_at=NOW) == 1
    (said,) = words_of(pdf)
    for wanted in (
        "十一月米糧", "11月18日", "Hand-out list", "𨋢埗㓥婆婆", "H-0001", "H-0002", "烏爾都文", "Maria Cristina", "Buenaventura", "特別版", "金華街清潔姐姐", "2.5 公斤",
        "不需要", "Not here", "簽署", "Signature", "名單以外", "7.5 公斤", "7.5 kg", "5 bottles", "碎紙", "經手人", "2555 0100",
    ):  # fmt: skip
        assert wanted in said
    assert said.count("H-0001") == said.count("𨋢埗㓥婆婆") == 1
    assert "9876" not in said and "中文" not in said
    assert not ink_at_the_edge(pdf, 6)
    street.close()


def test_sixty_households_keep_the_headings_on_every_page(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    (rice,) = a_donation(street, a_lot("米", 100, Unit.KILOGRAM)).lot_ids
    lines = [LineForm(rice, 1000, a_household(street, display_name=f"街坊{number:02d}")) for number in range(1, 61)]
    sheet, _ = a_list(street, *lines)
    pdf = tmp_path / "list.pdf"
    count = write_signature_sheet(street, sheet, pdf, made_at=NOW)
    pages = words_of(pdf)
    assert len(pages) == count >= 4
    assert all("".join(pages).count(f"街坊{number:02d}") == 1 for number in range(1, 61))
    assert all("Not needed" in page and f"第 {number} 頁，共 {count} 頁" in page for number, page in enumerate(pages, 1))
    assert "60 公斤" in pages[-1]
    street.close()


def test_an_empty_list_is_paper_for_who_just_comes(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    sheet, _ = a_list(street)
    pdf = tmp_path / "list.pdf"
    assert write_signature_sheet(street, sheet, pdf, made_at=NOW) == 1
    assert "名單以外" in words_of(pdf)[0] and "合計" not in words_of(pdf)[0]
    street.close()


def test_what_is_recorded_is_ticked_already(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    (rice,) = a_donation(street, a_lot("米", 100, Unit.KILOGRAM)).lot_ids
    sheet, line_ids = a_list(street, LineForm(rice, 1000, a_household(street)))
    blank, ticked = tmp_path / "blank.pdf", tmp_path / "ticked.pdf"
    write_signature_sheet(street, sheet, blank, made_at=NOW)
    with street.database.transaction() as tx:
        distributions.pass_over_lines(tx, line_ids=line_ids, state=LineState.DECLINED, at=NOW, by=BY)
    write_signature_sheet(street, sheet, ticked, made_at=NOW)
    assert words_of(blank) == words_of(ticked)
    assert blank.stat().st_size < ticked.stat().st_size
    street.close()


def test_an_unknown_list_is_refused(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    with pytest.raises(RuleRefused) as found:
        write_signature_sheet(street, 5, tmp_path / "list.pdf", made_at=NOW)
    assert found.value.reason is Refusal.DISTRIBUTION_UNKNOWN
    street.close()


def test_each_neighbour_has_a_strip_of_their_own_with_boxes_beside_each_thing(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    rice, oil = a_donation(street, a_lot("米", 20, Unit.KILOGRAM), a_lot("油", 9, Unit.BOTTLE)).lot_ids
    both, other = a_household(street, display_name="陳婆婆"), a_household(street, display_name="何伯")
    sheet, line_ids = a_list(street, LineForm(rice, 1000, both), LineForm(oil, 1000, both), LineForm(rice, 1000, other))
    blank, ticked = tmp_path / "blank.pdf", tmp_path / "ticked.pdf"
    write_signature_sheet(street, sheet, blank, made_at=NOW)
    (said,) = words_of(blank)
    first, second = (said.index(name) for name in ("陳婆婆", "何伯"))
    # What says the boxes and where to sign stands on each strip, with nothing of the other one between.
    assert "Signature" in said[first - 400 : first] and "Signature" in said[first:second]
    assert said[first:second].count("油") == 1 and "油" not in said[second : said.index("本名單合計")]
    with street.database.transaction() as tx:
        distributions.pass_over_lines(tx, line_ids=[line_ids[1]], state=LineState.DECLINED, at=NOW, by=BY)
    write_signature_sheet(street, sheet, ticked, made_at=NOW)
    # One thing that is not needed is ticked though the household takes the other.
    assert blank.stat().st_size < ticked.stat().st_size
    street.close()
