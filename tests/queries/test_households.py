"""What lists and panels show of households."""

from datetime import date, timedelta

import pytest

from caringstreet.queries import hand_out, household_duplicates, households, issuing, search, today
from caringstreet.queries import vouchers as voucher_queries
from caringstreet.queries.household_duplicates import Alike
from caringstreet.queries.households import HouseholdView, MonthRow
from caringstreet.queries.today import TaskKind
from caringstreet.rules.eligibility import Hindrance
from caringstreet.rules.evidence import Attempt, Channel
from caringstreet.rules.households import HouseholdState, PrintLanguage
from caringstreet.rules.months import Month
from caringstreet.rules.offers import Validity
from caringstreet.services import evidence, vouchers
from caringstreet.services import households as services
from caringstreet.services.households import CheckForm, MemberForm
from caringstreet.wording.eligibility import standing_text
from caringstreet.words import words_for
from tests.builders import BY, TODAY, a_household, a_shop, a_street, an_offer, handed_out, issued

NOVEMBER = Month(2026, 11)


@pytest.fixture
def street(tmp_path):
    opened = a_street(tmp_path)
    yield opened
    opened.close()


def do(street, service, **arguments):
    with street.database.transaction() as tx:
        return service(tx, at=street.clock.now(), by=BY, **arguments)


def leave(street, household_id):
    do(street, services.set_state, household_id=household_id, state=HouseholdState.CLOSED, reason="搬走", today=TODAY)


def listed(street, search="", view=HouseholdView.ALL, sort="number", descending=False):
    """The numbers of the households listed, in their order."""
    with street.database.reader() as reader:
        ids = households.matching_ids(reader, view, search, TODAY, NOVEMBER, sort, descending=descending)
        rows = households.rows(reader, ids, NOVEMBER)
    return [rows[one].number for one in ids]


def likely(street, /, **known):
    with street.database.reader() as reader:
        found = household_duplicates.possible_duplicates(reader, **{"display_name": "何生"} | known)
    return [(one.number, one.reasons) for one in found]


@pytest.mark.parametrize(
    "search",
    [
        "H-0012", "h12", "H012", "12", "Ｈ－００１２", "陳婆婆", "婆婆 安裏", "安裡樓", "小明", "4567", "9123 4567", "9123-4567", "東大街16",
    ],
)  # fmt: skip
def test_search_forgives(street, search):
    a_household(street, "H-0013", display_name="林生", phone="25550101", building="福海樓", members=())
    a_household(
        street,
        "H-0012",
        phone="91234567",
        building="安裏樓",
        street_address="東大街16號",
        members=(MemberForm("陳婆婆", 1948), MemberForm("小明", 2012)),
    )
    assert listed(street, search) == ["H-0012"]


def test_every_word_of_a_search_must_be_found_and_signs_of_sql_are_plain(street):
    a_household(street, "H-0001", building="福海樓")
    assert listed(street, "陳婆婆 福海") == ["H-0001"]
    assert listed(street, "陳婆婆 安裏") == listed(street, "%") == []


def test_the_chips_show_what_they_say_and_count_it(street):
    far, soon = date(2027, 12, 31), TODAY + timedelta(days=30)
    a_household(street, "H-0001", phone="25550001", checks=(CheckForm("E65", TODAY, far),))
    a_household(street, "H-0002", phone="25550002", checks=(CheckForm("E65", TODAY, soon),))
    a_household(street, "H-0003", phone="25550003", checks=(CheckForm("E65", TODAY, soon + timedelta(days=1)),))
    a_household(street, "H-0004", phone="25550004", large_print=True)
    a_household(street, "H-0005")
    leave(street, a_household(street, "H-0006", large_print=True))
    shown = {view: listed(street, view=view) for view in HouseholdView}
    assert shown == {
        HouseholdView.ALL: ["H-0001", "H-0002", "H-0003", "H-0004", "H-0005"],
        HouseholdView.REVIEW: ["H-0002"],
        HouseholdView.LARGE: ["H-0004"],
        HouseholdView.NO_PHONE: ["H-0005"],
        HouseholdView.CLOSED: ["H-0006"],
    }
    with street.database.reader() as reader:
        assert households.counts(reader, TODAY) == {view: len(found) for view, found in shown.items()}


def test_the_list_sorts_by_every_column_with_unknown_days_last(street):
    offer = an_offer(street, a_shop(street))
    one = a_household(street, "H-0001", display_name="丙", size=3, street="東大街", review_on=date(2027, 1, 1))
    two = a_household(street, "H-0002", display_name="甲", size=1, street="金華街", language=PrintLanguage.UR, building="乙樓")
    a_household(street, "H-0003", display_name="乙", size=2, street="", checks=(CheckForm("EM", TODAY),))
    issued(street, one, offer)
    issued(street, two, offer, count=2)
    assert listed(street, sort="number", descending=True) == ["H-0003", "H-0002", "H-0001"]
    assert listed(street, sort="size") == ["H-0002", "H-0003", "H-0001"]
    assert listed(street, sort="street") == ["H-0002", "H-0001", "H-0003"]
    assert listed(street, sort="held", descending=True) == ["H-0002", "H-0001", "H-0003"]
    assert listed(street, sort="review") == ["H-0001", "H-0002", "H-0003"]
    assert listed(street, sort="review", descending=True) == ["H-0002", "H-0001", "H-0003"]
    for sort in ("name", "building", "language", "state"):
        assert sorted(listed(street, sort=sort)) == ["H-0001", "H-0002", "H-0003"]


def test_held_counts_the_month_and_the_cap_follows_the_size(street):
    offer = an_offer(street, a_shop(street))
    here = a_household(street, size=2)
    ids = issued(street, here, offer, count=4)
    issued(street, here, offer, day=date(2026, 12, 1))
    do(street, vouchers.take_back, voucher_ids=ids[:1], reason="不需要")
    do(street, vouchers.replace, voucher_ids=ids[1:2], reason="遺失", random_bits=street.random_bits)
    with street.database.reader() as reader:
        row = households.rows(reader, [here], NOVEMBER)[here]
    assert (row.held, row.cap) == (3, 12)


def test_the_months_of_a_household_come_newest_first(street):
    shop = a_shop(street)
    offer, here = an_offer(street, shop), a_household(street)
    ids = handed_out(street, here, offer, count=3)
    issued(street, here, offer, day=date(2026, 12, 1), count=2)
    with street.database.reader() as reader:
        slip = voucher_queries.rows(reader, ids, TODAY)[ids[0]]
    came_back = [Attempt(slip.code, slip.serial)]
    do(street, evidence.record, shop_id=shop, day=TODAY, channel=Channel.SLIP, attempts=came_back)
    with street.database.reader() as reader:
        assert households.months_of(reader, here) == [MonthRow(Month(2026, 12), 2, 0), MonthRow(NOVEMBER, 3, 1)]
        assert households.months_of(reader, here, most=1) == [MonthRow(Month(2026, 12), 2, 0)]


def test_the_next_number_is_suggested(street):
    a_household(street, "H-0041")
    with street.database.reader() as reader:
        assert households.next_number(reader) == "H-0042"


def test_a_possible_duplicate_says_why_the_strongest_reason_first(street):
    a_household(street, "H-0001", display_name="張婆婆", phone="91234567")
    a_household(street, "H-0002", display_name="何生", building="安裏樓", street="東大街", members=(MemberForm("何生", 1950),))
    a_household(street, "H-0003", display_name="李太", street="東大街", members=(MemberForm("", 1980), MemberForm("", 2012)))
    assert likely(street, phone="+852 9123-4567") == [("H-0001", (Alike.PHONE,))]
    assert likely(street, building="安裡樓") == [("H-0002", (Alike.HOME,))]
    assert likely(street, street="東大街", birth_years=[2012, None, 1980]) == [("H-0003", (Alike.YEARS,))]
    assert likely(street, phone="91234567", building="安裏樓", street="東大街", birth_years=[1950]) == [
        ("H-0001", (Alike.PHONE,)),
        ("H-0002", (Alike.HOME, Alike.YEARS)),
    ]


def test_what_is_only_a_little_alike_is_nobody(street):
    here = a_household(
        street, "H-0001", display_name="何生", building="安裏樓", phone="", street="東大街", members=(MemberForm("何生", 1950),)
    )
    assert likely(street) == likely(street, phone="no", building="福海樓") == []
    assert likely(street, street="金華街", birth_years=[1950]) == []
    assert likely(street, street="東大街", birth_years=[1950, 1951]) == []
    assert likely(street, display_name=" ", building="安裏樓") == []
    assert likely(street, building="安裏樓", own_id=here) == []


def test_somebody_who_left_may_be_the_one_who_comes_back(street):
    here = a_household(street, "H-0001", phone="91234567")
    leave(street, here)
    with street.database.reader() as reader:
        found = household_duplicates.possible_duplicates(reader, display_name="陳婆婆", phone="91234567")
    assert [(one.household_id, one.state) for one in found] == [(here, HouseholdState.CLOSED)]


def test_only_vouchers_that_can_be_taken_today_wait_for_it(street):
    offer = an_offer(street, a_shop(street))
    week = an_offer(street, a_shop(street, "S02"), validity=Validity.DAYS, validity_days=7)
    one, two, three = (a_household(street, f"H-000{number}") for number in (1, 2, 3))
    first = issued(street, one, offer, count=2)
    ninth = issued(street, one, offer, day=date(2026, 11, 9))
    issued(street, two, week)
    handed_out(street, two, offer)
    issued(street, three, offer)
    leave(street, three)
    do(street, vouchers.mark_printed, voucher_ids=first[:1])
    with street.database.reader() as reader:
        today = hand_out.waiting(reader, TODAY)
        later = hand_out.waiting(reader, date(2026, 11, 9))
    assert [(row.number, row.planned_on.day, len(row.voucher_ids), row.unprinted) for row in today] == [
        ("H-0001", 1, 2, 1),
        ("H-0002", 1, 1, 1),
    ]
    assert [(row.number, row.voucher_ids) for row in later] == [("H-0001", tuple(first)), ("H-0001", tuple(ninth))]


def test_eligible_is_who_can_be_issued_to_in_lists_in_search_today_and_at_the_issue(street):
    fine = a_household(street, "H-0001")
    unasked = a_household(street, "H-0002", consent_on=None)
    over = a_household(street, "H-0003", checks=(CheckForm("E65", date(2025, 8, 22), date(2026, 10, 31)),), review_on=date(2027, 8, 1))
    with street.database.reader() as reader:
        rows = households.rows(reader, [fine, unasked, over], NOVEMBER)
        found = issuing.find_households(reader, "", TODAY)
        assert issuing.eligible_ids(reader, TODAY) == [fine]
        assert issuing.hindered_ids(reader, TODAY) == [unasked, over]
        tasks = {one.kind: one for one in today.tasks(reader, TODAY, street.clock.now())}
        hits = {one.subject_id: one.standing for one in search.hits(reader, "陳婆婆", TODAY)}
        assert all(households.detail(reader, one).standing == rows[one].standing == hits[one] for one in rows)
    assert [(one.household_id, one.missing) for one in found] == [
        (fine, ()), (unasked, (Hindrance.CONSENT,)), (over, (Hindrance.PROOF_ENDED,)),
    ]  # fmt: skip
    told = [standing_text(words_for("zh_HK"), rows[one].standing, TODAY) for one in rows]
    assert told == ["合資格", "未有同意書", "證明已到期"]
    assert tasks[TaskKind.LACKING].ids == (unasked, over)
