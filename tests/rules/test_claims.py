"""The claim line is found anywhere, in any dress, and believed only with its phone's key."""

from datetime import datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caringstreet.clock import HONG_KONG
from caringstreet.rules import claims
from caringstreet.rules.claims import Claim, find, gaps, genuine, plain, sign
from caringstreet.rules.codes import ALPHABET, code_of, serial_of
from caringstreet.rules.devices import pairing_text
from caringstreet.rules.evidence import Channel, EvidenceKind
from caringstreet.rules.settlement import EvidenceFacts, Settled, VoucherFacts, settle
from caringstreet.rules.vouchers import VoucherState

VECTORS = [
    ("000102030405060708090a0b0c0d0e0f", "CS1 S07.2 15 20261122T150405 3Y1TJ33X2 YDMZ2YZT"),
    ("ffeeddccbbaa99887766554433221100", "CS1 S03.1 1 20261112T125000 H9TWB3RDP 1YTQR4BM"),
    ("5a7d0c3e91b84f2266d1a0f3c4e5b697", "CS1 S120.14 100234 20261231T235959 ZZZZZZZZ3 G97PHQDC"),
]
LINE = VECTORS[0][1]


def only(text: str) -> Claim:
    (found,) = find(plain(text))
    return found.claim


@pytest.mark.parametrize(("key", "line"), VECTORS)
def test_the_vectors_hold(key: str, line: str) -> None:
    claim = only(line)
    assert claim.line == line
    assert genuine(claim, bytes.fromhex(key))
    assert not genuine(claim, bytes.fromhex("00" * 16))
    assert sign(claim.shop, claim.device, claim.seq, claim.said_at, claim.code, bytes.fromhex(key)) == claim


@pytest.mark.parametrize(
    "text",
    [
        LINE,
        LINE.lower(),
        f"愛心券 1 張，輝記菜檔：{LINE}，多謝！",
        f"愛心券 1 張\n{LINE}\n",
        LINE.replace(" ", "\n"),
        LINE.replace(" ", "  \t"),
        f"> {LINE[:28]}\n> {LINE[29:]}",
        f'"2026-11-22","{LINE}","x"',
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in LINE),
        LINE.replace(" ", "\u3000"),
        LINE.replace(" ", "\u202f"),
        LINE.replace("3Y1TJ33X2", "3YITJ33X2"),
    ],
)
def test_a_line_is_found_in_any_dress(text: str) -> None:
    assert only(text).line == LINE
    assert genuine(only(text), bytes.fromhex(VECTORS[0][0]))


def test_several_lines_in_one_message_are_all_found() -> None:
    text = plain("愛心券 3 張\n" + "\n".join(line for _, line in VECTORS) + " 多謝")
    assert [one.claim.line for one in find(text)] == [line for _, line in VECTORS]
    assert all(text[one.start : one.end] == one.claim.line for one in find(text))


@pytest.mark.parametrize(
    "text",
    [
        LINE[:-1],
        LINE + "A",
        "X" + LINE,
        LINE.replace("20261122", "20261332"),
        LINE.replace("CS1", "CS2"),
        LINE.replace("3Y1TJ33X2", "3Y1TJ33U2"),
        "CS1 S07.02 15 20261122T150405 3Y1TJ33X2 YDMZ2YZT",
        "",
        "CS1",
    ],
)
def test_what_is_no_line_is_not_taken_for_one(text: str) -> None:
    assert find(plain(text)) == []


@given(place=st.integers(0, len(LINE) - 1), char=st.sampled_from(ALPHABET + " .TS"))
def test_no_altered_line_is_genuine(place: int, char: str) -> None:
    altered = LINE[:place] + char + LINE[place + 1 :]
    key = bytes.fromhex(VECTORS[0][0])
    for one in find(plain(altered)):
        assert one.claim.line == LINE or not genuine(one.claim, key)


def test_no_line_is_accepted_by_chance() -> None:
    chance, key = Random(7), bytes.fromhex(VECTORS[0][0])
    claim = only(LINE)
    for _ in range(20_000):
        mac = "".join(chance.choices(ALPHABET, k=8))
        forged = Claim(claim.shop, claim.device, claim.seq, claim.said_at, claim.code, mac)
        assert mac == claim.mac or not genuine(forged, key)


@pytest.mark.parametrize(
    ("seen", "missing"),
    [((), ()), ((1, 2, 3), ()), ((3,), ((1, 2),)), ((5, 1, 2, 5, 8), ((3, 4), (6, 7))), ((2,), ((1, 1),))],
)
def test_gaps_are_what_never_arrived(seen: tuple[int, ...], missing: tuple[tuple[int, int], ...]) -> None:
    assert gaps(seen) == missing


@given(seen=st.sets(st.integers(1, 60), max_size=30))
def test_seen_and_missing_together_are_all_counts(seen: set[int]) -> None:
    missing = {number for first, last in gaps(seen) for number in range(first, last + 1)}
    assert missing | seen == set(range(1, max(seen, default=0) + 1))
    assert not missing & seen


def test_a_clock_is_remarked_on_only_when_it_is_far_off_or_impossible() -> None:
    made = datetime(2026, 11, 1)
    noon, later = datetime(2026, 11, 10, 12), datetime(2026, 11, 13, 11)
    assert not claims.clock_is_off(noon, later)
    assert claims.clock_is_off(noon, datetime(2026, 11, 13, 13))
    assert not claims.clock_doubtful(noon, noon, None)
    assert not claims.clock_doubtful(noon, noon, later)
    assert claims.clock_doubtful(noon, noon, datetime(2026, 11, 13, 13))
    assert claims.clock_doubtful(noon, later, None)
    assert not claims.cannot_be(noon, later, made)
    assert not claims.cannot_be(datetime(2026, 11, 10, 12, 5), noon, made)
    assert claims.cannot_be(later, noon, made)
    assert claims.cannot_be(datetime(2020, 1, 1), noon, made)


def test_a_pairing_text_names_shop_device_key_and_name() -> None:
    key = bytes.fromhex(VECTORS[0][0])
    card = "PS07~2~000102030405060708090a0b0c0d0e0f~%E8%BC%9D%E8%A8%98%7E"
    assert pairing_text("example.org", "S07", 2, key, "輝記~") == f"https://example.org/v#{card}"
    assert pairing_text("", "S07", 2, key, "輝記~") == card


def test_ten_thousand_orders_of_arrival_give_one_state() -> None:
    """Lines of two phones and of another shop, bare messages and slips, in any order and repeated."""
    key, chance = bytes(range(16)), Random(2026)
    serial = serial_of("3Y1TJ33X2")
    lines = [
        sign("S07", 1, 15, datetime(2026, 11, 10, 12, 4), code_of(serial), key).line,
        sign("S07", 2, 3, datetime(2026, 11, 10, 12, 6), code_of(serial), key).line,
        sign("S07", 1, 16, datetime(2026, 11, 12, 9, 0), code_of(serial), key).line,
        sign("S18", 1, 1, datetime(2026, 11, 9, 10, 0), code_of(serial), key).line,
    ]
    slips = [
        EvidenceFacts("slip", EvidenceKind.SLIP, Channel.SLIP, 7, datetime(2026, 11, 14).date(), arrival=1),
        EvidenceFacts("copy", EvidenceKind.SLIP, Channel.SLIP, 7, datetime(2026, 11, 21).date(), arrival=2),
    ]
    voucher = VoucherFacts(7, datetime(2026, 11, 1).date(), datetime(2026, 11, 30).date(), VoucherState.HANDED_OUT)

    def facts(text: str) -> EvidenceFacts:
        claim = only(text)
        assert genuine(claim, key)
        at = claim.said_at.replace(tzinfo=HONG_KONG)
        return EvidenceFacts(claim.identity, EvidenceKind.CLAIM, Channel.WHATSAPP, int(claim.shop[1:]), at.date(), at)

    read = {line: facts(line) for line in lines}
    states: list[Settled] = []
    for _ in range(10_000):
        arrived = [*lines, *chance.choices(lines, k=2)]
        chance.shuffle(arrived)
        evidence = [read[line] for line in arrived] + slips
        chance.shuffle(evidence)
        settled = settle(voucher, evidence, 3)
        if settled not in states:
            states.append(settled)
    assert len(states) == 1
    assert states[0].redemption is not None
    assert states[0].redemption.at == datetime(2026, 11, 10, 12, 4, tzinfo=HONG_KONG)
