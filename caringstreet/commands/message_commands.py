"""messages import: what a chat tells, and with --record what is kept of it."""

from pathlib import Path
from typing import Any

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import local_time
from caringstreet.commands.desk import DONE, REFUSED, Desk, ShownProgress
from caringstreet.messaging import open_chat, read_text, told
from caringstreet.queries import names
from caringstreet.rules.codes import pretty
from caringstreet.rules.messages import MessageKind
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.scanning.chat_dates import DateOrder
from caringstreet.services import messages
from caringstreet.services.messages import MessageRow
from caringstreet.wording.messages import row_text

_COUNTED = (
    MessageKind.NEW,
    MessageKind.KNOWN,
    MessageKind.MISTYPED,
    MessageKind.UNKNOWN_SENDER,
    MessageKind.ASK,
    MessageKind.CONFLICTING,
    MessageKind.BAD_MAC,
    MessageKind.REVOKED,
    MessageKind.REFUSED,
)
_IN_ORDER = frozenset({MessageKind.NEW, MessageKind.KNOWN, MessageKind.ASK})


def import_messages(desk: Desk) -> int:
    """Look at a chat, or record it with --record. Looking is the same work, rolled back."""
    options, words = desk.options, desk.words
    street = desk.open()
    order = DateOrder(options.dates) if options.dates else None
    progress = ShownProgress(desk, words.say("Reading"))
    if options.file == "-":
        chat = read_text(street, desk.text_of("-"), order=order, progress=progress)
    else:
        chat = open_chat(street, Path(options.file), order=order, progress=progress)
    with street.database.reader() as reader:
        shops = names.shops(reader)
    senders = {name: _shop(shops, code) for name, code in map(_named, options.sender)} | dict.fromkeys(options.own)
    found = told(street, chat, progress=progress)
    working = street.database.transaction if options.record else street.database.rehearsal
    with working() as tx:
        recorded = messages.record(
            tx,
            told=found,
            senders=senders,
            nameless_shop_id=_shop(shops, options.shop) if options.shop else None,
            at=desk.clock.now(),
            by=desk.by,
            progress=ShownProgress(desk, words.say("Recording decisions")),
        )
    if not chat.certain:
        desk.say(
            words.say(
                "Day and month of this chat can be read both ways; they were read day first. Say --dates month_first if that is wrong."
            )
        )
    codes = {shop_id: code for code, shop_id in shops.items()}
    document: dict[str, Any] = {"messages": len(chat.messages)}
    document |= {str(kind): recorded.count(kind) for kind in _COUNTED}
    document["recorded"] = bool(options.record)
    document["rows"] = [_row(one, codes) for one in recorded.rows]
    desk.answer(document, *_lines(desk, street, document, recorded.rows))
    street.close()
    return DONE if all(one.kind in _IN_ORDER for one in recorded.rows) else REFUSED


def _named(text: str) -> tuple[str, str]:
    name, _, code = text.rpartition("=")
    return name, code


def _shop(shops: Any, code: str) -> int:
    shop_id = shops.get(code.strip().upper())
    if shop_id is None:
        raise RuleRefused(Refusal.SHOP_UNKNOWN, shop=code)
    return int(shop_id)


def _row(row: MessageRow, codes: dict[int, str]) -> dict[str, Any]:
    attempt, claim = row.told.attempt, row.told.claim
    code = row.code or (claim.code if claim else attempt.text if attempt and attempt.serial is not None else "")
    return {
        "line": row.told.line,
        "code": pretty(row.code) if row.code else code,
        "shop": codes.get(row.shop_id, "") if row.shop_id is not None else claim.shop if claim else "",
        "at": f"{local_time(row.at):%Y-%m-%dT%H:%M:%S}" if row.at is not None else "",
        "outcome": str(row.outcome or row.kind),
        "kind": str(row.kind),
        "verdict": str(row.verdict or ""),
        "text": row.told.text,
        "sender": row.told.sender,
        "clock_off": row.clock_off,
    }


def _lines(desk: Desk, street: OpenStreet, document: dict[str, Any], rows: tuple[MessageRow, ...]) -> list[str]:
    words = desk.words
    counts = {name: document[name] for name in ("messages", "new", "known", "mistyped", "unknown_sender", "ask")}
    others = sum(document[name] for name in ("conflicting", "bad_mac", "revoked", "refused"))
    lines = [
        words.say(
            "{messages} messages: {new} new, {known} recorded already, {mistyped} mistyped, {unknown_sender} from unknown senders, {ask} to decide, {others} not taken",
            others=others,
            **counts,
        )
    ]
    for row in rows:
        if row.kind in (MessageKind.NEW, MessageKind.KNOWN):
            continue
        lines.append(words.say("Line {line}, {text}: {said}", line=row.told.line, text=row.told.text[:60], said=row_text(words, row)))
    if not document["recorded"]:
        lines.append(words.say("Nothing is recorded yet; --record does it."))
    return lines
