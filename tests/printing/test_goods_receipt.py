"""The receipt as paper: what was given and by whom, in both languages; nothing for what was not taken."""

from datetime import date
from pathlib import Path

import pytest

from caringstreet.papers.goods import write_receipt
from caringstreet.printing.substitutes import noticing
from caringstreet.rules.goods import GiverKind, Target
from caringstreet.rules.quantities import Unit
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import goods
from caringstreet.services.goods import DonationForm
from tests.builders import BY, NOW, a_shop, a_street
from tests.printing.goods import LONG, a_donation, a_lot
from tests.printing.paper import ink_at_the_edge, words_of


def test_a_receipt_thanks_in_both_languages(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    shop = a_shop(street, "S05", name_zh="𨋢埗㓥魚檔")
    lots = (a_lot("牛油包", 12.5, Unit.CATTY), a_lot("冬菇", 1, Unit.BOX, size="大"))
    given = a_donation(street, *lots, giver="", giver_kind=GiverKind.SHOP, shop_id=shop)
    pdf = tmp_path / "receipt.pdf"
    assert write_receipt(street, given.donation_id, pdf, made_at=NOW) == 1
    (said,) = words_of(pdf)
    for wanted in (
        "收據第 1 號", "Receipt no. 1", "2026年11月18日", "18 November 2026", "𨋢埗㓥魚檔", "12.5 斤", "12.5 catties", "1 box",
        "冬菇（大）", "多謝你", "Thank you", "鄰舍隊", "2555 0100", "捐贈者簽署", "Team's signature", "第 1 頁，共 1 頁",
    ):  # fmt: skip
        assert wanted in said
    assert not ink_at_the_edge(pdf, 6)
    street.close()


def test_sixty_lines_take_more_pages_and_keep_the_headings(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    given = a_donation(street, *(a_lot(f"物資{number:02d}", number) for number in range(1, 61)), giver=LONG)
    pdf = tmp_path / "receipt.pdf"
    count = write_receipt(street, given.donation_id, pdf, made_at=NOW)
    pages = words_of(pdf)
    assert count == len(pages) > 2
    assert all(f"物資{number:02d}" in "".join(pages) for number in range(1, 61))
    assert all("數量" in page for page in pages if "個" in page)
    assert all(f"第 {number} 頁，共 {count} 頁" in page for number, page in enumerate(pages, 1))
    assert "".join(pages).count("捐贈者簽署") == 1 and "捐贈者簽署" in pages[-1]
    assert "Buenaventura" in pages[0]
    street.close()


def test_goods_passed_on_say_to_whom(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    canteen = a_shop(street, "S03", name_zh="明記飯店")
    rice = a_donation(street, a_lot("米", 50, Unit.KILOGRAM), giver="米行", allotted_to=Target.SHOP, allotted_shop_id=canteen)
    gloves = a_donation(street, a_lot("手套", 30, Unit.PAIR), giver="五金舖", allotted_to=Target.TEAM)
    pdf = tmp_path / "receipt.pdf"
    write_receipt(street, rice.donation_id, pdf, made_at=NOW)
    assert "已轉贈：S03 明記飯店" in words_of(pdf)[0]
    write_receipt(street, gloves.donation_id, pdf, made_at=NOW)
    assert "已轉贈：義工隊" in words_of(pdf)[0] and "Passed on to Team" in words_of(pdf)[0]
    street.close()


def test_what_was_not_taken_or_cannot_be_printed_leaves_no_file(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    form = DonationForm(day=date(2026, 11, 1), lots=(a_lot("過期月餅"),), giver="何太")
    with street.database.transaction() as tx:
        refused = goods.refuse_donation(tx, form=form, reason="已過期", at=NOW, by=BY)
    odd = a_donation(street, a_lot("\U000f0000"))
    pdf = tmp_path / "receipt.pdf"
    for donation_id, reason in ((refused.donation_id, Refusal.GOODS_NOT_TAKEN), (99, Refusal.GOODS_DONATION_UNKNOWN)):
        with pytest.raises(RuleRefused) as found:
            write_receipt(street, donation_id, pdf, made_at=NOW)
        assert found.value.reason is reason
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("receipt")]
    with noticing() as found:
        write_receipt(street, odd.donation_id, pdf, made_at=NOW)
    assert found == {"\U000f0000": "\U000f0000"}
    assert "〓" in words_of(pdf)[0]
    street.close()
