"""Every word for people stands in the catalogue, in both languages."""

import ast
import re

import pytest

from caringstreet.commands.verbs import parser
from caringstreet.exchange.error_words import NOTES, PROBLEMS, TROUBLES, WHYS
from caringstreet.exchange.reading import NoteKind, Why
from caringstreet.exchange.spreadsheets import SheetTrouble
from caringstreet.rules.diets import Diet
from caringstreet.rules.distributions import LineState
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.eligibility import Hindrance
from caringstreet.rules.evidence import Channel, Decision, EvidenceKind, Outcome, Verdict
from caringstreet.rules.fund import FundKind
from caringstreet.rules.goods import DisposalReason, GiverKind, MovementKind, StorageClass, Target
from caringstreet.rules.households import ContactWay, HouseholdKind, HouseholdState, PrintLanguage
from caringstreet.rules.messages import MessageKind
from caringstreet.rules.needs import NeedKind, NeedState
from caringstreet.rules.offers import Funding, OfferKind, OfferState, Validity
from caringstreet.rules.quantities import Unit
from caringstreet.rules.questions import Because, QuestionKind, Ruling
from caringstreet.rules.refusals import Refusal
from caringstreet.rules.runs import RunKind, RunState
from caringstreet.rules.shops import CollectingWay, Kindness, SettlementWay, ShopState
from caringstreet.rules.usual import Limit
from caringstreet.rules.vouchers import HandedTo, VoucherState
from caringstreet.scanning.chat_files import ChatTrouble
from caringstreet.storage.problems import StorageTrouble
from caringstreet.wording.answers import SENTENCES, answer_text
from caringstreet.wording.doubts import DOUBTS
from caringstreet.wording.labels import LABELS, label
from caringstreet.wording.messages import TROUBLES as CHAT_TROUBLES
from caringstreet.wording.refusals import REFUSALS, trouble_text
from caringstreet.wording.refusals import TROUBLES as STORAGE_TROUBLES
from caringstreet.words import LANGUAGES, words_for
from resources.i18n import strings
from tests.architecture.imports import modules, parsed


def test_the_catalogue_is_complete_and_current() -> None:
    assert strings.problems() == []


def test_no_text_is_said_inside_another() -> None:
    """A text inside an f-string is found by the extractor of one Python and not of another."""
    found = []
    for name, path in modules().items():
        for node in ast.walk(parsed(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                inner = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
                called = [one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "") for one in inner]
                if {"say", "say_count", "mark"} & set(called):
                    found.append(f"{name}:{node.lineno}")
    assert found == []


def test_every_refusal_and_trouble_has_words() -> None:
    assert set(REFUSALS) == set(Refusal)
    assert set(DOUBTS) == set(Doubt)
    assert set(STORAGE_TROUBLES) == {str(kind) for kind in StorageTrouble}
    assert set(TROUBLES) == set(SheetTrouble)
    assert set(WHYS) == set(Why)
    assert set(NOTES) == set(NoteKind)
    assert set(SENTENCES) == set(Outcome)
    assert set(CHAT_TROUBLES) == set(ChatTrouble)
    assert all(PROBLEMS.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name(language: str) -> None:
    words = words_for(language)
    kinds = (
        Diet, DisposalReason, FundKind, GiverKind, LineState, MovementKind, NeedKind, NeedState, RunKind, RunState, StorageClass, Target, Unit,
        Because, Hindrance, MessageKind, QuestionKind, Ruling,
        Channel, Decision, EvidenceKind, Outcome, Verdict, ContactWay, HouseholdKind, HouseholdState, PrintLanguage,
        Funding, OfferKind, OfferState, Validity, CollectingWay, Kindness, SettlementWay, ShopState, HandedTo, VoucherState, Limit,
    )  # fmt: skip
    for kind in kinds:
        for member in kind:
            assert label(words, member)
    assert len(LABELS) == sum(len(kind) for kind in kinds)
    for trouble in StorageTrouble:
        assert all(trouble_text(words, trouble, "x"))
    for outcome in Outcome:
        assert all(answer_text(words, outcome, {}))


def test_chinese_never_uses_words_of_elsewhere() -> None:
    avoided = ("用戶", "案主", "受助人", "施捨", "志願者", "優惠碼", "訂單", "核銷", "兌現", "商家")
    said = [str(text) for one in strings.present() for text in (one.string if isinstance(one.string, tuple) else [one.string])]
    assert [text for text in said if any(word in text for word in avoided)] == []


def test_the_help_of_every_verb_is_told_in_both_languages() -> None:
    chinese, english = (parser(words_for(language)).format_help() for language in ("zh_HK", "en"))
    assert "不開視窗使用愛心街" in chinese and "Caring Street without a window." in english
    assert re.findall(r"^    (\S+)", chinese, re.MULTILINE) == re.findall(r"^    (\S+)", english, re.MULTILINE)
    told = re.findall(r"^    \S+ +(.*)$", chinese, re.MULTILINE)
    assert told and all(re.search(r"[\u4e00-\u9fff]", text) for text in told)
