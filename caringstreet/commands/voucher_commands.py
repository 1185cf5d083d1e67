"""issue, and vouchers list | print | hand-out | replace | withdraw | return | extend | undo-extend."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from caringstreet.bootstrap import OpenStreet
from caringstreet.commands.desk import DONE, REFUSED, Desk, ShownProgress
from caringstreet.exchange.error_words import left_out_text, problem_text
from caringstreet.exchange.reading import ReadRows
from caringstreet.importing import fingerprint, read_plan_file
from caringstreet.papers.voucher_sheets import draw_sheets, qr_text
from caringstreet.queries import names
from caringstreet.queries import sheets as sheet_queries
from caringstreet.queries import vouchers as voucher_queries
from caringstreet.queries.vouchers import VoucherFilter, VoucherRow
from caringstreet.rules.codes import NotACode, pretty, serial_of
from caringstreet.rules.inputs import PlanInput
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.vouchers import OPEN, HandedTo, VoucherState
from caringstreet.services import extension, vouchers
from caringstreet.services.vouchers import IssueLine
from caringstreet.wording.refusals import refusal_text


def issue(desk: Desk) -> int:
    """Issue by a plan, or by hand for one household."""
    street = desk.open()
    refused: list[dict[str, Any]] = []
    read = read_plan_file(Path(desk.options.plan)) if desk.options.plan else None
    asked = [_by_hand(desk)] if read is None else _plan(desk, read, refused)
    with street.database.reader() as reader:
        households, offers = names.households(reader), names.offers(reader)
    lines, said = [], []
    for household, offer, day, count in asked:
        if household not in households:
            problem = RuleRefused(Refusal.HOUSEHOLD_UNKNOWN, household=household)
        elif offer not in offers:
            problem = RuleRefused(Refusal.OFFER_UNKNOWN, offer=offer)
        else:
            lines.append(IssueLine(households[household], offers[offer], day, count))
            said.append((household, offer))
            continue
        refused.append(_refused(desk, household, offer, problem))
    with street.database.transaction() as tx:
        made = vouchers.issue(
            tx,
            lines=lines,
            random_bits=street.random_bits,
            at=desk.clock.now(),
            by=desk.by,
            progress=ShownProgress(desk, desk.words.say("Issuing")),
            plan=fingerprint(read) if read is not None else "",
        )
    street.close()
    for one in made.refused:
        household, offer = said[one.position]
        refused.append(_refused(desk, household, offer, one.refusal))
    left_out = [] if read is None else [(one, left_out_text(desk.words, one)) for one in read.left_out]
    desk.answer(
        {
            "issued": len(made.voucher_ids),
            "refused": refused,
            **({"left_out": [{"line": one.line, "column": one.column, "why": why} for one, why in left_out]} if left_out else {}),
        },
        desk.words.say_count("{n} voucher issued", "{n} vouchers issued", len(made.voucher_ids)),
        *(f"{one['household']} {one['offer']}: {one['problem']}" for one in refused),
        *(
            desk.words.say("Left out: {what}: {why}", what=f"{one.line or ''} {one.column} {one.value}".strip(), why=why)
            for one, why in left_out
        ),
    )
    return REFUSED if refused else DONE


def _refused(desk: Desk, household: str, offer: str, refusal: RuleRefused) -> dict[str, Any]:
    return {"household": household, "offer": offer, "kind": str(refusal.reason), "problem": refusal_text(desk.words, refusal)}


def _plan(desk: Desk, read: ReadRows[PlanInput], refused: list[dict[str, Any]]) -> list[tuple[str, str, Any, int]]:
    for error in read.errors:
        problem = problem_text(desk.words, error)
        refused.append(
            {
                "household": "",
                "offer": "",
                "line": error.line,
                "kind": error.kind,
                "problem": f"{error.line} {error.column} “{error.value}”: {problem}",
            }
        )
    return [(line.household, line.offer, line.day, line.count) for _, line in read.rows]


def _by_hand(desk: Desk) -> tuple[str, str, Any, int]:
    options = desk.options
    return options.household.upper(), options.offer, options.day or desk.clock.today(), options.count


def list_vouchers(desk: Desk) -> int:
    """The vouchers of a month."""
    street = desk.open()
    state = VoucherState(desk.options.state) if desk.options.state else None
    with street.database.reader() as reader:
        found = voucher_queries.listed(reader, VoucherFilter(month=desk.options.month, state=state), desk.clock.today(), "household")
    document = _documents(street, found)
    street.close()
    desk.answer(document, *(f"{one['code']}  {one['household']}  {one['offer']}  {one['valid_to']}  {one['state']}" for one in document))
    return DONE


def _documents(street: OpenStreet, rows: Sequence[VoucherRow]) -> list[dict[str, Any]]:
    with street.database.reader() as reader:
        papers = sheet_queries.sheets(reader, [row.voucher_id for row in rows])
    texts = {paper.voucher_id: qr_text(street, paper) for sheet in papers for paper in sheet.vouchers}
    return [
        {
            "code": pretty(row.code),
            "text": texts[row.voucher_id],
            "offer": row.offer,
            "shop": row.shop,
            "household": row.household,
            "valid_from": row.valid_from.isoformat(),
            "valid_to": row.valid_to.isoformat(),
            "state": str(row.state),
        }
        for row in rows
    ]


def _chosen(desk: Desk, street: OpenStreet, **more: Any) -> list[VoucherRow]:
    household_id = None
    with street.database.reader() as reader:
        if getattr(desk.options, "household", None):
            household_id = names.households(reader).get(desk.options.household.upper())
            if household_id is None:
                raise RuleRefused(Refusal.HOUSEHOLD_UNKNOWN, household=desk.options.household)
        wanted = VoucherFilter(month=desk.options.month, household_id=household_id, **more)
        return voucher_queries.listed(reader, wanted, desk.clock.today(), "household")


def print_vouchers(desk: Desk) -> int:
    """Sheets of the vouchers of a month that are still open, as the app prints them."""
    street = desk.open()
    open_states = OPEN | {VoucherState.EXPIRED}
    ids = [row.voucher_id for row in _chosen(desk, street) if row.state in open_states]
    if not ids:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    out = Path(desk.options.out)
    drawn = draw_sheets(street, ids, out, ShownProgress(desk, desk.words.say("Drawing")))
    desk.record_paper(street, vouchers.mark_printed, voucher_ids=ids)
    street.close()
    desk.answer(
        {"vouchers": drawn.vouchers, "pages": drawn.pages},
        desk.words.say("{vouchers} vouchers on {pages} pages in {path}", vouchers=drawn.vouchers, pages=drawn.pages, path=out),
    )
    return DONE


def hand_out(desk: Desk) -> int:
    """Printed vouchers become handed out; with --issued-on all made for that day."""
    street = desk.open()
    options = desk.options
    today = desk.clock.today()
    if options.issued_on:
        rows = _chosen(desk, street, planned_on=options.issued_on)
    else:
        rows = _chosen(desk, street, printed=True, first_day_by=today)
    ids = [row.voucher_id for row in rows if row.handed_out_on is None and row.state in OPEN | {VoucherState.EXPIRED}]
    handed = 0
    if ids:
        with street.database.transaction() as tx:
            done = vouchers.hand_out(
                tx,
                voucher_ids=ids,
                day=options.issued_on or today,
                to=HandedTo(options.to),
                at=desk.clock.now(),
                by=desk.by,
            )
        handed = len(done.voucher_ids)
    street.close()
    desk.answer({"handed_out": handed}, desk.words.say_count("{n} voucher handed out", "{n} vouchers handed out", handed))
    return DONE


def _voucher_id(desk: Desk, street: OpenStreet) -> int:
    try:
        serial = serial_of(desk.options.code)
    except NotACode as error:
        raise RuleRefused(Refusal.VOUCHER_UNKNOWN, voucher=desk.options.code) from error
    with street.database.reader() as reader:
        found = voucher_queries.id_of_code(reader, serial)
    if found is None:
        raise RuleRefused(Refusal.VOUCHER_UNKNOWN, voucher=desk.options.code)
    return found


def _answer_voucher(desk: Desk, street: OpenStreet, voucher_id: int) -> int:
    with street.database.reader() as reader:
        row = voucher_queries.rows(reader, [voucher_id], desk.clock.today())[voucher_id]
    document = _documents(street, [row])[0]
    street.close()
    desk.answer(document, f"{document['code']}  {document['offer']}  {document['valid_to']}  {document['state']}")
    return DONE


def replace(desk: Desk) -> int:
    """Lost: a new code on the old slot."""
    street = desk.open()
    with street.database.transaction() as tx:
        done = vouchers.replace(
            tx,
            voucher_ids=[_voucher_id(desk, street)],
            reason=desk.options.reason,
            random_bits=street.random_bits,
            at=desk.clock.now(),
            by=desk.by,
        )
    return _answer_voucher(desk, street, done[0].new_id)


def withdraw(desk: Desk) -> int:
    """Out of use."""
    return _ended(desk, vouchers.withdraw)


def take_back(desk: Desk) -> int:
    """Given back unused."""
    return _ended(desk, vouchers.take_back)


def _ended(desk: Desk, service: Callable[..., object]) -> int:
    street = desk.open()
    voucher_id = _voucher_id(desk, street)
    with street.database.transaction() as tx:
        service(tx, voucher_ids=[voucher_id], reason=desk.options.reason, at=desk.clock.now(), by=desk.by)
    return _answer_voucher(desk, street, voucher_id)


def extend(desk: Desk) -> int:
    """A later last day for open vouchers."""
    street = desk.open()
    options = desk.options
    shop_id = None
    if options.shop:
        with street.database.reader() as reader:
            shop_id = names.shops(reader).get(options.shop.upper())
        if shop_id is None:
            raise RuleRefused(Refusal.SHOP_UNKNOWN, shop=options.shop)
    with street.database.transaction() as tx:
        done = extension.extend(
            tx,
            due_from=options.due_from,
            due_to=options.due_to,
            until=options.until,
            reason=options.reason,
            shop_id=shop_id,
            at=desk.clock.now(),
            by=desk.by,
        )
    street.close()
    count = len(done.voucher_ids)
    desk.answer({"extended": count}, desk.words.say_count("{n} voucher extended", "{n} vouchers extended", count))
    return DONE


def undo_extend(desk: Desk) -> int:
    """The last extension that stands is undone."""
    street = desk.open()
    with street.database.transaction() as tx:
        done = extension.undo(tx, at=desk.clock.now(), by=desk.by)
    street.close()
    count = len(done.voucher_ids)
    said = desk.words.say_count("{n} voucher has its old last day again", "{n} vouchers have their old last day again", count)
    desk.answer({"undone": count}, said)
    return DONE
