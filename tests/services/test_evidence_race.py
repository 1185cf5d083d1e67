"""Eight processes record the same vouchers at the same time: each is redeemed once."""

import json
from datetime import UTC, datetime, timedelta
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, func, insert, select, text

from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.model.vouchers import Voucher
from caringstreet.queries.check import problems
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Attempt, Channel, Verdict
from caringstreet.services import evidence
from caringstreet.services.evidence import RecordedScans
from caringstreet.storage.database import Database
from caringstreet.storage.problems import StorageProblem, StorageTrouble
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out

PROCESSES, VOUCHERS, AT_ONCE = 8, 300, 30
START = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
#: Each process is one of its own, with no file and no engine of another; where the system can, the code is loaded once for all.
SPAWN = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
SPAWN.set_forkserver_preload([__name__])


def submit(path: Path, shop_id: int, serials: list[int], channel: Channel, number: int, together: Barrier) -> None:
    """One process: the same lists as all others in an order of its own, each submitted twice; its answers go to a file.

    As messages every process has a moment of its own; the envelopes are one and the same for all.
    """
    database = Database(path)
    lists = [serials[start : start + AT_ONCE] for start in range(0, len(serials), AT_ONCE)]
    told = []
    together.wait()
    for part in (*lists[number:], *lists[:number]):
        for time in ("first", "again"):
            moment = START if channel is Channel.SLIP else START + timedelta(minutes=number)
            attempts = [Attempt(code_of(one), one) for one in part]
            done = record(database, attempts=attempts, shop_id=shop_id, channel=channel, at=moment, by=str(number))
            told += [(time, one.voucher_id, one.evidence_id, one.outcome, one.verdict, one.repeated) for one in done.answers]
    database.close()
    (path.parent / f"answers-{number}.json").write_text(json.dumps(told), encoding="utf-8")


def record(database: Database, **submission: Any) -> RecordedScans:
    """Submit until the file is free: on a busy machine the wait for the other seven can end in a refusal, as for people."""
    while True:
        try:
            with database.transaction() as tx:
                return evidence.record(tx, **submission)
        except StorageProblem as problem:
            if problem.kind is not StorageTrouble.LOCKED:
                raise


def look_then_write(path: Path, voucher_ids: list[int], together: Barrier) -> None:
    """What would happen with an engine as it comes and no unique index: looking and writing are two things."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 200})
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
        one.join(240)
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


Told = tuple[str, int, int, str, str, bool]


def race(path: Path, shop: int, serials: list[int], channel: Channel) -> dict[int, list[Told]]:
    """What each process was told, by its number."""
    together = SPAWN.Barrier(PROCESSES, timeout=120)
    all_at_once(submit, [(path, shop, serials, channel, number, together) for number in range(PROCESSES)])
    files = {number: path.parent / f"answers-{number}.json" for number in range(PROCESSES)}
    return {number: [tuple(one) for one in json.loads(file.read_text(encoding="utf-8"))] for number, file in files.items()}


def counted(path: Path, *columns: Any) -> list[tuple[Any, ...]]:
    database = Database(path)
    with database.reader() as reader:
        found = [tuple(row) for row in reader.execute(select(*columns))]
        assert problems(reader) == []
    database.close()
    return found


def test_eight_processes_with_one_envelope_redeem_each_voucher_once_and_every_repeat_gets_the_first_answer(tmp_path: Path) -> None:
    path, shop, serials = make(tmp_path)
    told = race(path, shop, serials, Channel.SLIP)
    answers = [one for process in told.values() for one in process]
    assert len(answers) == PROCESSES * 2 * VOUCHERS
    assert {(outcome, verdict) for _, _, _, outcome, verdict, _ in answers} == {("valid", "redeems")}
    assert len({(voucher, row) for _, voucher, row, *_ in answers}) == VOUCHERS
    new = [(time, voucher) for time, voucher, *_, repeated in answers if not repeated]
    assert len(new) == len(set(new)) == VOUCHERS
    assert {time for time, _ in new} == {"first"}
    redeemed = counted(path, Redemption.voucher_id)
    assert len(redeemed) == len(set(redeemed)) == VOUCHERS
    assert counted(path, func.count(Evidence.id)) == [(VOUCHERS,)]


def test_eight_processes_with_messages_of_their_own_make_one_redemption_of_each_voucher(tmp_path: Path) -> None:
    path, shop, serials = make(tmp_path)
    told = race(path, shop, serials, Channel.WHATSAPP)
    for process in told.values():
        first = {voucher: row for time, voucher, row, *_ in process if time == "first"}
        again = {voucher: row for time, voucher, row, *_ in process if time == "again"}
        assert first == again
        assert {one[3:] for one in process if one[0] == "again"} == {("already_known", "merged", True)}
        assert not any(one[5] for one in process if one[0] == "first")
    redeemed = counted(path, Redemption.voucher_id)
    assert len(redeemed) == len(set(redeemed)) == VOUCHERS
    assert counted(path, func.count(Evidence.id)) == [(VOUCHERS * PROCESSES,)]
    redeeming = [row for row in counted(path, Evidence.recorded_by, Evidence.verdict) if row[1] is Verdict.REDEEMS]
    assert redeeming == [("0", Verdict.REDEEMS)] * VOUCHERS


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
