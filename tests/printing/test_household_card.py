"""Cards as paper: every code says its number, in every language, and nothing else about the household."""

from pathlib import Path

import pytest

from caringstreet.papers.goods import write_household_cards
from caringstreet.printing.household_card import PrintedCard, print_household_cards
from caringstreet.rules.cards import household_card, household_number
from caringstreet.rules.households import PrintLanguage
from caringstreet.rules.refusals import Refusal, RuleRefused
from tests.builders import a_household, a_street
from tests.printing.goods import LONG
from tests.printing.paper import codes_of, ink_at_the_edge, pictures_of, words_of


@pytest.mark.parametrize("large", [False, True])
def test_every_code_reads_back_in_every_language(tmp_path: Path, large: bool) -> None:
    cards = [
        PrintedCard(f"H-{number:04d}", LONG if number % 2 else "𨋢埗㓥婆婆", str(language), large)
        for number, language in enumerate(PrintLanguage, 1)
    ]
    pdf = tmp_path / "cards.pdf"
    pages = print_household_cards(cards, pdf, payload=household_card, street="愛心街", team="鄰舍隊", phone="25550100", practice=False)
    assert pages == (3 if large else 1)
    for dpi in (150, 100):
        assert sorted(household_number(one) or "" for one in codes_of(pdf, dpi)) == [one.number for one in cards]
    said = "".join(words_of(pdf))
    assert said.count("街坊卡") == said.count("Neighbour card") == 10
    assert "Jika hilang, hubungi" in said and "Buenaventura" in said and "…" not in said
    assert not ink_at_the_edge(pdf, 5)


def test_a_card_is_of_a_wallets_size(tmp_path: Path) -> None:
    """The frame of cut lines holds two by five cards of 85.6 by 54 mm."""
    pdf = tmp_path / "cards.pdf"
    print_household_cards([PrintedCard("H-0001", "", "zh_HK")], pdf, payload=household_card, street="", team="隊", phone="", practice=False)
    (page,) = pictures_of(pdf, 254)
    frame = page.crop((0, 0, page.width, page.height - 135)).point(lambda shade: 255 if shade < 230 else 0).getbbox()
    assert frame is not None
    assert (frame[2] - frame[0]) / 10 == pytest.approx(2 * 85.6, abs=0.3)
    assert (frame[3] - frame[1]) / 10 == pytest.approx(5 * 54, abs=0.3)


def test_cards_of_a_street_show_only_what_they_must(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    ids = [a_household(street, display_name=f"街坊{number:02d}", phone="25559876", large_print=number > 55) for number in range(1, 61)]
    pdf = tmp_path / "cards.pdf"
    assert write_household_cards(street, ids[::-1], pdf) == 6 + 2
    said = words_of(pdf)
    assert "街坊01" in said[0] and "街坊60" in said[-1] and "9876" not in "".join(said)
    assert "2555 0100" in said[0] and "第 8 頁，共 8 頁" in said[-1]
    assert [household_number(one) for one in codes_of(pdf, 100)].count(None) == 0
    write_household_cards(street, ids[:1], pdf, names=False)
    assert "街坊01" not in words_of(pdf)[0] and "H-0001" in words_of(pdf)[0]
    street.close()


def test_without_a_household_there_is_no_file(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    with pytest.raises(RuleRefused) as found:
        write_household_cards(street, [], tmp_path / "cards.pdf")
    assert found.value.reason is Refusal.NOTHING_TO_DO
    assert not (tmp_path / "cards.pdf").exists()
    street.close()
