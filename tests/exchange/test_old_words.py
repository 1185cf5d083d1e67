"""Lists with words that the street no longer says are still read, and so are the words that it says now."""

import csv
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from caringstreet.exchange.columns import HEADERS, RowKind, find_columns
from caringstreet.exchange.fund_rows import read_fund
from caringstreet.exchange.household_rows import read_households
from caringstreet.exchange.offer_rows import read_offers
from caringstreet.exchange.shop_rows import read_shops
from caringstreet.exchange.spreadsheets import read_sheet
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.offers import OfferState
from caringstreet.rules.shops import CollectingWay, ShopState
from caringstreet.wording.labels import label
from caringstreet.words import LANGUAGES, words_for

TODAY = date(2026, 11, 24)


def read(tmp_path: Path, kind: RowKind, field: str, value: str) -> str:
    """What a list of this kind makes of a value."""
    wanted = {
        RowKind.SHOPS: {"code": "S01", "name_zh": "輝記"},
        RowKind.OFFERS: {"code": "S01-A", "title_zh": "例湯"},
        RowKind.HOUSEHOLDS: {"number": "H-0001", "display_name": "陳婆婆"},
        RowKind.FUND: {"day": "2026-11-01", "out_cents": "20"},
    }[kind] | {field: value}
    names = {key.rstrip("*"): names[0] for key, names in HEADERS[kind].items()}
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([[names[key] for key in wanted], list(wanted.values())])
    sheet = read_sheet(path)
    columns = find_columns(sheet, kind)
    found = {
        RowKind.SHOPS: lambda: read_shops(sheet, columns),
        RowKind.OFFERS: lambda: read_offers(sheet, columns, {}),
        RowKind.HOUSEHOLDS: lambda: read_households(sheet, columns, {}, TODAY),
        RowKind.FUND: lambda: read_fund(sheet, columns),
    }[kind]()
    assert not found.errors, found.errors
    return str(getattr(found.rows[0][1], field))


@pytest.mark.parametrize(
    ("kind", "field", "word", "meant"),
    [
        (RowKind.HOUSEHOLDS, "state", "結案", HouseholdState.CLOSED),
        (RowKind.HOUSEHOLDS, "state", "暫停", HouseholdState.PAUSED),
        (RowKind.OFFERS, "state", "完結", OfferState.ENDED),
        (RowKind.SHOPS, "state", "Left", ShopState.LEFT),
        (RowKind.SHOPS, "collecting", "收券", CollectingWay.SLIPS),
        (RowKind.FUND, "kind", "outgo", "outgo"),
        (RowKind.FUND, "kind", "Other spending", "outgo"),
    ],
)
def test_a_word_of_earlier_lists_is_read(tmp_path: Path, kind: RowKind, field: str, word: str, meant: StrEnum) -> None:
    assert read(tmp_path, kind, field, word) == str(meant)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "field", "names"),
    [
        (RowKind.HOUSEHOLDS, "state", HouseholdState),
        (RowKind.OFFERS, "state", OfferState),
        (RowKind.SHOPS, "state", ShopState),
        (RowKind.SHOPS, "collecting", [CollectingWay.WHATSAPP, CollectingWay.SLIPS, CollectingWay.PHONE, CollectingWay.NONE]),
    ],
)
def test_what_the_screen_says_is_read_back(tmp_path: Path, language: str, kind: RowKind, field: str, names: list[StrEnum]) -> None:
    words = words_for(language)
    assert {str(one): read(tmp_path, kind, field, label(words, one)) for one in names} == {str(one): str(one) for one in names}


def test_the_columns_of_goods_have_their_old_and_new_names() -> None:
    for kind, field, names in (
        (RowKind.GOODS, "given", {"派出", "派發", "handed out", "given out"}),
        (RowKind.CHOICE_DAY, "unfit", {"不適用", "不合用"}),
        (RowKind.CHOICE_DAY, "kept", {"保留", "留存"}),
        (RowKind.FUND, "out_cents", {"支出", "outgo", "spending"}),
    ):
        assert names <= set(HEADERS[kind][field])
