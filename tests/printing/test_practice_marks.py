"""No paper of the practice street can pass for a real one: every page of every paper says so."""

import inspect
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from caringstreet import papers
from caringstreet.bootstrap import OpenStreet
from caringstreet.papers import goods, month_summary, recalls, shop_cards, stock_takes, voucher_sheets
from caringstreet.printing.notice import Notice, print_notices
from caringstreet.printing.page import PRACTICE
from caringstreet.queries import goods_month
from caringstreet.queries import month_summary as month_queries
from caringstreet.queries import recalls as recall_queries
from caringstreet.rules.months import Month
from caringstreet.services import devices, distributions, runs
from caringstreet.services.distributions import LineForm, ListForm
from caringstreet.services.month_summary import KeptSummary
from caringstreet.services.runs import RunForm, StopForm
from tests.builders import NOW, a_household, a_shop, a_street, an_offer, handed_out
from tests.printing.goods import DAY, a_donation, a_lot, done
from tests.printing.paper import words_of

NOVEMBER = Month(2026, 11)
#: A workbook and texts are no paper; what `papers` only reads or says is none either.
NO_PAPER = {"write_goods_xlsx", "write_summary_xlsx", "write_shop_page"}


def the_papers(street: OpenStreet) -> dict[str, Callable[[Path], object]]:
    """How each paper of the street is drawn."""
    shop = a_shop(street)
    household = a_household(street)
    vouchers = handed_out(street, household, an_offer(street, shop))
    taken = a_donation(street, a_lot())
    run = done(street, runs.plan, form=RunForm(DAY, (StopForm(shop_id=shop),))).run_id
    listed = done(street, distributions.plan, form=ListForm(DAY, "米糧", (LineForm(taken.lot_ids[0], 1000, household),)))
    phone = done(street, devices.pair, shop_id=shop, random_bits=street.random_bits).device_id
    with street.database.reader() as reader:
        of_goods = goods_month.figures(reader, NOVEMBER)
        of_month = month_queries.figures(reader, NOVEMBER, date(2026, 12, 1))
    with street.database.reader() as reader:
        recall = recall_queries.of_lot(reader, taken.lot_ids[0], DAY)
    assert recall is not None
    notice = Notice("輝記", "Fai Kee", DAY, DAY, DAY, "颱風", "typhoon")
    made = {"made_at": NOW}
    return {
        "write_receipt": lambda path: goods.write_receipt(street, taken.donation_id, path, **made),
        "write_run_sheet": lambda path: goods.write_run_sheet(street, run, path, **made),
        "write_signature_sheet": lambda path: goods.write_signature_sheet(street, listed.distribution_id, path, **made),
        "write_household_cards": lambda path: goods.write_household_cards(street, [household], path),
        "write_goods_month": lambda path: goods.write_goods_month(street, of_goods, None, path, **made),
        "write_count_sheet": lambda path: stock_takes.write_count_sheet(street, DAY, "", path, **made),
        "write_recall": lambda path: recalls.write_recall(street, recall, path, **made),
        "write_summary_pdf": lambda path: month_summary.write_summary_pdf(street, of_month, KeptSummary(1, True, "x"), path, **made),
        "draw_sheets": lambda path: voucher_sheets.draw_sheets(street, vouchers, path),
        "draw_card": lambda path: shop_cards.draw_card(street, shop, NOVEMBER, path, device_id=phone),
        "draw_slip": lambda path: shop_cards.draw_slip(street, phone, path),
        "print_notices": lambda path: print_notices([notice], path, team="", phone="", practice=street.practice),
    }


@pytest.mark.parametrize("practice", [True, False])
def test_every_page_of_every_paper_of_practice_says_so_and_no_real_one_does(tmp_path: Path, practice: bool) -> None:
    street = a_street(tmp_path, practice=practice)
    for name, draw in the_papers(street).items():
        pdf = tmp_path / f"{name}.pdf"
        draw(pdf)
        pages = words_of(pdf)
        marked = [PRACTICE in page for page in pages]
        assert pages and (all(marked) if practice else not any(marked)), name
    street.close()


def test_no_paper_is_forgotten_here(tmp_path: Path) -> None:
    street = a_street(tmp_path, practice=True)
    drawn = set(the_papers(street))
    street.close()
    found = set()
    for module in iter_modules(papers.__path__):
        for name, one in inspect.getmembers(import_module(f"caringstreet.papers.{module.name}"), inspect.isfunction):
            public = one.__module__ == f"caringstreet.papers.{module.name}" and not name.startswith("_")
            if public and Path in inspect.get_annotations(one, eval_str=True).values():
                found.add(name)
    assert found - NO_PAPER == drawn - {"print_notices"}
