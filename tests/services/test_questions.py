"""What a person decides counts as decided, is kept with who and why, and can be taken back."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import to_utc
from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import Redemption
from caringstreet.model.fund import FundEntry
from caringstreet.model.vouchers import Voucher
from caringstreet.papers.month_json import month_json
from caringstreet.papers.month_summary import write_summary_xlsx
from caringstreet.queries import fund, month_rows, month_summary
from caringstreet.queries import questions as question_queries
from caringstreet.queries.check import problems
from caringstreet.queries.month_rows import Figure
from caringstreet.queries.month_summary import MonthFigures
from caringstreet.queries.questions import QuestionRow
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Attempt, Channel, Outcome
from caringstreet.rules.fund import FundKind
from caringstreet.rules.months import Month
from caringstreet.rules.questions import Because, QuestionKind, Ruling
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import evidence, questions, vouchers
from caringstreet.services.evidence import RecordedScans
from caringstreet.words import words_for
from tests.builders import BY, NOW, a_household, a_shop, a_street, an_offer, handed_out, issued

NOVEMBER = Month(2026, 11)
ROUND, NEXT_ROUND = date(2026, 11, 14), date(2026, 11, 21)


class Desk:
    """A shop with six vouchers in a neighbour's hands, and another shop."""

    def __init__(self, folder: Path) -> None:
        self.street: OpenStreet = a_street(folder)
        self.shop, self.other = a_shop(self.street, "S07"), a_shop(self.street, "S18")
        self.offer = an_offer(self.street, self.shop)
        self.ids = handed_out(self.street, a_household(self.street), self.offer, count=6)

    def do(self, service: Any, *, now: datetime = NOW, by: str = BY, **arguments: Any) -> Any:
        with self.street.database.transaction() as tx:
            return service(tx, at=now, by=by, **arguments)

    def attempts(self, ids: Sequence[int]) -> list[Attempt]:
        with self.street.database.reader() as reader:
            serials = {one: serial for one, serial in reader.execute(select(Voucher.id, Voucher.serial).where(Voucher.id.in_(ids)))}
        return [Attempt(code_of(serials[one]), serials[one]) for one in ids]

    def slips(self, ids: Sequence[int], day: date = ROUND, shop: int | None = None) -> RecordedScans:
        found: RecordedScans = self.do(
            evidence.record, attempts=self.attempts(ids), shop_id=shop or self.shop, channel=Channel.SLIP, day=day
        )
        return found

    def message(self, voucher_id: int, day: int = 10, hour: int = 12, channel: Channel = Channel.WHATSAPP) -> int:
        found = self.do(
            evidence.record, now=to_utc(datetime(2026, 11, day, hour)), attempts=self.attempts([voucher_id]),
            shop_id=self.shop, channel=channel,
        )  # fmt: skip
        return int(found.answers[0].evidence_id)

    def decide(self, *ids: int, ruling: Ruling, reason: str = "看過兩張紙", **more: Any) -> Any:
        return self.do(questions.decide, question_ids=ids, ruling=ruling, reason=reason, **more)

    def open(self, today: date = date(2026, 11, 15)) -> list[QuestionRow]:
        with self.street.database.reader() as reader:
            return question_queries.open_questions(reader, today)

    def figures(self) -> MonthFigures:
        with self.street.database.reader() as reader:
            assert problems(reader) == []
            return month_summary.figures(reader, NOVEMBER, date(2026, 11, 30))

    def rows(self, *columns: Any) -> list[tuple[Any, ...]]:
        with self.street.database.reader() as reader:
            return [tuple(row) for row in reader.execute(select(*columns))]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.street.close()


# A second stamped sheet ---------------------------------------------------------------------------------------


def test_a_copied_sheet_is_suggested_to_be_paid_and_costs_nothing_until_somebody_decides(desk: Desk) -> None:
    desk.slips([desk.ids[0], desk.ids[0]])
    (question,) = desk.open()
    assert (question.kind, question.suggestion.ruling, question.suggestion.because) == (
        QuestionKind.SECOND_SHEET, Ruling.GOODWILL, Because.STAMPED_SHEET,
    )  # fmt: skip
    total = desk.figures().total
    assert (total.redeemed, total.fund_cents, total.goodwill, total.goodwill_cents) == (1, 1800, 0, 0)


def test_goodwill_pays_a_second_sheet_outside_the_redemptions(desk: Desk) -> None:
    second = desk.slips([desk.ids[0], desk.ids[0]]).evidence_ids[1]
    desk.decide(second, ruling=Ruling.GOODWILL)
    assert desk.rows(Redemption.voucher_id) == [(desk.ids[0],)]
    assert desk.rows(Adjustment.evidence_id, Adjustment.shop_id, Adjustment.day, Adjustment.fund_cents, Adjustment.shop_cents) == [
        (second, desk.shop, ROUND, 1800, 200)
    ]
    assert desk.open() == []
    figures = desk.figures()
    total = figures.total
    assert (total.redeemed, total.fund_cents, total.shop_cents) == (1, 1800, 200)
    assert (total.goodwill, total.goodwill_cents, total.goodwill_gift_cents, total.to_pay_cents) == (1, 1800, 200, 3600)
    assert figures.value_cents == 2000
    document = month_json(figures)
    assert document["payable_cents"] == 1800
    assert document["goodwill"] == {"count": 1, "payable_cents": 1800, "shop_gift_cents": 200}
    shops = {one["shop"]: (one["payable_cents"], one["goodwill"]["payable_cents"], one["to_pay_cents"]) for one in document["shops"]}
    assert shops == {"S07": (1800, 1800, 3600), "S18": (0, 0, 0)}
    with desk.street.database.reader() as reader:
        assert month_rows.voucher_ids_behind(reader, NOVEMBER, ROUND, Figure.GOODWILL) == [desk.ids[0]]
        assert month_rows.voucher_ids_behind(reader, NOVEMBER, ROUND, Figure.TO_PAY) == [desk.ids[0]]


def test_the_fund_pays_for_goodwill_too(desk: Desk) -> None:
    with desk.street.database.transaction() as tx:
        tx.session.add(
            FundEntry(day=date(2026, 11, 1), kind=FundKind.OPENING, text="承上", in_cents=100_000, out_cents=0, content_hash="1")
        )
        tx.audit("fund.imported", by=BY, at=NOW)
    second = desk.slips([desk.ids[0], desk.ids[0]]).evidence_ids[1]
    desk.decide(second, ruling=Ruling.GOODWILL)
    with desk.street.database.reader() as reader:
        found = fund.figures(reader, NOVEMBER, date(2026, 11, 30))
        later = fund.figures(reader, NOVEMBER.next(), date(2026, 12, 1))
    assert found is not None
    assert later is not None
    assert (found.vouchers_cents, found.goodwill_cents, found.closing_cents) == (1800, 1800, 96_400)
    assert later.opening_cents == 96_400


def test_a_sheet_paid_in_goodwill_becomes_the_redemption_where_the_first_one_was_a_mistake(desk: Desk) -> None:
    first, second = desk.slips([desk.ids[0], desk.ids[0]]).evidence_ids
    desk.decide(second, ruling=Ruling.GOODWILL)
    desk.do(evidence.withdraw, evidence_ids=[first], reason="掃錯")
    total = desk.figures().total
    assert (total.redeemed, total.fund_cents, total.goodwill_cents) == (1, 1800, 0)
    desk.slips([desk.ids[0]], date(2026, 11, 7))
    total = desk.figures().total
    assert (total.redeemed, total.fund_cents, total.goodwill_cents) == (1, 1800, 1800)


def test_a_second_sheet_is_never_paid_twice_and_its_decision_can_be_taken_back(desk: Desk) -> None:
    second = desk.slips([desk.ids[0], desk.ids[0]]).evidence_ids[1]
    desk.decide(second, ruling=Ruling.GOODWILL)
    with pytest.raises(RuleRefused) as told:
        desk.decide(second, ruling=Ruling.GOODWILL)
    assert told.value.reason is Refusal.EVIDENCE_ALREADY_DECIDED
    desk.do(questions.reverse, question_ids=[second], reason="看清楚是影印", by="陳主任")
    assert desk.rows(Adjustment.id) == []
    assert [one.kind for one in desk.open()] == [QuestionKind.SECOND_SHEET]
    desk.decide(second, ruling=Ruling.REFUSE, reason="影印")
    with desk.street.database.reader() as reader:
        told_of = question_queries.detail(reader, second, ROUND)
        in_force = question_queries.decided(reader)
    assert told_of is not None
    assert [(one.ruling, one.reason, one.by, one.reversed_by, one.reversed_reason) for one in told_of.decisions] == [
        (Ruling.GOODWILL, "看過兩張紙", BY, "陳主任", "看清楚是影印"),
        (Ruling.REFUSE, "影印", BY, "", ""),
    ]
    assert [(one.question_id, one.ruling) for one, _ in in_force] == [(second, Ruling.REFUSE)]


# Redeemed without slip ----------------------------------------------------------------------------------------


def test_a_message_without_its_paper_is_asked_about_after_the_next_round_or_at_the_months_end(desk: Desk) -> None:
    missing, last = desk.message(desk.ids[0]), desk.message(desk.ids[1], day=29)
    assert desk.open() == []
    desk.slips([desk.ids[2]])
    (question,) = desk.open()
    assert (question.question_id, question.kind, question.suggestion.ruling) == (missing, QuestionKind.WITHOUT_SLIP, Ruling.CONFIRM)
    assert [one.question_id for one in desk.open(date(2026, 11, 29))] == [missing]
    assert [one.question_id for one in desk.open(date(2026, 11, 30))] == [missing, last]
    desk.slips([desk.ids[0]], NEXT_ROUND)
    assert [one.question_id for one in desk.open(date(2026, 12, 1))] == [last]


def test_confirming_keeps_the_redemption_and_refusing_takes_it_away_with_every_message(desk: Desk) -> None:
    kept = desk.message(desk.ids[0])
    gone = desk.message(desk.ids[1])
    desk.message(desk.ids[1], hour=13)
    desk.slips([desk.ids[2]])
    desk.decide(kept, ruling=Ruling.CONFIRM, reason="月結單已簽")
    desk.decide(gone, ruling=Ruling.REFUSE, reason="沒有紙券")
    assert desk.open(date(2026, 12, 1)) == []
    assert sorted(desk.rows(Redemption.voucher_id)) == [(desk.ids[0],), (desk.ids[2],)]
    assert desk.figures().without_slip == 1
    desk.do(questions.reverse, question_ids=[gone], reason="找到了")
    assert sorted(desk.rows(Redemption.voucher_id)) == [(one,) for one in desk.ids[:3]]
    assert [one.question_id for one in desk.open()] == [gone]


def test_paper_that_turns_up_later_redeems_what_was_refused_for_want_of_it(desk: Desk) -> None:
    claim = desk.message(desk.ids[0])
    desk.slips([desk.ids[2]])
    desk.decide(claim, ruling=Ruling.REFUSE, reason="沒有紙券")
    desk.slips([desk.ids[0]], NEXT_ROUND)
    assert sorted(desk.rows(Redemption.voucher_id, Redemption.without_slip)) == [(desk.ids[0], False), (desk.ids[2], False)]


def test_a_shop_that_lacks_many_papers_is_to_be_asked_first(desk: Desk) -> None:
    for voucher_id in desk.ids[:3]:
        desk.message(voucher_id)
    desk.slips([desk.ids[5]])
    assert {(one.suggestion.ruling, one.suggestion.because) for one in desk.open()} == {(Ruling.REFUSE, Because.MANY_WITHOUT)}


# Other questions ----------------------------------------------------------------------------------------------


def test_many_alike_are_decided_at_once_or_none_of_them(desk: Desk) -> None:
    waiting = issued(desk.street, a_household(desk.street), desk.offer, count=3)
    rows = desk.slips(waiting).evidence_ids
    assert {one.suggestion.because for one in desk.open()} == {Because.NEVER_PRINTED}
    desk.do(vouchers.mark_printed, voucher_ids=waiting)
    assert {one.suggestion.because for one in desk.open()} == {Because.HAND_OUT_FORGOTTEN}
    other = desk.slips([desk.ids[0], desk.ids[0]], NEXT_ROUND).evidence_ids[1]
    with pytest.raises(RuleRefused) as told:
        desk.decide(*rows, other, ruling=Ruling.ACCEPT)
    assert told.value.reason is Refusal.RULING_UNFIT
    assert len(desk.open(NEXT_ROUND)) == 4
    desk.decide(*rows, ruling=Ruling.ACCEPT, reason="漏記派發")
    assert [one.question_id for one in desk.open(NEXT_ROUND)] == [other]
    assert len(desk.rows(Redemption.id)) == 4
    desk.do(questions.reverse, question_ids=rows, reason="撳錯")
    assert len(desk.open(NEXT_ROUND)) == 4


def test_a_slip_of_another_shop_is_booked_and_brought_back(desk: Desk) -> None:
    row = desk.slips([desk.ids[0]], shop=desk.other).evidence_ids[0]
    (question,) = desk.open()
    assert (question.kind, question.suggestion.ruling) == (QuestionKind.WRONG_SHOP, Ruling.BOOK)
    desk.decide(row, ruling=Ruling.BOOK, reason="放錯信封")
    assert desk.rows(Redemption.voucher_id, Redemption.shop_id) == [(desk.ids[0], desk.shop)]
    assert desk.open() == []
    desk.do(questions.reverse, question_ids=[row], reason="撳錯")
    assert desk.rows(Redemption.id) == []
    desk.decide(row, ruling=Ruling.REFUSE, reason="商戶承認寫錯")
    assert desk.open() == []
    assert desk.figures().total.redeemed == 0


def test_an_unreadable_slip_is_in_question_again_after_its_decision_was_taken_back(desk: Desk) -> None:
    torn = Attempt("", problem=Outcome.UNREADABLE, offer_id=desk.offer, note="濕透", mark="1")
    recorded = desk.do(evidence.record, attempts=[torn], shop_id=desk.shop, channel=Channel.SLIP, day=ROUND)
    row = recorded.evidence_ids[0]
    for voucher_id in desk.ids[:2]:
        desk.decide(row, ruling=Ruling.ACCEPT, reason="認得", voucher_id=voucher_id)
        assert desk.rows(Redemption.voucher_id) == [(voucher_id,)]
        desk.do(questions.reverse, question_ids=[row], reason="認錯")
        assert desk.rows(Redemption.voucher_id) == []
        assert [(one.kind, one.evidence.voucher_id) for one in desk.open()] == [(QuestionKind.UNREADABLE, None)]


def test_what_is_not_decided_cannot_be_taken_back_and_a_reason_is_asked(desk: Desk) -> None:
    second = desk.slips([desk.ids[0], desk.ids[0]]).evidence_ids[1]
    for ids, reason, refusal in (
        ([second], "錯", Refusal.EVIDENCE_NOT_DECIDED),
        ([], "錯", Refusal.EVIDENCE_NOT_DECIDED),
        ([second], " ", Refusal.REASON_MISSING),
    ):
        with pytest.raises(RuleRefused) as told:
            desk.do(questions.reverse, question_ids=ids, reason=reason)
        assert told.value.reason is refusal
    for ids, ruling, reason, refusal in (
        ([second], Ruling.GOODWILL, "", Refusal.REASON_MISSING),
        ([second], Ruling.ACCEPT, "好", Refusal.RULING_UNFIT),
        ([], Ruling.ACCEPT, "好", Refusal.NOTHING_TO_DO),
    ):
        with pytest.raises(RuleRefused) as told:
            desk.do(questions.decide, question_ids=ids, ruling=ruling, reason=reason)
        assert told.value.reason is refusal


def test_a_late_slip_that_was_accepted_is_in_question_again_when_another_paper_comes_to_light(desk: Desk) -> None:
    desk.slips([desk.ids[1]], date(2026, 12, 5))
    late = desk.slips([desk.ids[0]], date(2026, 12, 12)).evidence_ids[0]
    desk.decide(late, ruling=Ruling.ACCEPT)
    desk.slips([desk.ids[0]])
    assert [(one.question_id, one.kind) for one in desk.open(date(2026, 12, 12))] == [(late, QuestionKind.SECOND_SHEET)]
    desk.decide(late, ruling=Ruling.GOODWILL)
    assert desk.open(date(2026, 12, 12)) == []
    assert len(desk.rows(Redemption.id)) == 2
    assert len(desk.rows(Adjustment.id)) == 1


def test_what_a_shop_is_paid_is_one_sum_wherever_it_is_shown(desk: Desk, tmp_path: Path) -> None:
    second = desk.slips([desk.ids[0], desk.ids[0]]).evidence_ids[1]
    desk.decide(second, ruling=Ruling.GOODWILL)
    figures = desk.figures()
    with desk.street.database.reader() as reader:
        panel = month_summary.of_shop(reader, NOVEMBER, date(2026, 11, 30), desk.shop)
    document = month_json(figures)
    write_summary_xlsx(desk.street, figures, 1, tmp_path / "month.xlsx", words_for("en"), made_at=NOW, fund=None)
    sheets = openpyxl.load_workbook(tmp_path / "month.xlsx")
    by_shop = {row[0]: row[-1] for row in sheets["Shops"].iter_rows(values_only=True)}
    summary = {row[0]: row[1] for row in sheets["Summary"].iter_rows(values_only=True)}
    assert (panel.to_pay_cents, document["to_pay_cents"], document["shops"][0]["to_pay_cents"]) == (3600, 3600, 3600)
    assert sum(one["to_pay_cents"] for one in document["offers"]) == 3600
    assert (by_shop["S07"], summary["To pay in all"]) == (36, 36)
