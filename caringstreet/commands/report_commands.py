"""report month."""

from pathlib import Path

from caringstreet.commands.desk import DONE, Desk
from caringstreet.papers.goods_json import goods_json
from caringstreet.papers.month_json import month_json
from caringstreet.queries import fund as fund_queries
from caringstreet.queries import goods_month, month_summary
from caringstreet.services import month_summary as month_summary_services
from caringstreet.wording.goods import month_lines
from caringstreet.wording.goodwill import goodwill_text
from caringstreet.wording.handed_out import out_text


def report_month(desk: Desk) -> int:
    """The figures of a month; as PDF and XLSX with a running number, since months are not closed yet."""
    options, words = desk.options, desk.words
    street = desk.open()
    with street.database.reader() as reader:
        figures = month_summary.figures(reader, options.month, desk.clock.today())
        fund = fund_queries.figures(reader, options.month, desk.clock.today())
        goods = goods_month.figures(reader, options.month) if street.settings.goods else None
    document = month_json(figures, fund) | ({} if goods is None else {"goods": goods_json(goods)})
    for place in (options.out, options.xlsx):
        if place:
            # A number is given for good: first know that the paper can be kept.
            desk.require_place(Path(place))
    if options.out or options.xlsx:
        # Drawing needs reportlab, which is slow to load.
        from caringstreet.papers.month_summary import unkept, write_summary_pdf, write_summary_xlsx

        facts = {"month": options.month, "figures": document, "at": desk.clock.now(), "by": desk.by}
        kept = desk.record_paper(street, month_summary_services.keep, **facts) or unkept(street, **facts)
        if options.out:
            write_summary_pdf(street, figures, kept, Path(options.out), made_at=desk.clock.now(), goods=goods)
        if options.xlsx:
            write_summary_xlsx(street, figures, kept.number, Path(options.xlsx), words, made_at=desk.clock.now(), fund=fund, goods=goods)
    street.close()
    desk.answer(
        document,
        " · ".join((words.month(options.month), words.say("provisional"))),
        words.say(
            "{issued} issued, {redeemed} redeemed ({rate}), {expired} expired, {returned} given back",
            issued=document["issued"],
            redeemed=document["redeemed"],
            rate=words.percent(document["redeemed"], document["issued"]),
            expired=document["expired"],
            returned=document["returned"],
        ),
        out_text(words, figures.handed),
        words.say(
            "To pay to shops {payable}, given by shops {gift}",
            payable=words.money(document["to_pay_cents"]),
            gift=words.money(document["shop_gift_cents"]),
        ),
        *([goodwill_text(words, figures.total)] if figures.total.goodwill else []),
        *([] if goods is None else month_lines(words, goods)),
    )
    return DONE
