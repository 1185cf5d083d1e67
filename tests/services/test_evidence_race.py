"""Eight processes record the same vouchers at the same time: each is redeemed once."""

from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import create_engine, func, insert, select, text

from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Attempt, Channel, Verdict
from caringstreet.services import evidence
from caringstreet.storage.database import Database
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out

PROCESSES, VOUCHERS, AT_ONCE = 8, 300, 30
START = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
SPAWN = get_context("spawn")


def record_all(path: Path, shop_id: int, serials: list[int], number: int, together: Barrier) -> None:
    """One process: every voucher as a message of a moment of its own, in an order of its own."""
    database = Database(path)
    mine = serials[number * 37 :] + serials[: number * 37]
    together.wait()
    for start in range(0, len(mine), AT_ONCE):
        attempts = [Attempt(code_of(one), one) for one in mine[start : start + AT_ONCE]]
        with database.transaction() as tx:
            moment = START + timedelta(minutes=number)
            evidence.record(tx, attempts=attempts, shop_id=shop_id, channel=Channel.WHATSAPP, at=moment, by=str(number))
    database.close()


def look_then_write(path: Path, voucher_ids: list[int], together: Barrier) -> None:
    """What would happen with an engine as it comes and no unique index: looking and writing are two things."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
    with engine.connect() as connection:
        wanted = select(Redemption.voucher_id).where(Redemption.voucher_id.in_(voucher_ids))
        known = set(connection.execute(wanted).scalars())
        together.wait()
        for voucher_id in voucher_ids:
            if voucher_id not in known:
                values = {"voucher_id": voucher_id, "offer_version_id": 1, "shop_id": 1, "day": START.date(), "channel": Channel.DESK}
                connection.execute(insert(Redemption).values(**values, flags=[], without_slip=True))
        connection.commit()
    engine.dispose()


def all_at_once(target: object, arguments: list[tuple[object, ...]]) -> None:
    running = [SPAWN.Process(target=target, args=one) for one in arguments]  # type: ignore[arg-type]
    for one in running:
        one.start()
    for one in running:
        one.join(60)
    assert [one.exitcode for one in running] == [0] * len(running)


def make(folder: Path) -> tuple[Path, int, list[int]]:
    street = a_street(folder)
    shop = a_shop(street)
    offer = an_offer(street, shop)
    for _ in range(VOUCHERS // 6):
        handed_out(street, a_household(street), offer, count=6)
    with street.database.reader() as reader:
        serials = list(reader.execute(select(Voucher.serial).order_by(Voucher.id)).scalars())
    street.close()
    return street.path, shop, serials


def test_eight_processes_make_one_redemption_of_each_voucher(tmp_path: Path) -> None:
    path, shop, serials = make(tmp_path)
    together = SPAWN.Barrier(PROCESSES, timeout=60)
    all_at_once(record_all, [(path, shop, serials, number, together) for number in range(PROCESSES)])
    database = Database(path)
    with database.reader() as reader:
        assert reader.scalar(select(func.count(Redemption.id))) == VOUCHERS
        assert reader.scalar(select(func.count(func.distinct(Redemption.voucher_id)))) == VOUCHERS
        assert reader.scalar(select(func.count(Evidence.id))) == VOUCHERS * PROCESSES
        redeeming = select(func.count(Evidence.id)).where(Evidence.verdict == Verdict.REDEEMS)
        assert reader.scalar(redeeming) == VOUCHERS
        assert set(reader.scalars(select(Evidence.recorded_by).where(Evidence.verdict == Verdict.REDEEMS))) == {"0"}
    database.close()


def test_without_the_unique_index_and_its_transactions_there_would_be_more(tmp_path: Path) -> None:
    path, _, _ = make(tmp_path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare AS SELECT * FROM redemption"))
        connection.execute(text("DROP TABLE redemption"))
        connection.execute(text("ALTER TABLE bare RENAME TO redemption"))
        ids = list(connection.execute(select(Voucher.id)).scalars())
    together = SPAWN.Barrier(PROCESSES, timeout=60)
    all_at_once(look_then_write, [(path, ids, together)] * PROCESSES)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Redemption)) == VOUCHERS * PROCESSES
    engine.dispose()
