"""Donated goods as centres keep them: three shapes of sheet, each row into the ledger once, one undo for all."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from caringstreet.bootstrap import OpenStreet
from caringstreet.exchange.bad_rows import write_bad_rows
from caringstreet.exchange.columns import RowKind
from caringstreet.exchange.error_words import problem_text
from caringstreet.exchange.spreadsheets import SheetTrouble, UnreadableSheet
from caringstreet.importing import OpenedFile, open_file, run_import
from caringstreet.model.choice_events import ChoiceDisplay, ChoiceEvent
from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.model.runs import Run, RunStop
from caringstreet.queries import choice_events, goods, goods_donations, goods_month, runs
from caringstreet.rules.goods import DisposalReason, GiverKind, Target
from caringstreet.rules.months import Month
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.runs import RunState
from caringstreet.services import goods as goods_services
from caringstreet.services import import_undo
from caringstreet.services import runs as run_services
from caringstreet.services.goods_ledger import Recipient
from caringstreet.services.import_run import ImportOutcome
from caringstreet.services.runs import RunForm, StopForm
from caringstreet.words import words_for
from tests.builders import BY, a_shop, a_street

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
TODAY = date(2026, 12, 1)
NOVEMBER = Month(2026, 11)
DAY = date(2026, 11, 3)

OTHER = ("日期", "捐贈者", "物品", "數量", "單位", "儲存", "最佳食用日期", "派出", "棄置", "結存", "備註")
BREAD = ("日期", "捐贈者", "物品", "數量", "單位", "派住戶", "派清潔工友", "棄置", "棄置原因", "備註")
CHOICE = ("日期", "捐贈者", "物品", "收到", "單位", "不適用", "陳列", "取走", "保留", "回收", "備註")
TABLES = (GoodsDonation, GoodsLot, GoodsMovement, Run, RunStop, ChoiceEvent, ChoiceDisplay)


@pytest.fixture
def street(tmp_path: Path) -> OpenStreet:
    found = a_street(tmp_path, at=NOW)
    for code in ("S04", "S05"):
        a_shop(found, code)
    return found


def a_csv(folder: Path, *rows: Sequence[str], name: str = "goods.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def take(street: OpenStreet, opened: OpenedFile | Path, *, strict: bool = False) -> ImportOutcome:
    if isinstance(opened, Path):
        opened = open_file(opened, RowKind.GOODS)
    with street.database.transaction() as tx:
        return run_import(tx, opened=opened, categories={}, at=NOW, today=TODAY, by=BY, strict=strict)


def undo(street: OpenStreet, batch_id: int | None) -> dict[str, int]:
    assert batch_id is not None
    with street.database.transaction() as tx:
        return import_undo.undo(tx, batch_id=batch_id, at=NOW, by=BY)


def counted(street: OpenStreet) -> list[int]:
    """How many rows the tables of goods hold."""
    with street.database.reader() as reader:
        return [reader.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def lots(street: OpenStreet) -> list[goods.LotDetail]:
    with street.database.reader() as reader:
        return [goods.detail(reader, one, TODAY) for one in reader.scalars(select(GoodsLot.id).order_by(GoodsLot.id)).all()]


def test_the_sample_goes_in_once_and_one_undo_leaves_nothing_behind(tmp_path: Path, samples: Path) -> None:
    street = a_street(tmp_path, at=NOW)
    with street.database.transaction() as tx:
        run_import(tx, opened=open_file(samples / "商戶名單.xlsx", RowKind.SHOPS), categories={}, at=NOW, today=TODAY, by=BY)
    opened = open_file(samples / "物資捐贈.xlsx", RowKind.GOODS)
    assert [one.kind for one in opened.sheets] == [RowKind.BREAD_RUNS, RowKind.CHOICE_DAY, RowKind.GOODS]
    first = take(street, opened, strict=True)
    assert (first.read, first.new, first.bad) == (42, 41, 0)
    before = counted(street)
    again = take(street, opened)
    assert (again.new, again.changed, again.unchanged, again.batch_id) == (0, 0, 41, None)
    assert counted(street) == before == [41, 41, before[2], 12, 24, 1, 7]
    assert undo(street, first.batch_id) == {"removed": 54, "restored": 0}
    assert counted(street) == [0] * len(TABLES)
    assert take(street, opened).new == 41


def test_a_single_sheet_goes_in_alone(street: OpenStreet, samples: Path) -> None:
    opened = open_file(samples / "物資捐贈.xlsx", RowKind.GOODS, "麵包")
    assert opened.sheets == (opened,)
    assert take(street, opened).new == 24


def test_the_preview_says_what_the_import_does(street: OpenStreet, samples: Path) -> None:
    opened = open_file(samples / "物資捐贈.xlsx", RowKind.GOODS)
    with street.database.rehearsal() as tx:
        shown = run_import(tx, opened=opened, categories={}, at=NOW, today=TODAY, by=BY)
    assert counted(street) == [0] * len(TABLES)
    done = take(street, opened)
    assert (done.new, done.errors) == (shown.new, shown.errors)
    # Of the shops only the two bakeries are registered here.
    assert [(one.sheet, one.line, one.kind) for one in done.errors] == [
        ("週街士多28-11", 5, "unknown_shop"),
        *[("其他", line, "unknown_shop") for line in (2, 4, 6, 8, 11)],
    ]


@pytest.mark.parametrize(
    ("giver", "kind", "name"),
    [
        ("S04 金華餅店", GiverKind.SHOP, "商戶S04"),
        ("Ｓ０４金華餅店", GiverKind.SHOP, "商戶S04"),
        ("s04", GiverKind.SHOP, "商戶S04"),
        ("商戶S05", GiverKind.SHOP, "商戶S05"),
        ("街坊黃太", GiverKind.NEIGHBOUR, "街坊黃太"),
        ("街坊(兩戶)", GiverKind.NEIGHBOUR, "街坊(兩戶)"),
        ("街角教會", GiverKind.PARTNER, "街角教會"),
    ],
)
def test_the_giver_is_told_by_how_it_is_written(street: OpenStreet, tmp_path: Path, giver: str, kind: GiverKind, name: str) -> None:
    assert take(street, a_csv(tmp_path, OTHER, ("3/11/2026", giver, "橙", "6.5", "斤"))).new == 1
    with street.database.reader() as reader:
        row = goods_donations.rows(reader, goods_donations.matching_ids(reader, ""))
    assert [(one.giver_kind, one.giver) for one in row.values()] == [(kind, name)]


def test_what_a_row_says_stands_in_the_ledger(street: OpenStreet, tmp_path: Path) -> None:
    path = a_csv(
        tmp_path,
        ("物資紀錄",),
        (),
        OTHER,
        ("2026年11月3日", "街坊", "豆腐", "18", "件", "冷藏", "4/11/2026", "16", "2", "0", "雪櫃裏過夜"),
        ("合計", "", "", "18"),
    )
    assert take(street, path).read == 2
    (lot,) = lots(street)
    assert (lot.row.item, lot.row.best_before, lot.row.storage.value, lot.row.stock) == ("豆腐", date(2026, 11, 4), "chilled", 0)
    moved = [(one.quantity, one.day, one.target, one.reason, one.note) for one in lot.movements]
    assert moved == [
        (-2000, DAY, None, DisposalReason.OVER_TIME, "雪櫃裏過夜"),
        (-16000, DAY, Target.HOUSEHOLDS, None, ""),
        (18000, DAY, None, None, ""),
    ]


def test_the_rows_of_a_day_become_one_run(street: OpenStreet, tmp_path: Path) -> None:
    path = a_csv(
        tmp_path,
        BREAD,
        ("3/11/2026", "S04", "麵包", "16", "個", "16", "0", "0", "", "估計 18,實收 16"),
        ("3/11/2026", "S05", "餐包", "28", "個", "22", "5", "1", "跌落地", ""),
        ("5/11/2026", "S04", "麵包", "0", "個", "0", "0", "0", "", ""),
    )
    assert take(street, path).new == 3
    with street.database.reader() as reader:
        done = runs.month_figures(reader, NOVEMBER)
        stops = runs.stops(reader, done[0].run_id)
    assert [(one.day.day, one.collected, one.handed_out, one.disposed) for one in done] == [(3, 44000, 43000, 1000), (5, 0, 0, 0)]
    assert [(one.shop, one.estimate, one.outcome.to_group, one.outcome.group_name) for one in stops] == [
        ("S04", 18000, 0, ""),
        ("S05", None, 5000, "清潔工友"),
    ]
    assert lots(street)[1].movements[0].note == "跌落地"
    again = take(street, path)
    assert (again.new, again.unchanged) == (0, 3)


def test_a_row_that_was_mended_joins_the_run_of_its_day(street: OpenStreet, tmp_path: Path) -> None:
    good, bad = ("3/11/2026", "S04", "麵包", "16", "個", "16"), ("3/11/2026", "S05", "餐包", "28", "個", "29")
    opened = open_file(a_csv(tmp_path, BREAD, good, bad), RowKind.GOODS)
    first = take(street, opened)
    assert (first.new, [(one.line, one.kind) for one in first.errors]) == (1, [(3, str(Refusal.RUN_OVER_COLLECTED))])
    mended = tmp_path / "bad.xlsx"
    write_bad_rows(mended, [(opened.sheet, opened.columns)], first.errors, words_for("zh_HK"))
    book = openpyxl.load_workbook(mended)
    assert book.active is not None
    book.active.cell(2, 6).value = 28
    book.save(mended)
    second = take(street, mended)
    assert (second.new, second.bad) == (1, 0)
    with street.database.reader() as reader:
        (run,) = runs.month_figures(reader, NOVEMBER)
    assert run.collected == 44000
    with pytest.raises(RuleRefused) as refused:
        undo(street, first.batch_id)
    assert refused.value.reason is Refusal.IMPORT_IN_USE
    assert undo(street, second.batch_id) == {"removed": 1, "restored": 1}
    with street.database.reader() as reader:
        (run,) = runs.month_figures(reader, NOVEMBER)
        assert [one.shop for one in runs.stops(reader, run.run_id)] == ["S04"]
    undo(street, first.batch_id)
    assert counted(street) == [0] * len(TABLES)


def test_a_shop_that_gave_two_things_keeps_both_stops_when_another_joins(street: OpenStreet, tmp_path: Path) -> None:
    two = (("3/11/2026", "S04", "麵包", "16", "個", "16"), ("3/11/2026", "S04", "蛋糕", "4", "件", "4"))
    assert take(street, a_csv(tmp_path, BREAD, *two)).new == 2
    joined = take(street, a_csv(tmp_path, BREAD, *two, ("3/11/2026", "街市", "橙", "3", "個", "3")))
    assert (joined.new, joined.unchanged) == (1, 2)
    with street.database.reader() as reader:
        (run,) = runs.month_figures(reader, NOVEMBER)
        stops = runs.stops(reader, run.run_id)
    assert [(one.position, one.name_zh, one.outcome.collected) for one in stops] == [
        (1, "商戶S04", 16000),
        (2, "商戶S04", 4000),
        (3, "街市", 3000),
    ]


def test_a_planned_run_is_recorded_by_the_sheet_and_planned_again_after_the_undo(street: OpenStreet, tmp_path: Path) -> None:
    with street.database.transaction() as tx:
        form = RunForm(DAY, (StopForm(shop_id=1, estimate=20000), StopForm(place="街市")))
        planned = run_services.plan(tx, form=form, at=NOW, by=BY)
    outcome = take(
        street, a_csv(tmp_path, BREAD, ("3/11/2026", "S04", "麵包", "16", "個", "16"), ("3/11/2026", "S05", "餐包", "5", "個", "5"))
    )
    with street.database.reader() as reader:
        stops = runs.stops(reader, planned.run_id)
        assert [(one.name_zh, one.estimate, one.outcome.collected) for one in stops] == [
            ("商戶S04", 20000, 16000),
            ("街市", None, 0),
            ("商戶S05", None, 5000),
        ]
    undo(street, outcome.batch_id)
    with street.database.reader() as reader:
        row = runs.row(reader, planned.run_id)
        assert row is not None and (row.state, row.stops, row.estimate) == (RunState.PLANNED, 2, 20000)


def test_a_recorded_stop_is_not_recorded_a_second_time(street: OpenStreet, tmp_path: Path) -> None:
    take(street, a_csv(tmp_path, BREAD, ("3/11/2026", "S04", "麵包", "16", "個", "16")))
    other = take(street, a_csv(tmp_path, BREAD, ("3/11/2026", "S04", "麵包", "17", "個", "17")))
    assert [(one.kind, one.line) for one in other.errors] == [("run_recorded_already", 2)]
    with street.database.reader() as reader:
        assert [one.collected for one in runs.month_figures(reader, NOVEMBER)] == [16000]


def test_a_choice_day_is_closed_with_its_visitors_and_its_limit(street: OpenStreet, tmp_path: Path) -> None:
    path = a_csv(tmp_path, CHOICE, ("28/11/2026", "街坊", "圖書", "26", "件", "5", "21", "14", "4", "3", ""), ("62 人到場，每人最多 4 件",))
    outcome = take(street, path)
    assert (outcome.read, outcome.new) == (1, 1)
    with street.database.reader() as reader:
        (event,) = choice_events.rows(reader)
        figures = choice_events.figures(reader, event.event_id)
    assert (event.name, event.pick_limit, event.closed) == ("週街士多", 4, True)
    assert (figures.visitors, figures.received, figures.unfit, figures.chosen, figures.kept, figures.recycled) == (
        62,
        26000,
        5000,
        14000,
        4000,
        3000,
    )


def test_a_choice_day_recorded_by_hand_is_not_doubled(street: OpenStreet, tmp_path: Path) -> None:
    from caringstreet.services import choice_events as services
    from caringstreet.services.choice_events import EventForm

    with street.database.transaction() as tx:
        services.plan(tx, form=EventForm(date(2026, 11, 28), "自選日"), at=NOW, by=BY)
    outcome = take(street, a_csv(tmp_path, CHOICE, ("28/11/2026", "街坊", "圖書", "26", "件", "5", "21", "14", "4", "3")))
    assert [(one.kind, one.column) for one in outcome.errors] == [("choice_day_recorded_already", "日期")]
    assert counted(street)[:3] == [0, 0, 0]


@pytest.mark.parametrize(
    ("header", "row", "column", "kind"),
    [
        (OTHER, ("", "街坊", "橙", "3", "斤"), "日期", "missing_date"),
        (OTHER, ("31/11/2026", "街坊", "橙", "3", "斤"), "日期", "impossible_date"),
        (OTHER, ("3/11/2026", "", "橙", "3", "斤"), "捐贈者", "missing_giver"),
        (OTHER, ("3/11/2026", "街坊", "", "3", "斤"), "物品", "missing_item"),
        (OTHER, ("3/11/2026", "街坊", "橙", "", "斤"), "數量", "missing_quantity"),
        (OTHER, ("3/11/2026", "街坊", "橙", "0", "斤"), "數量", "missing_quantity"),
        (OTHER, ("3/11/2026", "街坊", "橙", "-3", "斤"), "數量", "not_a_quantity"),
        (OTHER, ("3/11/2026", "街坊", "橙", "3", "籮"), "單位", "unknown_unit"),
        (OTHER, ("3/11/2026", "街坊", "橙", "3", "斤", "陰涼"), "儲存", "unknown_storage"),
        (OTHER, ("3/11/2026", "S77 無此店", "橙", "3", "斤"), "捐贈者", "unknown_shop"),
        (OTHER, ("3/11/2026", "街坊", "橙", "3", "斤", "", "2/11/2026", "1", "", "2"), "最佳食用日期", str(Refusal.GOODS_PAST_DATE)),
        (OTHER, ("3/11/2026", "街坊", "橙", "6.5", "斤", "", "", "6", "0.5", "1"), "結存", "stock_does_not_add_up"),
        (OTHER, ("3/11/2026", "街坊", "橙", "6.5", "斤", "", "", "7", "", ""), "派出", "stock_does_not_add_up"),
        (BREAD, ("3/11/2026", "S04", "麵包", "44", "個", "41", "1", "3"), "數量", str(Refusal.RUN_OVER_COLLECTED)),
        (CHOICE, ("28/11/2026", "街坊", "書", "26", "件", "5", "20", "14", "4", "2"), "收到", "received_does_not_add_up"),
        (CHOICE, ("28/11/2026", "街坊", "書", "26", "件", "5", "21", "14", "4", "2"), "陳列", "displayed_does_not_add_up"),
    ],
)
def test_a_bad_row_is_named_and_leaves_nothing(
    street: OpenStreet, tmp_path: Path, header: Sequence[str], row: Sequence[str], column: str, kind: str
) -> None:
    outcome = take(street, a_csv(tmp_path, header, row))
    assert [(one.line, one.column, one.kind) for one in outcome.errors] == [(2, column, kind)]
    assert counted(street) == [0] * len(TABLES)
    for language in ("zh_HK", "en"):
        assert "{" not in problem_text(words_for(language), outcome.errors[0])


def test_figures_that_do_not_add_up_are_said(street: OpenStreet, tmp_path: Path) -> None:
    rows = ("28/11/2026", "街坊", "書", "26", "件", "5", "21", "14", "4", "2")
    (error,) = take(street, a_csv(tmp_path, CHOICE, rows)).errors
    assert problem_text(words_for("zh_HK"), error) == "選走 14 + 留存 4 + 回收 2 = 20，但陳列了 21。請更正數字。"


def test_goods_past_their_day_today_were_good_on_the_day_of_their_row(street: OpenStreet, tmp_path: Path) -> None:
    outcome = take(street, a_csv(tmp_path, OTHER, ("3/11/2026", "街坊", "餸包", "4", "包", "冷藏", "3/11/2026", "3", "", "1")))
    assert outcome.new == 1
    (lot,) = lots(street)
    assert lot.row.stock == 1000


def test_what_a_formula_computed_is_a_quantity(street: OpenStreet, tmp_path: Path) -> None:
    path = tmp_path / "sums.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(OTHER))
    sheet.append([DAY, "街坊", "橙", 2.3, "斤", "", "", 1.1, 0, 2.3 - 1.1, ""])
    book.save(path)
    assert take(street, path).new == 1


def test_goods_that_moved_since_are_not_taken_back(street: OpenStreet, tmp_path: Path) -> None:
    outcome = take(street, a_csv(tmp_path, OTHER, ("3/11/2026", "街坊", "罐頭", "24", "個", "", "", "15", "", "9")))
    (lot,) = lots(street)
    with street.database.transaction() as tx:
        goods_services.give(tx, lot_id=lot.row.lot_id, quantity=1000, recipient=Recipient(Target.TEAM), day=TODAY, at=NOW, by=BY)
    with pytest.raises(RuleRefused) as refused:
        undo(street, outcome.batch_id)
    assert refused.value.reason is Refusal.IMPORT_IN_USE


def test_a_sheet_of_something_else_is_left_out_and_named(street: OpenStreet, tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["聯絡", "電話簿"])
    book.create_sheet("空白")
    book.create_sheet("其他").append(list(OTHER))
    book["其他"].append([DAY, "街坊", "橙", 3, "斤"])
    book.save(path)
    opened = open_file(path, RowKind.GOODS)
    assert ([one.sheet.name for one in opened.sheets], opened.left_out) == (["其他"], ("Sheet",))
    del book["其他"]
    book.save(path)
    with pytest.raises(UnreadableSheet) as refused:
        open_file(path, RowKind.GOODS)
    assert refused.value.kind in (SheetTrouble.NO_HEADERS, SheetTrouble.EMPTY)


def test_xls_and_ods_go_in(street: OpenStreet, tmp_path: Path) -> None:
    import xlwt
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    rows = (OTHER, ("3/11/2026", "街坊", "橙", "6.5", "斤", "常溫", "", "6", "0.5", "0", ""))
    book, document = xlwt.Workbook(), OpenDocumentSpreadsheet()
    sheet, table = book.add_sheet("物資"), Table(name="物資")
    for line, cells in enumerate(rows):
        row = TableRow()
        for place, cell in enumerate(cells):
            sheet.write(line, place, cell)
            holder = TableCell(valuetype="string")
            holder.addElement(P(text=cell))
            row.addElement(holder)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    book.save(str(tmp_path / "a.xls"))
    document.save(str(tmp_path / "a.ods"))
    assert take(street, tmp_path / "a.xls").new == 1
    assert take(street, tmp_path / "a.ods").unchanged == 1


def test_the_ledger_of_the_sample_adds_up(street: OpenStreet, samples: Path) -> None:
    take(street, open_file(samples / "物資捐贈.xlsx", RowKind.GOODS, "週街士多28-11"))
    with street.database.reader() as reader:
        for one in goods_month.items(reader, NOVEMBER):
            assert one.on_hand == one.opening + one.taken_in - one.given - one.disposed + one.adjusted
