"""The street without a window: verbs for scripts and for nights."""

import argparse
import sys
from collections.abc import Callable, Sequence

from caringstreet import logs
from caringstreet.commands import (
    ask_commands,
    goods_commands,
    import_commands,
    message_commands,
    report_commands,
    scan_commands,
    shop_commands,
    shop_page_commands,
    street_commands,
    voucher_commands,
)
from caringstreet.commands import desk as desks
from caringstreet.commands.desk import DONE, ENVIRONMENT, REFUSED, WRONG_USE, Desk
from caringstreet.exchange.columns import IMPORTED
from caringstreet.exchange.error_words import sheet_trouble_text
from caringstreet.exchange.spreadsheets import SheetTrouble, UnreadableSheet
from caringstreet.paths import log_file
from caringstreet.rules.evidence import Channel
from caringstreet.rules.questions import Ruling
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.vouchers import HandedTo, VoucherState
from caringstreet.scanning.chat_dates import DateOrder
from caringstreet.scanning.chat_files import ChatTrouble, UnreadableChat
from caringstreet.storage.problems import StorageProblem, StorageTrouble, trouble_of
from caringstreet.wording.messages import chat_trouble_text
from caringstreet.wording.refusals import refusal_text, trouble_text
from caringstreet.words import LANGUAGES


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", metavar="FILE", help="the street's data file")
    common.add_argument("--json", action="store_true", help="one JSON document on standard output")
    common.add_argument("--at", type=desks.moment, metavar="TIME", help='local time to act at, such as "2026-11-07T15:00"')
    common.add_argument("--as", dest="by", metavar="NAME", help="who acts")
    common.add_argument("--lang", choices=LANGUAGES, help="language of messages")
    return common


def parser() -> argparse.ArgumentParser:
    """All verbs and their options."""
    common = _common()
    main_parser = argparse.ArgumentParser(
        prog="caringstreet",
        description="Caring Street without a window.",
        epilog="Exit status: 0 done, 1 refused (said why), 2 wrong use, 3 environment (disk, lock, newer file).",
        parents=[common],
    )
    verbs = main_parser.add_subparsers(metavar="VERB", required=True)

    def verb(where, name: str, run: Callable[[Desk], int], text: str) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
        found: argparse.ArgumentParser = where.add_parser(name, help=text, description=text, parents=[common])
        found.set_defaults(run=run)
        return found

    _street_verbs(verbs, verb)
    _import_verb(verbs, verb)
    _voucher_verbs(verbs, verb, common)
    scan = verb(verbs, "scan", scan_commands.scan, "Look at codes from a shop, or record them")
    scan.add_argument("--shop", required=True, metavar="S07")
    scan.add_argument("--channel", choices=[str(one) for one in Channel], default=str(Channel.SLIP))
    scan.add_argument("--record", action="store_true", help="record; without it only look")
    scan.add_argument("file", nargs="?", default="-", help="codes or QR texts, one a line; - is standard input")
    _ask_verbs(verbs, verb, common)
    _message_verbs(verbs, verb, common)
    card = verb(verbs, "shop-card", shop_commands.shop_card, "Pair a new phone of a shop; its card and slip as PDF")
    card.add_argument("--shop", required=True, metavar="S07")
    card.add_argument("--out", metavar="PDF")
    page = verb(verbs, "shop-page", shop_page_commands.shop_page, "The page for shops' phones, for upload")
    page.add_argument("--out", required=True, metavar="FOLDER")
    page.add_argument("--sync", type=shop_page_commands.https_address, metavar="URL", help="where phones may also send what they took; without it they use WhatsApp")
    report = verbs.add_parser("report", help="Reports", parents=[common]).add_subparsers(metavar="WHAT", required=True)
    for name, run, text in (
        ("month", report_commands.report_month, "The summary of a month"),
        ("goods", goods_commands.report_goods, "The goods ledger of a month"),
    ):
        month = verb(report, name, run, text)
        month.add_argument("month", type=voucher_commands.month, metavar="YYYY-MM")
        month.add_argument("--out", metavar="PDF")
        month.add_argument("--xlsx", metavar="FILE")
    return main_parser


def _ask_verbs(verbs, verb, common: argparse.ArgumentParser) -> None:  # type: ignore[no-untyped-def]
    asking = verbs.add_parser("ask", help="What a person must decide", parents=[common])
    found = asking.add_subparsers(metavar="WHAT", required=True)
    listing = verb(found, "list", ask_commands.list_questions, "What a person must decide, with the evidence side by side")
    listing.add_argument("--decided", action="store_true", help="what was decided, by whom and why")
    deciding = verb(found, "decide", ask_commands.decide, "Answer one question, or many alike")
    deciding.add_argument("--answer", required=True, choices=[str(ruling) for ruling in Ruling])
    deciding.add_argument("--voucher", metavar="CODE", help="which voucher an unreadable slip was")
    reversing = verb(found, "reverse", ask_commands.reverse, "Take decisions back; the questions are open again")
    for one in (deciding, reversing):
        one.add_argument("ids", nargs="+", type=int, metavar="ID")
        one.add_argument("--reason", required=True)


def _street_verbs(verbs, verb) -> None:  # type: ignore[no-untyped-def]
    init = verb(verbs, "init", street_commands.init, "A new, empty street")
    init.add_argument("--name", required=True)
    init.add_argument("--team", required=True)
    init.add_argument("--phone", default="")
    init.add_argument("--page-host", default="", help="host of the shop's page, once the team has one")
    init.add_argument("--whatsapp", default="", help="number that shops send their claims to")
    init.add_argument("--street", action="append", help="a street of the scheme; may be repeated")
    demo = verb(verbs, "demo", street_commands.demo, "A believable practice street, the same every time")
    demo.add_argument("--months", type=int, default=3)
    demo.add_argument("--households", type=int, default=60)
    for name, run, text in (
        ("backup", street_commands.backup, "A verified backup of the street"),
        ("restore", street_commands.restore, "A new data file from a backup"),
    ):
        verb(verbs, name, run, text).add_argument("file")
    verb(verbs, "check", street_commands.check, "Integrity and the ledger's invariants")


def _import_verb(verbs, verb) -> None:  # type: ignore[no-untyped-def]
    found = verb(verbs, "import", import_commands.import_file, "Import a sheet: xlsx, xls, ods, csv or tsv")
    found.epilog = "Goods (donations, bread runs, choice days) go in whether or not the street keeps goods; their pages show once goods are switched on in the settings."
    found.add_argument("kind", choices=[str(kind) for kind in IMPORTED])
    found.add_argument("file")
    found.add_argument("--sheet", metavar="NAME", help="one sheet of a workbook; default the first, of goods all")
    found.add_argument("--dry-run", action="store_true", help="check only, write nothing")
    found.add_argument("--strict", action="store_true", help="all rows or nothing")
    found.add_argument("--errors", metavar="OUT.xlsx", help="write the bad rows to a file, to mend and import again")


def _message_verbs(verbs, verb, common: argparse.ArgumentParser) -> None:  # type: ignore[no-untyped-def]
    found = verbs.add_parser("messages", help="Messages of shops", parents=[common])
    taking = verb(
        found.add_subparsers(metavar="WHAT", required=True),
        "import",
        message_commands.import_messages,
        "Look at a WhatsApp chat (.txt, .zip) or any text with lines or codes, or record it",
    )
    taking.add_argument("file", help="the chat; - is standard input")
    taking.add_argument("--record", action="store_true", help="record; without it only look")
    taking.add_argument("--sender", action="append", default=[], metavar="NAME=S07", help="whose sender this is; kept")
    taking.add_argument("--own", action="append", default=[], metavar="NAME", help="a name of the team itself; kept")
    taking.add_argument("--shop", metavar="S07", help="the shop of codes that come without a sender")
    taking.add_argument("--dates", choices=[str(one) for one in DateOrder], help="what the dates of the chat begin with")


def _voucher_verbs(verbs, verb, common: argparse.ArgumentParser) -> None:  # type: ignore[no-untyped-def]
    issue = verb(verbs, "issue", voucher_commands.issue, "Issue vouchers by a plan or for one household")
    issue.add_argument("--plan", metavar="FILE", help="columns date, household, offer, count")
    issue.add_argument("--household", metavar="H-0001")
    issue.add_argument("--offer", metavar="S07")
    issue.add_argument("--count", type=int, default=1)
    issue.add_argument("--day", type=desks.day, metavar="DAY", help="planned day of hand-out, default today")
    found = verbs.add_parser("vouchers", help="Vouchers", parents=[common]).add_subparsers(metavar="WHAT", required=True)
    listing = verb(found, "list", voucher_commands.list_vouchers, "The vouchers of a month")
    listing.add_argument("--state", choices=[str(state) for state in VoucherState])
    printing = verb(found, "print", voucher_commands.print_vouchers, "Voucher sheets as PDF")
    printing.add_argument("--out", required=True, metavar="PDF")
    handing = verb(found, "hand-out", voucher_commands.hand_out, "Record the hand-out")
    handing.add_argument("--issued-on", type=desks.day, metavar="DAY")
    handing.add_argument("--to", choices=[str(to) for to in HandedTo], default=str(HandedTo.SELF))
    for one in (listing, printing, handing):
        one.add_argument("--month", type=voucher_commands.month, required=True, metavar="YYYY-MM")
    for one in (printing, handing):
        one.add_argument("--household", metavar="H-0001")
    for name, run, text in (
        ("replace", voucher_commands.replace, "Lost: a new code on the old slot"),
        ("withdraw", voucher_commands.withdraw, "Out of use"),
        ("return", voucher_commands.take_back, "Given back unused"),
    ):
        ending = verb(found, name, run, text)
        ending.add_argument("code")
        ending.add_argument("--reason", required=True)
    extend = verb(found, "extend", voucher_commands.extend, "A later last day for open vouchers")
    for name in ("--due-from", "--due-to", "--until"):
        extend.add_argument(name, type=desks.day, required=True, metavar="DAY")
    extend.add_argument("--reason", required=True)
    extend.add_argument("--shop", metavar="S07")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status says how it ended. Never a traceback."""
    logs.start()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stopped:
        return DONE if stopped.code == 0 else WRONG_USE
    if getattr(options, "run", None) is voucher_commands.issue and not options.plan and not (options.household and options.offer):
        sys.stderr.write("issue: --plan FILE, or --household and --offer\n")
        return WRONG_USE
    desk = desks.make_desk(options)
    try:
        return int(options.run(desk))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _stopped(desk, error)


def _stopped(desk: Desk, error: Exception) -> int:
    """The edge: every error becomes a sentence and a status."""
    status, kind, sentence = _explained(desk, error)
    if desk.wants_json:
        desk.answer({"refused": kind, "problem": sentence})
    desk.say(sentence)
    return status


def _explained(desk: Desk, error: Exception) -> tuple[int, str, str]:
    words = desk.words
    if isinstance(error, RuleRefused):
        return REFUSED, str(error.reason), refusal_text(words, error)
    if isinstance(error, UnreadableSheet):
        status = ENVIRONMENT if error.kind is SheetTrouble.MISSING else REFUSED
        return status, str(error.kind), sheet_trouble_text(words, error)
    if isinstance(error, UnreadableChat):
        status = ENVIRONMENT if error.kind is ChatTrouble.MISSING else REFUSED
        return status, str(error.kind), chat_trouble_text(words, error)
    if isinstance(error, StorageProblem):
        return ENVIRONMENT, str(error.kind), " ".join(trouble_text(words, error.kind, error.path))
    if isinstance(error, OSError):
        trouble = StorageTrouble.FOLDER_UNUSABLE if isinstance(error, FileNotFoundError) else trouble_of(error)
        return ENVIRONMENT, "file", " ".join(trouble_text(words, trouble, str(error.filename or "")))
    if type(error).__name__ == "MissingGlyphs":
        return REFUSED, "missing_glyphs", words.say("No font of ours has {characters}; correct the text “{text}”.", characters=error.characters, text=error.text)  # type: ignore[attr-defined]
    logs.log.exception("command failed")
    return ENVIRONMENT, "bug", words.say("Something went wrong in the program; nothing was saved. The log tells more: {path}", path=log_file())


if __name__ == "__main__":
    sys.exit(main())
