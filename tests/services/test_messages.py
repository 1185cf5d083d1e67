"""What chats tell is kept once, believed only where it can be, and decided as a set with the paper."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from caringstreet.bootstrap import OpenStreet, open_street
from caringstreet.clock import FixedClock, local_time, to_utc
from caringstreet.messaging import read_text, told
from caringstreet.model.audit import AuditEntry
from caringstreet.model.devices import MessageSender
from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.model.vouchers import Voucher
from caringstreet.progress import Cancelled, Progress
from caringstreet.queries import devices as device_queries
from caringstreet.queries import month_rows, month_summary
from caringstreet.queries.devices import DeviceRow, PairingRow
from caringstreet.rules.claims import Claim, sign
from caringstreet.rules.codes import code_of, pretty
from caringstreet.rules.evidence import Attempt, Channel, Outcome, Verdict
from caringstreet.rules.messages import MessageKind
from caringstreet.rules.months import Month
from caringstreet.rules.questions import Ruling
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import devices, evidence, messages, questions, vouchers
from caringstreet.services import street as street_services
from caringstreet.services.messages import RecordedMessages
from caringstreet.services.shops import ContactForm
from caringstreet.services.street import StreetSettings
from tests.builders import BY, NOW, a_household, a_shop, a_street, an_offer, handed_out

SOON = to_utc(datetime(2026, 11, 21, 12, 0))
NOON = datetime(2026, 11, 10, 12, 0)


def do(street: OpenStreet, service: Any, *, now: datetime = SOON, **arguments: Any) -> Any:
    with street.database.transaction() as tx:
        return service(tx, at=now, by=BY, **arguments)


class Street:
    """Shop S07 with a paired phone and four vouchers in a household's hands; S18 beside it."""

    def __init__(self, street: OpenStreet) -> None:
        self.street = street
        self.shop = a_shop(street, "S07", name_zh="輝記菜檔", contacts=(ContactForm("輝叔", "25550007", "95550007"),))
        self.other = a_shop(street, "S18", name_zh="家寶糖水", contacts=())
        self.offer, self.elsewhere = an_offer(street, self.shop), an_offer(street, self.other)
        home = a_household(street)
        self.ids = handed_out(street, home, self.offer, count=4)
        self.other_ids = handed_out(street, home, self.elsewhere, count=2)
        self.device = do(street, devices.pair, now=NOW, shop_id=self.shop, random_bits=street.random_bits).device_id
        street.clock = FixedClock(SOON)

    def code(self, voucher_id: int) -> str:
        with self.street.database.reader() as reader:
            return code_of(reader.execute(select(Voucher.serial).where(Voucher.id == voucher_id)).scalar_one())

    def pairing(self, device_id: int | None = None) -> PairingRow:
        with self.street.database.reader() as reader:
            return device_queries.pairing(reader, device_id or self.device)

    def line(self, number: int = 0, seq: int = 1, said_at: datetime = NOON, device_id: int | None = None) -> Claim:
        pairing = self.pairing(device_id)
        return sign(pairing.shop, pairing.number, seq, said_at, self.code(self.ids[number]), pairing.key)

    def take(self, text: str, *, now: datetime = SOON, look: bool = False, **options: Any) -> RecordedMessages:
        found = told(self.street, read_text(self.street, text))
        working = self.street.database.rehearsal if look else self.street.database.transaction
        with working() as tx:
            return messages.record(tx, told=found, at=now, by=BY, **options)

    def state(self) -> list[Any]:
        """Everything that evidence decides, and all of the evidence that says what happened."""
        with self.street.database.reader() as reader:
            vouchers_now = reader.execute(select(Voucher.id, Voucher.state).order_by(Voucher.id)).all()
            redeemed = reader.execute(
                select(Redemption.voucher_id, Redemption.shop_id, Redemption.day, Redemption.happened_at, Redemption.channel, Redemption.flags, Redemption.without_slip)
                .order_by(Redemption.voucher_id)
            ).all()  # fmt: skip
            kept = reader.execute(
                select(Evidence.content_hash, Evidence.voucher_id, Evidence.shop_id, Evidence.day, Evidence.happened_at, Evidence.sent_at, Evidence.said_at, Evidence.outcome, Evidence.verdict, Evidence.flags, Evidence.repeats, Evidence.seq)
                .order_by(Evidence.content_hash)
            ).all()  # fmt: skip
        return [list(map(tuple, rows)) for rows in (vouchers_now, redeemed, kept)]

    def redemptions(self) -> list[tuple[int, int, datetime | None, bool]]:
        with self.street.database.reader() as reader:
            rows = reader.execute(select(Redemption.voucher_id, Redemption.shop_id, Redemption.happened_at, Redemption.without_slip))
            return sorted(tuple(row) for row in rows)

    def evidence(self) -> list[Any]:
        with self.street.database.reader() as reader:
            return list(reader.execute(select(Evidence.__table__).order_by(Evidence.id)))

    def phone(self, device_id: int | None = None) -> DeviceRow:
        with self.street.database.reader() as reader:
            found = device_queries.devices(reader)
        return next(one for one in found if one.device_id == (device_id or self.device))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    street = a_street(tmp_path)
    yield Street(street)
    street.close()


def chat(*bodies: str, sender: str = "輝記菜檔", at: datetime = NOON) -> str:
    return "".join(f"{at:%d/%m/%Y %H:%M} - {sender}: {body}\n" for body in bodies)


def kinds(recorded: RecordedMessages) -> list[MessageKind]:
    return [one.kind for one in recorded.rows]


# Lines ------------------------------------------------------------------------------------------------------------


def test_a_signed_line_redeems_at_the_phones_time_whoever_passed_it_on(here: Street) -> None:
    line = here.line().line
    recorded = here.take(f"早晨\n{line}\n")
    assert kinds(recorded) == [MessageKind.NEW]
    assert here.redemptions() == [(here.ids[0], here.shop, to_utc(NOON), True)]
    assert here.phone().lines == 1
    again = here.take(chat(line, sender="街坊甲"))
    assert kinds(again) == [MessageKind.KNOWN]
    assert again.evidence_ids == ()
    assert len(here.redemptions()) == 1


def test_nothing_is_written_by_looking(here: Street) -> None:
    before = here.state()
    text = chat(here.line().line, pretty(here.code(here.ids[1])), "3Y1T-J33X-3")
    looked = here.take(text, look=True, senders={"輝記菜檔": here.shop})
    assert here.state() == before
    with here.street.database.reader() as reader:
        assert reader.scalar(select(func.count(MessageSender.id))) == 0
    recorded = here.take(text)
    assert [(one.kind, one.outcome, one.code) for one in looked.rows] == [(one.kind, one.outcome, one.code) for one in recorded.rows]


def test_a_slip_among_words_is_told_where_one_of_our_codes_is_meant(here: Street) -> None:
    code = here.code(here.ids[0])
    wrong = next(char for char in "23456789ABC" if char != code[-1])
    swapped = next(code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(8) if code[at] != code[at + 1])
    slips = [code[:-1] + wrong, swapped]
    found = here.take(chat(*(f"收到 {one} 多謝" for one in slips), "訂單 12AB34CD5 已寄出"), look=True, senders={"輝記菜檔": here.shop})
    assert [(one.kind, one.told.text) for one in found.rows] == [(MessageKind.MISTYPED, one) for one in slips]


def test_the_same_chat_again_changes_nothing(here: Street) -> None:
    text = chat(here.line().line, here.line(1, 2).line, pretty(here.code(here.ids[2])), "3Y1T-J33X-3") + chat(
        pretty(here.code(here.ids[2])), at=NOON + timedelta(minutes=1)
    )
    first = here.take(text)
    assert kinds(first) == [MessageKind.NEW, MessageKind.NEW, MessageKind.NEW, MessageKind.MISTYPED, MessageKind.KNOWN]
    before = here.state()
    again = here.take(text, now=SOON + timedelta(days=2))
    assert kinds(again) == [MessageKind.KNOWN] * 3 + [MessageKind.MISTYPED, MessageKind.KNOWN]
    assert again.evidence_ids == ()
    assert here.state() == before


def test_a_line_with_a_wrong_signature_is_kept_and_counts_for_nothing(here: Street) -> None:
    claim = here.line()
    forged = Claim(claim.shop, claim.device, claim.seq, claim.said_at, here.code(here.ids[1]), claim.mac)
    nobody = Claim("S99", 1, 1, NOON, claim.code, claim.mac)
    recorded = here.take(chat(forged.line, nobody.line, claim.line.replace("S07.1", "S07.9"), sender="陌生人"))
    assert kinds(recorded) == [MessageKind.BAD_MAC] * 3
    assert here.redemptions() == []
    kept = here.evidence()
    assert [(one.outcome, one.verdict, one.voucher_id, one.device_id, one.shop_id) for one in kept] == [
        (Outcome.BAD_SIGNATURE, Verdict.REFUSED, None, None, here.shop)
    ] * 2
    assert here.phone().lines == 0
    assert kinds(here.take(chat(forged.line))) == [MessageKind.BAD_MAC]
    assert len(here.evidence()) == 2


def test_a_phone_of_one_shop_cannot_speak_for_another(here: Street) -> None:
    pairing = here.pairing()
    elsewhere = sign("S18", 1, 1, NOON, here.code(here.other_ids[0]), pairing.key)
    own_phone = sign("S07", 1, 1, NOON, here.code(here.other_ids[0]), pairing.key)
    recorded = here.take(f"{elsewhere.line}\n{own_phone.line}")
    assert kinds(recorded) == [MessageKind.BAD_MAC, MessageKind.CONFLICTING]
    assert recorded.rows[1].outcome is Outcome.WRONG_SHOP
    assert here.redemptions() == []


def test_gaps_in_a_phones_count_are_shown(here: Street) -> None:
    here.take("\n".join(here.line(n, seq).line for n, seq in ((0, 1), (1, 4), (2, 5))))
    phone = here.phone()
    assert (phone.missing, phone.missing_count, phone.lines, phone.heard_at) == (((2, 3),), 2, 3, SOON)
    here.take("\n".join(here.line(3, seq).line for seq in (2, 3)))
    assert here.phone().missing == ()


# A revoked phone --------------------------------------------------------------------------------------------------


def test_lines_of_a_revoked_phone_are_set_aside_and_the_paper_still_counts(here: Street) -> None:
    do(here.street, devices.revoke, now=to_utc(NOON + timedelta(days=1)), device_id=here.device, reason="電話被偷")
    recorded = here.take(here.line().line)
    assert kinds(recorded) == [MessageKind.REVOKED]
    assert here.redemptions() == []
    do(
        here.street,
        evidence.record,
        attempts=[Attempt("x", Known.serial(here, 0))],
        shop_id=here.shop,
        channel=Channel.SLIP,
        day=date(2026, 11, 14),
    )
    assert [one[:2] for one in here.redemptions()] == [(here.ids[0], here.shop)]


def test_what_a_phone_sent_before_it_was_revoked_stands(here: Street) -> None:
    first = here.line(0, 1, datetime(2026, 11, 10, 12, 0))
    here.take(first.line)
    do(here.street, devices.revoke, now=to_utc(datetime(2026, 11, 12, 9, 0)), device_id=here.device, reason="電話遺失")
    before, after = here.line(1, 2, datetime(2026, 11, 11, 10, 0)), here.line(2, 3, datetime(2026, 11, 11, 10, 0))
    recorded = here.take(chat(before.line, at=datetime(2026, 11, 11, 10, 1)) + chat(after.line, at=datetime(2026, 11, 12, 10, 1)))
    assert kinds(recorded) == [MessageKind.NEW, MessageKind.REVOKED]
    assert [one[0] for one in here.redemptions()] == here.ids[:2]
    pasted = here.line(3, 4, datetime(2026, 11, 11, 11, 0)).line
    assert kinds(here.take(pasted)) == [MessageKind.REVOKED]
    assert kinds(here.take(chat(pasted, at=datetime(2026, 11, 11, 11, 1)))) == [MessageKind.KNOWN]
    assert [one[0] for one in here.redemptions()] == [*here.ids[:2], here.ids[3]]


# Clocks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said_at", "used", "off"),
    [
        (datetime(2026, 11, 10, 12, 0), datetime(2026, 11, 10, 12, 0), False),
        (datetime(2026, 11, 8, 12, 0), datetime(2026, 11, 8, 12, 0), False),
        (datetime(2026, 11, 3, 12, 0), datetime(2026, 11, 3, 12, 0), True),
        (datetime(2026, 12, 25, 12, 0), datetime(2026, 11, 10, 12, 5), True),
        (datetime(2020, 1, 1, 0, 0), datetime(2026, 11, 10, 12, 5), True),
        (datetime(2026, 11, 10, 12, 14), datetime(2026, 11, 10, 12, 14), False),
    ],
)
def test_no_claim_is_lost_to_a_wrong_clock(here: Street, said_at: datetime, used: datetime, off: bool) -> None:
    recorded = here.take(chat(here.line(0, 1, said_at).line, at=datetime(2026, 11, 10, 12, 5)))
    assert [(one.kind, one.clock_off) for one in recorded.rows] == [(MessageKind.NEW, off)]
    assert here.redemptions()[0][2] == to_utc(used)
    assert here.phone().clock_off == off


def test_a_line_of_the_future_without_a_message_has_no_time_and_never_that_of_its_import(here: Street) -> None:
    recorded = here.take(here.line(0, 1, datetime(2027, 3, 1, 9, 0)).line)
    assert [(one.kind, one.clock_off, one.at) for one in recorded.rows] == [(MessageKind.NEW, True, None)]
    assert here.redemptions()[0][2] is None


def test_a_code_in_a_message_whose_time_is_unknown_is_kept_without_one_until_it_is_known(here: Street) -> None:
    code = pretty(here.code(here.ids[0]))
    recorded = here.take(f"10/11/2026, 3:04 xm - 輝記: {code}", senders={"輝記": here.shop})
    assert [(one.kind, one.at) for one in recorded.rows] == [(MessageKind.NEW, None)]
    here.take(f"10/11/2026, 3:04 م - 輝記: {code}")
    assert here.redemptions()[0][2] == to_utc(datetime(2026, 11, 10, 15, 4))


# Bare codes -------------------------------------------------------------------------------------------------------


def test_a_bare_code_counts_once_somebody_has_said_whose_sender_it_is(here: Street) -> None:
    code = pretty(here.code(here.ids[0]))
    text = chat(code, "多謝", sender="輝叔 (老友)")
    recorded = here.take(text)
    assert kinds(recorded) == [MessageKind.UNKNOWN_SENDER]
    assert recorded.unknown_senders() == {"輝叔 (老友)": 1}
    assert here.evidence() == []
    assert kinds(here.take(text, senders={"輝叔 (老友)": here.shop})) == [MessageKind.NEW]
    assert here.redemptions() == [(here.ids[0], here.shop, to_utc(NOON), True)]
    renamed = here.take(chat(code, sender="輝記"), senders={"輝記": here.shop})
    assert kinds(renamed) == [MessageKind.KNOWN]


@pytest.mark.parametrize("sender", ["輝記菜檔", "S07 輝記菜檔", "+852 9555 0007", "2555 0007", "Shop S07"])
def test_a_sender_kept_under_the_shops_name_or_number_needs_no_word(here: Street, sender: str) -> None:
    assert kinds(here.take(chat(pretty(here.code(here.ids[0])), sender=sender))) == [MessageKind.NEW]


def test_a_name_that_its_owner_chose_is_nobodys_until_a_person_says_so(here: Street) -> None:
    code = pretty(here.code(here.ids[0]))
    assert kinds(here.take(chat(code, sender="~ 輝記菜檔"))) == [MessageKind.UNKNOWN_SENDER]
    assert kinds(here.take(chat(code, sender="~輝記菜檔"), senders={"~ 輝記菜檔": here.shop})) == [MessageKind.NEW]


def test_a_number_of_two_shops_is_nobodys(here: Street) -> None:
    a_shop(here.street, "S20", contacts=(ContactForm("輝叔", "", "95550007"),))
    assert kinds(here.take(chat(pretty(here.code(here.ids[0])), sender="+852 9555 0007"))) == [MessageKind.UNKNOWN_SENDER]


def test_the_centres_own_answers_are_no_claims_but_lines_that_it_passes_on_are(here: Street) -> None:
    code, line = pretty(here.code(here.ids[0])), here.line(1).line
    recorded = here.take(chat(f"收到 {code}", line, sender="義工中心"), senders={"義工中心": None})
    assert (kinds(recorded), recorded.own) == ([MessageKind.NEW], 1)
    assert [one[0] for one in here.redemptions()] == [here.ids[1]]


def test_the_teams_name_and_number_need_no_word(here: Street) -> None:
    settings = StreetSettings("愛心街", "鄰舍隊", whatsapp="95550100")
    do(here.street, street_services.change_settings, settings=settings)
    code = pretty(here.code(here.ids[0]))
    recorded = here.take(chat(f"收到 {code}", sender="鄰舍隊") + chat(f"收到 {code}", sender="+852 9555 0100"))
    assert (kinds(recorded), recorded.own) == ([], 2)


def test_codes_without_a_sender_are_the_shops_that_a_person_names_for_this_once(here: Street) -> None:
    code = pretty(here.code(here.ids[0]))
    assert kinds(here.take(code)) == [MessageKind.UNKNOWN_SENDER]
    assert kinds(here.take(code, nameless_shop_id=here.shop)) == [MessageKind.NEW]
    assert kinds(here.take(pretty(here.code(here.ids[1])))) == [MessageKind.UNKNOWN_SENDER]
    assert kinds(here.take(chat(code))) == [MessageKind.KNOWN]
    assert here.redemptions()[0][2] == to_utc(NOON)


def test_a_sender_can_be_forgotten(here: Street) -> None:
    code = pretty(here.code(here.ids[0]))
    here.take(chat("早晨", sender="甲"), senders={"甲": here.shop})
    with here.street.database.reader() as reader:
        (sender,) = device_queries.senders(reader)
    assert (sender.name, sender.shop) == ("甲", "S07")
    do(here.street, messages.forget_sender, sender_id=sender.sender_id)
    assert kinds(here.take(chat(code, sender="甲"))) == [MessageKind.UNKNOWN_SENDER]
    with pytest.raises(RuleRefused) as found:
        do(here.street, messages.forget_sender, sender_id=sender.sender_id)
    assert found.value.reason is Refusal.SENDER_UNKNOWN


def test_a_word_that_looks_like_a_code_is_let_go_unless_it_is_a_vouchers(here: Street) -> None:
    spaced = " ".join((here.code(here.ids[0])[:4], here.code(here.ids[0])[4:8], here.code(here.ids[0])[8]))
    recorded = here.take(chat(f"THIS WEEK I 收 {spaced} 123456782"))
    assert [(one.kind, one.code) for one in recorded.rows] == [(MessageKind.NEW, here.code(here.ids[0]))]
    assert len(here.evidence()) == 1


def test_each_class_of_a_preview(here: Street) -> None:
    do(here.street, vouchers.withdraw, now=NOW, voucher_ids=[here.ids[3]], reason="報失")
    late = to_utc(datetime(2026, 12, 20, 12, 0))
    text = (
        chat(
            here.line().line,
            here.line().line,
            "3Y1T-J33X-3",
            pretty(here.code(here.other_ids[0])),
            "7KQ4-M2XT-K",
            pretty(here.code(here.ids[3])),
        )
        + chat(pretty(here.code(here.ids[1])), sender="陌生人")
        + chat(pretty(here.code(here.ids[2])), at=datetime(2026, 12, 10, 12, 0))
    )
    recorded = here.take(text, now=late)
    assert [(one.kind, one.outcome) for one in recorded.rows] == [
        (MessageKind.NEW, Outcome.VALID),
        (MessageKind.KNOWN, Outcome.ALREADY_KNOWN),
        (MessageKind.MISTYPED, Outcome.MISTYPED),
        (MessageKind.CONFLICTING, Outcome.WRONG_SHOP),
        (MessageKind.REFUSED, Outcome.UNKNOWN_CODE),
        (MessageKind.REFUSED, Outcome.VOID),
        (MessageKind.UNKNOWN_SENDER, None),
        (MessageKind.ASK, Outcome.EXPIRED),
    ]


def test_only_the_matched_characters_and_no_name_are_kept(here: Street, tmp_path: Path) -> None:
    here.take(chat(f"陳婆婆住金寶樓五樓收咗 {pretty(here.code(here.ids[0]))} 電話 91112222", f"多謝陳婆婆 {here.line(1).line}"))
    here.street.database.close()
    raw = here.street.path.read_bytes() + b"".join(one.read_bytes() for one in tmp_path.glob("*-wal"))
    assert "金寶樓五樓".encode() not in raw
    assert "多謝陳婆婆".encode() not in raw
    assert b"91112222" not in raw


def test_a_double_press_is_one_claim_that_came_twice(here: Street) -> None:
    code = pretty(here.code(here.ids[0]))
    text = chat(code, at=NOON) + chat(code, at=NOON + timedelta(seconds=3))
    for _ in range(2):
        here.take(text)
        with here.street.database.reader() as reader:
            figures = month_summary.figures(reader, Month(2026, 11), date(2026, 12, 1))
            behind = month_rows.evidence_ids_behind(reader, Month(2026, 11), Outcome.ALREADY_KNOWN)
        assert figures.exceptions == {Outcome.ALREADY_KNOWN: 1}
        assert len(behind) == 1
        assert figures.channels[Channel.WHATSAPP] == 1


def test_what_was_recorded_can_be_taken_back_and_recorded_again(here: Street) -> None:
    text = chat(here.line().line, pretty(here.code(here.ids[1])))
    before = here.redemptions()
    recorded = here.take(text)
    do(here.street, evidence.withdraw, evidence_ids=recorded.evidence_ids, reason="貼錯對話")
    assert here.redemptions() == before
    assert kinds(here.take(text)) == [MessageKind.NEW, MessageKind.NEW]
    assert len(here.redemptions()) == 2


def test_what_a_person_decided_stands_when_the_chat_comes_again(here: Street) -> None:
    text = chat(pretty(here.code(here.ids[0])), at=datetime(2026, 12, 5, 12, 0))
    late = to_utc(datetime(2026, 12, 6, 12, 0))
    (row,) = here.take(text, now=late).rows
    assert row.kind is MessageKind.ASK
    do(here.street, questions.decide, now=late, question_ids=[row.evidence_id], ruling=Ruling.ACCEPT, reason="店舖遲傳")
    before = here.state()
    here.take(chat(pretty(here.code(here.ids[0])), at=datetime(2026, 12, 4, 9, 0)), now=late)
    assert [one[0] for one in here.redemptions()] == [here.ids[0]]
    assert here.state()[1] == before[1]


def test_one_import_is_one_action(here: Street) -> None:
    here.take(chat(here.line().line, "3Y1T-J33X-3"), senders={"甲": here.shop})
    with here.street.database.reader() as reader:
        entries = reader.execute(select(AuditEntry.facts).where(AuditEntry.action == "messages.record")).scalars().all()
    assert entries == [{"lines": 2, "new": 2, "senders": 1}]


class Stopping(Progress):
    def at(self, done: int, total: int) -> None:
        raise Cancelled


def test_an_import_that_is_stopped_leaves_nothing(here: Street) -> None:
    before = here.state()
    with pytest.raises(Cancelled):
        here.take(chat(here.line().line), senders={"甲": here.shop}, progress=Stopping())
    assert here.state() == before


# The set, not the order -------------------------------------------------------------------------------------------


class Known:
    """Serials by the place of a voucher in the street."""

    @staticmethod
    def serial(here: Street, number: int) -> int:
        with here.street.database.reader() as reader:
            return reader.execute(select(Voucher.serial).where(Voucher.id == here.ids[number])).scalar_one()


def arrivals(here: Street) -> list[Any]:
    """Chats in several formats, pastes, slips and telephone calls about the same few vouchers."""
    code = [pretty(here.code(one)) for one in here.ids]
    lines = [here.line(n, n + 1, NOON + timedelta(minutes=2 * n)).line for n in range(3)]
    early = here.line(3, 9, datetime(2020, 1, 1)).line

    def paste(text: str) -> Any:
        return lambda: here.take(text)

    def scan(numbers: Sequence[int], channel: Channel, shop_id: int, day: date) -> Any:
        attempts = [Attempt("x", Known.serial(here, one)) for one in numbers]
        at = to_utc(datetime(day.year, day.month, day.day, 15, 0))
        return lambda: do(here.street, evidence.record, now=at, attempts=attempts, shop_id=shop_id, channel=channel, day=day)

    return [
        paste(chat(lines[0], lines[1], code[0])),
        paste(f"[10/11/2026 下午12:00:31] 輝記菜檔: {lines[0]}\n[10/11/2026 下午12:01:09] 輝記菜檔: {code[0]}\n{code[3]}\n"),
        paste("\n".join(lines)),
        paste(chat(lines[2], early, "3Y1T-J33X-3", at=NOON + timedelta(days=1))),
        paste(chat(code[0], code[0], sender="家寶糖水")),
        paste(chat(lines[1].replace("CS1 S07.1 2", "CS1 S07.1 3"))),
        scan([0, 1, 3], Channel.SLIP, here.shop, date(2026, 11, 14)),
        scan([1], Channel.SLIP, here.other, date(2026, 11, 14)),
        scan([2], Channel.PHONE, here.shop, date(2026, 11, 12)),
    ]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One street, copied for each order."""
    folder = tmp_path_factory.mktemp("template")
    street = a_street(folder)
    Street(street)
    street.close()
    return street.path


def after(template: Path, folder: Path, order: Sequence[int]) -> list[Any]:
    """The state of a street in which these things arrived in this order."""
    path = folder / "copy.caringstreet"
    shutil.copy(template, path)
    street = open_street(path, FixedClock(SOON))
    here = object.__new__(Street)
    here.street = street
    with street.database.reader() as reader:
        found = device_queries.devices(reader)
        ids = list(reader.execute(select(Voucher.id).order_by(Voucher.id)).scalars())
    here.shop, here.other, here.device = found[0].shop_id, found[0].shop_id + 1, found[0].device_id
    here.ids, here.other_ids = ids[:4], ids[4:]
    things = arrivals(here)
    for number in order:
        things[number]()
    state = here.state()
    street.close()
    return state


@pytest.fixture(scope="module")
def expected(template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    return after(template, tmp_path_factory.mktemp("expected"), range(9))


def test_the_state_to_reach_is_the_right_one(expected: list[Any]) -> None:
    redeemed = {row[0]: (local_time(row[3]), row[6]) for row in expected[1] if row[3]}
    assert [(at.day, at.hour, at.minute, alone) for at, alone in redeemed.values()] == [
        (10, 12, 0, False), (10, 12, 2, False), (10, 12, 4, True), (10, 12, 1, False),
    ]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(9)), repeats=st.lists(st.integers(0, 8), max_size=4), seed=st.integers(0, 99))
def test_any_order_and_any_repeats_end_in_one_state(
    template: Path, expected: list[Any], tmp_path_factory: pytest.TempPathFactory, order: list[int], repeats: list[int], seed: int
) -> None:
    arriving = [*order, *repeats]
    Random(seed).shuffle(arriving)
    assert after(template, tmp_path_factory.mktemp("order"), arriving) == expected
