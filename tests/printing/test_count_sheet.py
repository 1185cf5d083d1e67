"""The paper of a stock-take: where, what, by when, and no figure that one could copy."""

from datetime import date
from pathlib import Path

import pytest

from caringstreet.papers.stock_takes import write_count_sheet
from caringstreet.rules.quantities import Unit
from caringstreet.rules.refusals import RuleRefused
from tests.builders import NOW, a_street
from tests.printing.goods import DAY, a_donation, a_lot
from tests.printing.paper import words_of


def test_each_lot_shows_its_day_and_not_what_should_be_there(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_donation(
        street,
        a_lot("罐頭湯", 37, Unit.ITEM, place="A 架", best_before=date(2027, 3, 31)),
        a_lot("罐頭湯", 41, Unit.ITEM, place="A 架", best_before=date(2026, 12, 5)),
        a_lot("白米", 53, Unit.PACK, place="雪櫃旁"),
    )
    pdf = tmp_path / "count.pdf"
    write_count_sheet(street, DAY, "A 架", pdf, made_at=NOW)
    (said,) = words_of(pdf)
    # Two lots of one thing can be told from each other only by their days.
    assert said.count("罐頭湯") == 2 and "2027年3月31日" in said and "12月5日" in said
    assert "白米" not in said and "37" not in said and "41" not in said
    with pytest.raises(RuleRefused):
        write_count_sheet(street, DAY, "閣樓", tmp_path / "none.pdf", made_at=NOW)
    street.close()
