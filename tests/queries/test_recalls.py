"""A recall finds everybody who got of a lot, whatever way it went, and finds them by the lot's index alone."""

import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.dialects.sqlite import dialect

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import audit, recalls
from caringstreet.queries import runs as run_queries
from caringstreet.queries.recalls import Recall
from caringstreet.rules.goods import DisposalReason, Target
from caringstreet.services import choice_events, distributions, goods, runs
from caringstreet.services import recalls as services
from caringstreet.services.choice_events import EventForm, VisitForm
from caringstreet.services.distributions import LineForm, ListForm
from caringstreet.services.goods_ledger import Recipient
from caringstreet.services.runs import RunForm, StopForm, StopResult
from caringstreet.storage.database import Reader
from caringstreet.wording.recalls import occasion_text, reach_text, who_text
from caringstreet.words import Words
from tests.builders import BY, NOW, TODAY, a_household, a_shop, a_street
from tests.goods_street import a_donation, a_lot
from tests.printing.goods import done


def recall_of(street: OpenStreet, lot_id: int) -> Recall:
    with street.database.reader() as reader:
        found = recalls.of_lot(reader, lot_id, TODAY)
    assert found is not None
    return found


def test_everybody_is_found_whichever_way_it_went(tmp_path: Path, words_en: Words) -> None:
    street = a_street(tmp_path)
    shop = a_shop(street, "S05", name_zh="海興餅店")
    ann, ben, eve, dan = (a_household(street, display_name=name) for name in ("陳婆婆", "何伯", "黃太", "李生"))
    lot, other = a_donation(street, a_lot("豆腐", 100), a_lot("豆腐", 5)).lot_ids
    # By hand: to a household, a shop, the team; one of them by mistake.
    for recipient, number in (
        (Recipient(Target.HOUSEHOLD, ann), 3),
        (Recipient(Target.SHOP, shop_id=shop), 10),
        (Recipient(Target.GROUP, group_name="清潔工友", people=6), 6),
    ):
        done(street, goods.give, lot_id=lot, quantity=number * 1000, recipient=recipient, day=TODAY)
    wrong = done(street, goods.give, lot_id=lot, quantity=1000, recipient=Recipient(Target.HOUSEHOLD, dan), day=TODAY)
    done(street, goods.correct, movement_ids=wrong.movement_ids, reason="錯")
    # By a list: one came, one is still to come.
    lines = (LineForm(lot, 2000, ben), LineForm(lot, 4000, dan))
    listed = done(street, distributions.plan, form=ListForm(TODAY, "週六派發", lines))
    done(street, distributions.give_lines, line_ids=listed.line_ids[:1])
    # On a choice day: a household, and somebody without a name.
    event = done(street, choice_events.plan, form=EventForm(TODAY, "士多日")).event_id
    done(street, choice_events.bring, event_id=event, quantities={lot: 5000})
    done(street, choice_events.visit, event_id=event, form=VisitForm(eve, picks=((lot, 1000),)))
    done(street, choice_events.visit, event_id=event, form=VisitForm(None, picks=((lot, 2000),)))
    done(street, goods.dispose, lot_id=lot, quantity=7000, reason=DisposalReason.UNFIT, day=TODAY)
    found = recall_of(street, lot)
    said = [(who_text(words_en, one), one.quantity // 1000, occasion_text(words_en, one), reach_text(words_en, one)) for one in found.rows]
    assert said == [
        ("H-0004 李生", 4, "Still on the list 週六派發: stop it", "see its page"),
        ("H-0001 陳婆婆", 3, "Given directly", "see its page"),
        ("S05 海興餅店", 10, "Given directly", "輝叔 2555 0007"),
        ("清潔工友 (6)", 6, "Given directly", "–"),
        ("H-0002 何伯", 2, "週六派發", "see its page"),
        ("H-0003 黃太", 1, "士多日", "see its page"),
        ("Visitor no. 2", 2, "士多日", "–"),
    ]
    assert (found.taken_in, found.given, found.disposed, found.lot.stock) == (100_000, 24_000, 7_000, 69_000)
    assert (found.households, found.others) == (4, (other,))
    street.close()


def test_a_run_is_named_with_its_day(tmp_path: Path, words_zh: Words) -> None:
    street = a_street(tmp_path)
    run = done(street, runs.plan, form=RunForm(TODAY, (StopForm(shop_id=a_shop(street)),))).run_id
    with street.database.reader() as reader:
        stop = run_queries.stops(reader, run)[0].stop_id
    result = StopResult(stop, "麵包", 30_000, to_households=20_000, households=9, to_group=5_000, group_name="清潔工友")
    done(street, runs.record, run_id=run, results=[result])
    found = recall_of(street, 1)
    assert [(one.run_id, one.quantity, who_text(words_zh, one)) for one in found.rows] == [
        (run, 20_000, "住戶（不記名）（9）"),
        (run, 5_000, "清潔工友"),
    ]
    assert all("11月1日" in occasion_text(words_zh, one) for one in found.rows)
    street.close()


def test_paper_that_names_neighbours_is_noted(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    (lot,) = a_donation(street, a_lot()).lot_ids
    done(street, services.note_print, lot_id=lot, households=3)
    with street.database.reader() as reader:
        noted = audit.history(reader, "goods_lot", lot)
    assert [(one.action, one.actor) for one in noted] == [("recalls.note_print", BY)]
    street.close()


_HANDED_OUT = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :each)
INSERT INTO goods_movement (lot_id, kind, quantity, day, at, target, group_name, note, recorded_by)
SELECT goods_lot.id, 'distribution', -1000, '2026-11-01', '2026-11-01 02:00:00', 'households', '', '', 'x' FROM goods_lot, n
"""
_MISTAKES = """
INSERT INTO goods_movement (lot_id, kind, quantity, day, at, group_name, note, recorded_by, corrects_id)
SELECT lot_id, 'correction', 1000, day, at, '', '', 'x', id FROM goods_movement WHERE kind = 'distribution' AND id % 7 = 0
"""


def _move(street: OpenStreet, lots: int, each: int) -> None:
    """A ledger in which each lot was handed out in so many parts, a seventh of them by mistake."""
    for _ in range(lots):
        a_donation(street, a_lot(number=each))
    with street.database.transaction() as tx:
        tx.session.execute(text(_HANDED_OUT), {"each": each})
        tx.session.execute(text(_MISTAKES))
        tx.audit("goods.imported", by=BY, at=NOW)


def plan_of(reader: Reader) -> list[str]:
    """How SQLite goes about finding the hand-outs of a lot."""
    said = recalls.given_of(3).compile(dialect=dialect(), compile_kwargs={"literal_binds": True})
    return [row[3] for row in reader.execute(text(f"EXPLAIN QUERY PLAN {said}"))]


def test_a_hundred_thousand_movements_make_a_recall_no_slower(tmp_path: Path) -> None:
    took = []
    for name, lots in (("small", 4), ("large", 110)):
        (tmp_path / name).mkdir()
        street = a_street(tmp_path / name)
        _move(street, lots, 900)
        with street.database.reader() as reader:
            plan = plan_of(reader)
            # Neither all movements nor all corrections are looked through.
            assert not [line for line in plan if line.startswith("SCAN") or "LIST SUBQUERY" in line], plan
            best = []
            for _ in range(5):
                started = time.perf_counter()
                found = recalls.of_lot(reader, 3, TODAY + timedelta(days=1))
                best.append(time.perf_counter() - started)
        assert found is not None and 760 < len(found.rows) < 780
        took.append(min(best))
        street.close()
    # Nearly thirty times the ledger; the rows of one lot are as many as before.
    assert took[1] < took[0] * 6, took
