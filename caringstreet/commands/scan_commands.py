"""scan: what comes back from a shop, one code or QR text a line."""

from typing import Any

from caringstreet.commands.desk import DONE, REFUSED, Desk
from caringstreet.queries import names
from caringstreet.rules.codes import pretty
from caringstreet.rules.evidence import Channel, Verdict
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.scanning.attempts import attempts
from caringstreet.services import evidence
from caringstreet.wording.answers import answer_text


def scan(desk: Desk) -> int:
    """Look at codes, or record them with --record. Looking is the same work, rolled back."""
    options = desk.options
    lines = [line for line in desk.text_of(options.file).splitlines() if line.strip()]
    street = desk.open()
    with street.database.reader() as reader:
        shop_id = names.shops(reader).get(options.shop.upper())
    if shop_id is None:
        raise RuleRefused(Refusal.SHOP_UNKNOWN, shop=options.shop)
    tried = attempts(lines, street.verifier, practice=street.practice)
    working = street.database.transaction if options.record else street.database.rehearsal
    with working() as tx:
        recorded = evidence.record(tx, attempts=tried, shop_id=shop_id, channel=Channel(options.channel), at=desk.clock.now(), by=desk.by)
    street.close()
    document: list[dict[str, Any]] = []
    for line, answer in zip(lines, recorded.answers, strict=True):
        sentence, then = answer_text(desk.words, answer.outcome, answer.facts)
        document.append(
            {
                "input": line,
                "outcome": str(answer.outcome),
                "code": pretty(answer.code) if answer.code else "",
                "offer": answer.offer,
                "detail": sentence,
                "next": then,
                "verdict": str(answer.verdict),
            }
        )
    desk.answer(document, *(f"{one['input']}: {one['detail']}. {one['next']}" for one in document))
    return REFUSED if any(one.verdict is Verdict.REFUSED for one in recorded.answers) else DONE
