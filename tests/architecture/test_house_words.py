"""The words that decide: one word for one act, the same on every screen and paper, in both languages."""

import re
from enum import StrEnum

import pytest

from caringstreet.rules.evidence import Decision
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.offers import OfferState
from caringstreet.rules.runs import RunState
from caringstreet.rules.shops import ShopState
from caringstreet.rules.vouchers import VoucherState
from caringstreet.wording.labels import label
from caringstreet.words import LANGUAGES, words_for
from resources.i18n import strings
from tests.architecture.imports import ROOT


def said() -> list[tuple[str, str]]:
    """Each entry of the catalogue: its English texts together, and the Chinese one."""
    found = []
    for one in strings.present():
        english = " / ".join(one.id) if isinstance(one.id, tuple | list) else str(one.id)
        chinese = one.string[0] if isinstance(one.string, tuple | list) else one.string
        if english:
            found.append((english, str(chinese)))
    return found


ENTRIES = said()
#: The one button, and what tells of it, in the words of those who press it.
SPOKEN = "今次唔需要"


@pytest.mark.parametrize(
    ("avoided", "better"),
    [
        ("二維|方格|方形碼", "QR 碼"),
        ("收回|取消派|取消紀錄", "復原"),
        ("負責人", "統籌"),
        ("派出", "派券, or 派發 of goods"),
        ("善意補記", "另行補付"),
        ("完結", "結束"),
        ("結案", "已退出"),
        ("願望|心願", "需要"),
        ("最後日期|最後一日|截止日期|最後有效日", "到期日"),
        ("更換使用者", "轉換使用者"),
        ("預計", "預告"),
        ("重印", "補印"),
        ("取去", "領取"),
        ("歸回|記入所屬", "轉記到所屬商戶"),
        ("寫低|記低|擺入|揀|再影|今個月", "寫下 記下 放入 選 再拍 本月"),
        ("密鑰|條碼", "nothing of it on the screen"),
        ("伙伴|羣|什麼", "夥伴 群 甚麼"),
        ("留記錄|記錄仍|派券記錄|婉拒記錄|對銷記錄|的記錄$", "紀錄, the noun"),
        ("欠交|欠缺|誤派|誤按", "what is not here yet"),
        (r"[＝＋－＞＜／]|\u3000", "half-width signs"),
        (r"\.\.\.", "…"),
    ],
)  # fmt: skip
def test_chinese_has_one_word_for_one_thing(avoided: str, better: str) -> None:
    assert [chinese for _, chinese in ENTRIES if re.search(avoided, chinese)] == [], better


def test_spoken_words_stand_only_on_their_button() -> None:
    assert [zh for _, zh in ENTRIES if re.search("唔|今次", zh.replace(SPOKEN, ""))] == []


def test_issuing_is_never_handing_out() -> None:
    """派 is a hand-out; issuing is 製."""
    assert [zh for en, zh in ENTRIES if re.search(r"\bissu(e|es|ed|ing)\b", en, re.IGNORECASE) and "派" in zh] == []


def test_only_consent_and_counts_are_withdrawn() -> None:
    about = re.compile(r"consent|count|stock-take", re.IGNORECASE)
    alone = {"Withdraw", "withdrawn", "withdrawn on {day}"}  # on the page of the counts; of a consent
    assert [en for en, zh in ENTRIES if ("撤回" in zh or "ithdraw" in en) and en not in alone and not about.search(en)] == []


@pytest.mark.parametrize(
    ("avoided", "kept"),
    [
        (r"\bslips?\b", {"pairing slip", "Keep this slip in the till"}),
        (r"\bpapers?\b", {"on paper", "paper voucher", "^Paper$"}),
        (r"\bReturn\b", set()),
        (r"\b[Tt]ak(e|en|es) (it |them |decisions |the \w+ (\w+ )?)?back\b", set()),
        (r"\b[Ww]ish(es|ed)?\b", set()),
        (r"\boutgo\b|\banew\b|\bbad rows?\b|\bgood no more\b|\bsay so\b|\bHere stands?\b|\bstands? here\b|\bsquare code\b", set()),
        (r"\bnot there any more\b|\blies?\b", set()),
        (r"^Leave\b|\bhas left\b|^Left$", {"Leave practice", "Leave it empty", "Leave it open"}),
        (r"\bgoodwill\b", {"oodwill payment", "Pay as goodwill", "Paid as goodwill"}),
        (r"\b[Rr]efus(e|ed|al)\b", {"1 refused", "is refused", "was refused", "Refused lines"}),
    ],
)  # fmt: skip
def test_english_is_plain_and_names_a_voucher_a_voucher(avoided: str, kept: set[str]) -> None:
    found = [en for en, _ in ENTRIES if re.search(avoided, en)]
    assert [en for en in found if not any(re.search(one, en) for one in kept)] == []


def test_no_space_stands_beside_a_day() -> None:
    """A day is one word in Chinese: 延長至2026年11月30日."""
    day = r"\{(day|first|last|until|due|signed|seen|consent|first_day|last_day)\}"
    assert [zh for _, zh in ENTRIES if re.search(rf"[\u4e00-\u9fff] {day}|{day} [\u4e00-\u9fff（]", zh)] == []


def test_one_space_stands_between_chinese_and_latin() -> None:
    plain = [re.sub(r"\{\w+\}|「[^」]*」|\d+個", "", zh) for _, zh in ENTRIES]
    assert [zh for zh in plain if re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u4e00-\u9fff]", zh)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("state", "button"),
    [
        (VoucherState.MADE, "Issue"), (VoucherState.HANDED_OUT, "Hand out"), (VoucherState.VOID, "Void"),
        (VoucherState.RETURNED, "Give back"), (VoucherState.REPLACED, "Replace"), (OfferState.PAUSED, "Pause offer"),
        (OfferState.ENDED, "End offer"), (ShopState.PAUSED, "Pause"), (ShopState.LEFT, "End participation"),
        (HouseholdState.PAUSED, "Pause"), (HouseholdState.CLOSED, "End participation"), (RunState.CANCELLED, "Cancel"),
        (Decision.ACCEPTED, "Accept"), (Decision.REFUSED, "Do not accept"), (Decision.GOODWILL, "Pay as goodwill"),
    ],
)  # fmt: skip
def test_a_state_differs_from_its_button(language: str, state: StrEnum, button: str) -> None:
    words = words_for(language)
    assert any(button in english.split(" / ") for english, _ in ENTRIES)
    assert label(words, state) != words.say(button)


def test_the_shops_page_says_the_same_words() -> None:
    page = (ROOT / "resources" / "shop_page" / "src" / "words.js").read_text(encoding="utf-8")
    texts = re.findall(r'^  (?:\w+|"[^"]+"): "(.*)\|(.*)",$', page, re.MULTILINE)
    assert len(texts) > 40
    assert [zh for zh, _ in texts if re.search("報失|長者|編號|影近|二維|紙上|此電話", zh)] == []
    assert [en for _, en in texts if re.search(r"\bpaper\b|\bsheet\b|\bslip\b|\bnumber\b", en)] == []
