"""ask: what a person must decide, the decision with its reason, and taking it back."""

from datetime import date
from typing import Any

from caringstreet.commands.desk import DONE, Desk
from caringstreet.queries import evidence, questions
from caringstreet.queries import vouchers as voucher_queries
from caringstreet.queries.evidence import EvidenceRow
from caringstreet.rules.codes import NotACode, pretty, serial_of
from caringstreet.rules.questions import QuestionKind, Ruling, rulings
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import questions as services
from caringstreet.storage.database import Reader
from caringstreet.wording.labels import label


def list_questions(desk: Desk) -> int:
    """Every open question with its evidence and the suggested answer; with --decided what was decided."""
    street, words = desk.open(), desk.words
    today = desk.clock.today()
    with street.database.reader() as reader:
        document = _decided(reader) if desk.options.decided else _open(reader, today)
    street.close()
    lines = []
    for one in document:
        answer = one["answer"] if desk.options.decided else one["suggested"]
        parts = (
            f"#{one['id']}",
            label(words, QuestionKind(one["kind"])),
            one["code"],
            ", ".join(one["shops"]),
            label(words, Ruling(answer)),
        )
        lines.append(" · ".join(part for part in parts if part))
    desk.answer(document, *(lines or [words.say("Nothing to decide")]))
    return DONE


def _open(reader: Reader, today: date) -> list[dict[str, Any]]:
    found = questions.open_questions(reader, today)
    beside = evidence.of_vouchers(reader, [one.evidence.voucher_id for one in found if one.evidence.voucher_id is not None])
    document = []
    for one in found:
        all_of_it = beside.get(one.evidence.voucher_id or 0, [one.evidence])
        document.append(
            {
                "id": one.question_id,
                "kind": str(one.kind),
                "code": pretty(one.evidence.code) if one.evidence.code else "",
                "shops": sorted({row.shop for row in all_of_it}),
                "own_shop": one.evidence.own_shop,
                "household": one.household,
                "evidence": [_evidence(row, in_question=row.evidence_id == one.question_id) for row in all_of_it],
                "suggested": str(one.suggestion.ruling),
                "because": str(one.suggestion.because),
                "answers": [str(ruling) for ruling in rulings(one.kind)],
            }
        )
    return document


def _evidence(row: EvidenceRow, *, in_question: bool) -> dict[str, Any]:
    return {
        "id": row.evidence_id,
        "in_question": in_question,
        "kind": str(row.kind),
        "channel": str(row.channel),
        "shop": row.shop,
        "day": row.day,
        "happened_at": row.happened_at,
        "received_at": row.received_at,
        "outcome": str(row.outcome),
        "verdict": str(row.verdict),
        "recorded_by": row.recorded_by,
        "note": row.note,
    }


def _decided(reader: Reader) -> list[dict[str, Any]]:
    return [
        {
            "id": decision.question_id,
            "kind": str(decision.kind),
            "code": pretty(row.code) if row.code else "",
            "shops": [row.shop],
            "answer": str(decision.ruling),
            "reason": decision.reason,
            "by": decision.by,
            "at": decision.at,
        }
        for decision, row in questions.decided(reader)
    ]


def decide(desk: Desk) -> int:
    """Answer all questions named, or none where a rule says no to one."""
    options, words = desk.options, desk.words
    street = desk.open()
    ruling = Ruling(options.answer)
    voucher_id = None
    with street.database.reader() as reader:
        if options.voucher:
            voucher_id = _voucher(reader, options.voucher)
    with street.database.transaction() as tx:
        done = services.decide(
            tx, question_ids=options.ids, ruling=ruling, reason=options.reason, voucher_id=voucher_id,
            at=desk.clock.now(), by=desk.by,
        )  # fmt: skip
    street.close()
    document = {"decided": list(done.question_ids), "answer": str(ruling), "reason": options.reason.strip(), "by": desk.by}
    desk.answer(document, words.say("Decided: {what}", what=label(words, ruling)))
    return DONE


def _voucher(reader: Reader, code: str) -> int:
    try:
        found = voucher_queries.id_of_code(reader, serial_of(code))
    except NotACode:
        found = None
    if found is None:
        raise RuleRefused(Refusal.VOUCHER_UNKNOWN, voucher=code)
    return found


def reverse(desk: Desk) -> int:
    """Take decisions back."""
    street = desk.open()
    with street.database.transaction() as tx:
        ids = services.reverse(tx, question_ids=desk.options.ids, reason=desk.options.reason, at=desk.clock.now(), by=desk.by)
    street.close()
    desk.answer({"reversed": list(ids)}, desk.words.say("Decision undone"))
    return DONE
