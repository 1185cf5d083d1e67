"""Windows on the same file at once cannot give a lot twice: processes race, and a careless one shows why."""

from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import create_engine, func, insert, select

from caringstreet.model.goods import GoodsMovement
from caringstreet.rules.goods import MovementKind, Target
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import goods
from caringstreet.services.goods import LotForm
from caringstreet.services.goods_ledger import Recipient
from caringstreet.storage.database import Database
from tests.builders import BY, NOW, TODAY, a_donation, a_street
from tests.services.test_evidence_race import SPAWN, all_at_once

PROCESSES, THERE, EACH = 4, 30, 15


def give_all(path: Path, lot: int, together: Barrier) -> None:
    """One window: fifteen hand-outs, as many of which are refused as there is too little for."""
    database = Database(path)
    together.wait()
    for _ in range(EACH):
        try:
            with database.transaction() as tx:
                goods.give(tx, lot_id=lot, quantity=1_000, recipient=Recipient(Target.TEAM), day=TODAY, at=NOW, by=BY)
        except RuleRefused:
            continue
    database.close()


def look_then_give(path: Path, lot: int, together: Barrier) -> None:
    """What would happen if looking and giving were two transactions."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
    with engine.connect() as connection:
        there = connection.scalar(select(func.sum(GoodsMovement.quantity)).where(GoodsMovement.lot_id == lot)) or 0
        together.wait()
        for _ in range(min(EACH, there // 1_000)):
            row = {"lot_id": lot, "kind": MovementKind.DISTRIBUTION, "quantity": -1_000, "day": TODAY, "at": NOW, "recorded_by": BY}
            connection.execute(insert(GoodsMovement).values(**row, target=Target.TEAM, group_name="", note=""))
        connection.commit()
    engine.dispose()


def stock_after(folder: Path, target: object) -> int:
    street = a_street(folder)
    lot = a_donation(street, LotForm("包", THERE * 1_000)).lot_ids[0]
    street.close()
    together = SPAWN.Barrier(PROCESSES, timeout=60)
    all_at_once(target, [(street.path, lot, together)] * PROCESSES)
    database = Database(street.path)
    with database.reader() as reader:
        left = reader.scalar(select(func.sum(GoodsMovement.quantity)).where(GoodsMovement.lot_id == lot))
    database.close()
    assert left is not None
    return left


def test_four_windows_give_exactly_what_is_there(tmp_path: Path) -> None:
    assert stock_after(tmp_path, give_all) == 0


def test_looking_first_and_giving_then_would_oversubscribe(tmp_path: Path) -> None:
    assert stock_after(tmp_path, look_then_give) == (THERE - PROCESSES * EACH) * 1_000
