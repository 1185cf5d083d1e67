"""The run sheet as paper: every stop's code reads back, the limits are there, and no household is."""

from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.papers.goods import write_run_sheet
from caringstreet.rules.quantities import Unit
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.runs import parse_stop_mark
from caringstreet.services import runs
from caringstreet.services.runs import RunForm, StopForm
from caringstreet.wording.runs import figure_names, group_of
from caringstreet.words import words_for
from tests.builders import BY, NOW, a_household, a_shop, a_street
from tests.printing.goods import DAY, LONG
from tests.printing.paper import codes_of, ink_at_the_edge, words_of


def a_run(street: OpenStreet, *stops: StopForm, note: str = "") -> int:
    with street.database.transaction() as tx:
        return runs.plan(tx, form=RunForm(day=DAY, stops=stops, note=note), at=NOW, by=BY).run_id


def test_a_volunteer_finds_everything_on_the_sheet_and_no_household(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_household(street, display_name="陳婆婆")
    bakery = a_shop(street, "S05", name_zh="𨋢埗㓥餅店", name_en="Hoi Hing Bakery", address="金華街 23 號地下", opening="07:00–21:30")
    run = a_run(
        street,
        StopForm(shop_id=bakery, estimate=30_000, note="後門"),
        StopForm(
            shop_id=a_shop(
                street, "S04", name_zh="成記", name_en=LONG, address="筲箕灣東大街很長很長的地址一百二十三號閣樓連天台後座對出排檔"
            ),
            estimate=18_000,
        ),
        StopForm(place="街坊會門口", unit=Unit.BOX),
        note="帶保溫袋",
    )
    pdf = tmp_path / "run.pdf"
    pages = write_run_sheet(street, run, pdf, made_at=NOW)
    said = "".join(words_of(pdf))
    for wanted in (
        "出隊表", "Run sheet", "義工 4 人", "Volunteers: 4", "預告 48 個", "Estimate 48 pieces", "S05 𨋢埗㓥餅店", "Hoi Hing Bakery", "金華街 23 號地下",
        "07:00–21:30", "預告 30 個", "未有預告", "街坊會門口", "60 °C", "4 °C", "1 小時", "2 小時", "4 小時", "2555 0100", "冷藏", "Frozen",
        "收到", "To households", "派清潔工友", "Collected at", "剩餘", "Thrown away", "帶保溫袋", "後門",
    ):  # fmt: skip
        assert wanted in said
    assert "陳婆婆" not in said and "H-0001" not in said
    for dpi in (150, 100):
        assert sorted(map(parse_stop_mark, codes_of(pdf, dpi))) == [(run, 1), (run, 2), (run, 3)]  # type: ignore[type-var]
    assert pages == len(words_of(pdf))
    assert not ink_at_the_edge(pdf, 6)
    street.close()


def test_a_long_run_takes_more_pages_and_every_code_reads_back(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    run = a_run(street, *(StopForm(place=f"第{number}站") for number in range(1, 21)))
    pdf = tmp_path / "run.pdf"
    pages = write_run_sheet(street, run, pdf, made_at=NOW)
    said = words_of(pdf)
    assert len(said) == pages > 4
    assert all(f"第 {number} 頁，共 {pages} 頁" in page for number, page in enumerate(said, 1))
    assert sorted(map(parse_stop_mark, codes_of(pdf, 100))) == [(run, number) for number in range(1, 21)]  # type: ignore[type-var]
    assert "義工 ____ 人" in said[0]
    street.close()


def test_few_pieces_need_two_volunteers(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    run = a_run(street, StopForm(shop_id=a_shop(street), estimate=8_000))
    write_run_sheet(street, run, tmp_path / "run.pdf", made_at=NOW)
    assert "義工 2 人" in words_of(tmp_path / "run.pdf")[0]
    street.close()


def test_a_run_that_is_not_there_or_does_not_take_place_has_no_sheet(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    run = a_run(street, StopForm(shop_id=a_shop(street)))
    with street.database.transaction() as tx:
        runs.cancel(tx, run_id=run, reason="八號風球", at=NOW, by=BY)
    for run_id, reason in ((run, Refusal.RUN_NOT_PLANNED), (99, Refusal.RUN_UNKNOWN)):
        with pytest.raises(RuleRefused) as found:
            write_run_sheet(street, run_id, tmp_path / "run.pdf", made_at=NOW)
        assert found.value.reason is reason
    assert not (tmp_path / "run.pdf").exists()
    street.close()


def test_no_text_of_the_sheet_itself_is_cut(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    write_run_sheet(street, a_run(street, StopForm(place="街坊會")), tmp_path / "run.pdf", made_at=NOW)
    assert "…" not in words_of(tmp_path / "run.pdf")[0]
    street.close()


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_the_boxes_are_those_of_the_screen_in_its_order_and_words(tmp_path: Path, language: str) -> None:
    street = a_street(tmp_path)
    run = a_run(street, StopForm(place="街坊會門口"))
    pdf = tmp_path / "run.pdf"
    write_run_sheet(street, run, pdf, made_at=NOW)
    said = "".join(words_of(pdf))
    words = words_for(language)
    names = figure_names(words, group_of(words, ""))
    places = [said.rindex(name) for name in names]
    assert places == sorted(places) and len(set(places)) == 5
    street.close()
