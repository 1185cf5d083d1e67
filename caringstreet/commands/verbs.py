"""The verbs of the command line and their options, with their help in the reader's language."""

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from caringstreet.commands import (
    ask_commands,
    goods_commands,
    import_commands,
    message_commands,
    recall_commands,
    report_commands,
    scan_commands,
    shop_commands,
    shop_page_commands,
    street_commands,
    voucher_commands,
)
from caringstreet.commands import desk as desks
from caringstreet.commands.desk import Desk
from caringstreet.commands.speaking import SpokenParser
from caringstreet.exchange.columns import IMPORTED
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.evidence import Channel
from caringstreet.rules.questions import Ruling
from caringstreet.rules.vouchers import HandedTo, VoucherState
from caringstreet.scanning.chat_dates import DateOrder
from caringstreet.words import LANGUAGES, Words, mark

_TIME = mark('“{text}” cannot be right. Write a local time such as "2026-11-07T15:00".')
_DAY = mark("“{text}” cannot be right. Write a day such as 2026-11-07.")
_KIND = mark("“{text}” is no kind of question. Each question that is asked tells its own.")
_FEW = mark("“{text}” is too few, or no number.")
_MONTH = mark("“{text}” cannot be right. Write a month such as 2026-11.")
_MAPPING = mark("“{text}” does not say what a column is. Write it as HEADER=FIELD, such as No.=number.")


def _header_is(text: str) -> tuple[str, str]:
    """Header and field of “No.=number”; a header may hold the sign itself. Raises ValueError."""
    header, sign, field = text.rpartition("=")
    if not sign or not header.strip() or not field.strip():
        raise ValueError(text)
    return header.strip(), field.strip()


def _common(words: Words) -> argparse.ArgumentParser:
    say = words.say
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", metavar="FILE", help=say("the street's data file"))
    common.add_argument("--json", action="store_true", help=say("one JSON document on standard output"))
    common.add_argument(
        "--at", type=desks.spelled(desks.moment, words, _TIME), metavar="TIME", help=say('local time to act at, such as "2026-11-07T15:00"')
    )
    common.add_argument("--as", dest="by", metavar="NAME", help=say("who acts"))
    common.add_argument("--lang", choices=LANGUAGES, help=say("language of messages"))
    common.add_argument(
        "--accept",
        action="append",
        type=desks.spelled(Doubt, words, _KIND),
        metavar="KIND",
        help=say("take what is unusual and was asked about, by its kind; may be repeated"),
    )
    return common


class _Making:
    """Makes verbs that share the common options, in one language."""

    def __init__(self, words: Words) -> None:
        self.words, self.say = words, words.say
        self.common = _common(words)
        self.day = desks.spelled(desks.day, words, _DAY)
        self.month = desks.spelled(desks.month, words, _MONTH)

    def verb(self, where: Any, name: str, run: Callable[[Desk], int], text: str) -> SpokenParser:
        """A verb that runs."""
        found: SpokenParser = where.add_parser(name, help=text, description=text, parents=[self.common])
        found.set_defaults(run=run)
        return found

    def group(self, where: Any, name: str, text: str) -> Any:
        """A verb that is followed by another."""
        return where.add_parser(name, help=text, parents=[self.common]).verbs(self.say("WHAT"))


def parser(words: Words) -> SpokenParser:
    """All verbs and their options, told in the reader's language."""
    make = _Making(words)
    say, verb = make.say, make.verb
    main_parser = SpokenParser(
        words=words,
        prog="caringstreet",
        description=say("Caring Street without a window."),
        epilog=say("Exit status: 0 done, 1 refused (said why), 2 wrong use, 3 environment (disk, lock, newer file)."),
        parents=[make.common],
    )
    verbs = main_parser.verbs(say("VERB"))
    _street_verbs(verbs, make)
    _import_verb(verbs, make)
    _voucher_verbs(verbs, make)
    scan = verb(verbs, "scan", scan_commands.scan, say("Look at codes from a shop, or record them"))
    scan.add_argument("--shop", required=True, metavar="S07")
    scan.add_argument("--channel", choices=[str(one) for one in Channel], default=str(Channel.SLIP))
    scan.add_argument("--record", action="store_true", help=say("record; without it only look"))
    scan.add_argument("file", nargs="?", default="-", help=say("codes or QR texts, one a line; - is standard input"))
    _goods_verbs(verbs, make)
    _ask_verbs(verbs, make)
    _message_verbs(verbs, make)
    card = verb(verbs, "shop-card", shop_commands.shop_card, say("Pair a new phone of a shop; its card and pairing slip as PDF"))
    card.add_argument("--shop", required=True, metavar="S07")
    card.add_argument("--out", metavar="PDF")
    page = verb(verbs, "shop-page", shop_page_commands.shop_page, say("The page for shops' phones, for upload"))
    page.add_argument("--out", required=True, metavar="FOLDER")
    page.add_argument(
        "--sync",
        type=shop_page_commands.https_address,
        metavar="URL",
        help=say("where phones may also send what they took; without it they use WhatsApp"),
    )
    report = make.group(verbs, "report", say("Reports"))
    for name, run, text in (
        ("month", report_commands.report_month, say("The summary of a month")),
        ("goods", goods_commands.report_goods, say("The goods ledger of a month")),
    ):
        month = verb(report, name, run, text)
        month.add_argument("month", type=make.month, metavar="YYYY-MM")
        month.add_argument("--out", metavar="PDF")
        month.add_argument("--xlsx", metavar="FILE")
    return main_parser


def _goods_verbs(verbs: Any, make: _Making) -> None:
    say, verb = make.say, make.verb
    found = make.group(verbs, "goods", say("Donated goods"))
    listing = verb(found, "lots", recall_commands.list_lots, say("Lots by words of their item, giver or place"))
    listing.add_argument("words", nargs="*", metavar="WORD")
    recalling = verb(found, "recall", recall_commands.recall, say("Everybody who got of a lot"))
    recalling.add_argument("lot", type=int, metavar="LOT", help=say("its number, as goods lots tells it"))
    recalling.add_argument("--out", metavar="PDF")


def _ask_verbs(verbs: Any, make: _Making) -> None:
    say, verb = make.say, make.verb
    found = make.group(verbs, "ask", say("What is to be decided"))
    listing = verb(found, "list", ask_commands.list_questions, say("What is to be decided, with the evidence side by side"))
    listing.add_argument("--decided", action="store_true", help=say("what was decided, by whom and why"))
    deciding = verb(found, "decide", ask_commands.decide, say("Answer one question, or many alike"))
    deciding.add_argument("--answer", required=True, choices=[str(ruling) for ruling in Ruling])
    deciding.add_argument("--voucher", metavar="CODE", help=say("which voucher an unreadable one was"))
    reversing = verb(found, "reverse", ask_commands.reverse, say("Undo decisions; the questions are open again"))
    for one in (deciding, reversing):
        one.add_argument("ids", nargs="+", type=int, metavar="ID")
        one.add_argument("--reason", required=True)


def _street_verbs(verbs: Any, make: _Making) -> None:
    say, verb = make.say, make.verb
    init = verb(verbs, "init", street_commands.init, say("A new, empty street"))
    init.add_argument("--name", required=True)
    init.add_argument("--team", required=True)
    init.add_argument("--phone", default="")
    init.add_argument("--page-host", default="", help=say("host of the shop's page, once the team has one"))
    init.add_argument("--whatsapp", default="", help=say("number that shops send their claims to"))
    init.add_argument("--street", action="append", help=say("a street of the scheme; may be repeated"))
    demo = verb(verbs, "demo", street_commands.demo, say("A believable practice street, the same every time"))
    demo.add_argument("--months", type=desks.spelled(partial(desks.at_least, 1), make.words, _FEW), default=3)
    demo.add_argument("--households", type=desks.spelled(partial(desks.at_least, 10), make.words, _FEW), default=60)
    saving = verb(verbs, "backup", street_commands.backup, say("A verified backup of the street"))
    saving.add_argument("file")
    saving.add_argument("--force", action="store_true", help=say("replace also what is no backup of this street"))
    verb(verbs, "restore", street_commands.restore, say("A new data file from a backup")).add_argument("file")
    verb(verbs, "check", street_commands.check, say("Integrity and the ledger's invariants"))


def _import_verb(verbs: Any, make: _Making) -> None:
    say, verb, words = make.say, make.verb, make.words
    found = verb(verbs, "import", import_commands.import_file, say("Import a sheet: xlsx, xls, ods, csv or tsv"))
    found.epilog = say(
        "Goods (donations, bread runs, choice days) go in whether or not the street keeps goods; their pages show once goods are switched on in the settings."
    )
    found.add_argument("kind", choices=[str(kind) for kind in IMPORTED])
    found.add_argument("file")
    found.add_argument("--sheet", metavar="NAME", help=say("one sheet of a workbook; default the first, of goods all"))
    found.add_argument("--dry-run", action="store_true", help=say("check only, write nothing"))
    found.add_argument("--strict", action="store_true", help=say("all rows or nothing"))
    found.add_argument(
        "--map",
        action="append",
        default=[],
        type=desks.spelled(_header_is, words, _MAPPING),
        metavar="HEADER=FIELD",
        help=say("what a column is, such as “No.=number”; - leaves it unread; may be repeated, and is remembered"),
    )
    found.add_argument("--errors", metavar="OUT.xlsx", help=say("write the rows with errors to a file, to mend and import again"))


def _message_verbs(verbs: Any, make: _Making) -> None:
    say, verb = make.say, make.verb
    taking = verb(
        make.group(verbs, "messages", say("Messages of shops")),
        "import",
        message_commands.import_messages,
        say("Look at a WhatsApp chat (.txt, .zip) or any text with lines or codes, or record it"),
    )
    taking.add_argument("file", help=say("the chat; - is standard input"))
    taking.add_argument("--record", action="store_true", help=say("record; without it only look"))
    taking.add_argument("--sender", action="append", default=[], metavar="NAME=S07", help=say("whose sender this is; kept"))
    taking.add_argument("--own", action="append", default=[], metavar="NAME", help=say("a name of the team itself; kept"))
    taking.add_argument("--shop", metavar="S07", help=say("the shop of codes that come without a sender"))
    taking.add_argument("--dates", choices=[str(one) for one in DateOrder], help=say("what the dates of the chat begin with"))


def _voucher_verbs(verbs: Any, make: _Making) -> None:
    say, verb = make.say, make.verb
    issue = verb(verbs, "issue", voucher_commands.issue, say("Issue vouchers by a plan or for one household"))
    issue.add_argument("--plan", metavar="FILE", help=say("columns date, household, offer, count"))
    issue.add_argument(
        "--again",
        dest="accept",
        action="append_const",
        const=Doubt.PLAN_AGAIN,
        default=argparse.SUPPRESS,
        help=say("issue by a plan that was given before once more"),
    )
    issue.add_argument("--household", metavar="H-0001")
    issue.add_argument("--offer", metavar="S07")
    issue.add_argument("--count", type=int, default=1)
    issue.add_argument("--day", type=make.day, metavar="DAY", help=say("planned day of hand-out, default today"))
    found = make.group(verbs, "vouchers", say("Vouchers"))
    listing = verb(found, "list", voucher_commands.list_vouchers, say("The vouchers of a month"))
    listing.add_argument("--state", choices=[str(state) for state in VoucherState])
    printing = verb(found, "print", voucher_commands.print_vouchers, say("Voucher sheets as PDF"))
    printing.add_argument("--out", required=True, metavar="PDF")
    handing = verb(found, "hand-out", voucher_commands.hand_out, say("Record the hand-out"))
    handing.add_argument("--issued-on", type=make.day, metavar="DAY")
    handing.add_argument("--to", choices=[str(to) for to in HandedTo], default=str(HandedTo.SELF))
    for one in (listing, printing, handing):
        one.add_argument("--month", type=make.month, required=True, metavar="YYYY-MM")
    for one in (printing, handing):
        one.add_argument("--household", metavar="H-0001")
    for name, run, text in (
        ("replace", voucher_commands.replace, say("Lost: a new code, the same place in the quota")),
        ("withdraw", voucher_commands.withdraw, say("Out of use")),
        ("return", voucher_commands.take_back, say("Given back unused")),
    ):
        ending = verb(found, name, run, text)
        ending.add_argument("code")
        ending.add_argument("--reason", required=True)
    extend = verb(found, "extend", voucher_commands.extend, say("A later last day for open vouchers"))
    for name in ("--due-from", "--due-to", "--until"):
        extend.add_argument(name, type=make.day, required=True, metavar="DAY")
    extend.add_argument("--reason", required=True)
    extend.add_argument("--shop", metavar="S07")
    verb(found, "undo-extend", voucher_commands.undo_extend, say("Undo the last extension"))
