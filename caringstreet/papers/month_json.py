"""The figures of a month as JSON, for commands and for what a summary keeps."""

from typing import Any

from caringstreet.queries.fund import FundFigures
from caringstreet.queries.month_summary import Counts, MonthFigures
from caringstreet.rules.evidence import Channel

_CHANNELS = (Channel.WHATSAPP, Channel.PAGE, Channel.PHONE, Channel.SLIP, Channel.DESK)


def month_json(figures: MonthFigures, fund: FundFigures | None = None) -> dict[str, Any]:
    """Counts and cents by the names of the command `report month`; `fund` only where the street keeps its book."""
    total = figures.total
    shop_codes = {shop.shop_id: shop.shop for shop in figures.shops}
    return {
        "month": str(figures.month),
        "issued": total.issued,
        "redeemed": total.redeemed,
        "expired": total.expired,
        "returned": total.returned,
        "out": figures.handed.out,
        "handed_out": {name: getattr(figures.handed, name) for name in ("handed_out", "redeemed", "expired", "returned", "void", "out")},
        "not_handed_out": figures.not_handed_out,
        "payable_cents": total.fund_cents,
        "shop_gift_cents": total.shop_cents,
        "household_cents": total.household_cents,
        "goodwill": _goodwill_json(total),
        "to_pay_cents": total.to_pay_cents,
        "replaced": figures.replaced,
        "void": figures.void,
        "without_slip": figures.without_slip,
        "new_faces": figures.new_faces,
        "households": figures.households,
        "channels": {str(channel): figures.channels.get(channel, 0) for channel in _CHANNELS},
        "exceptions": [{"kind": str(kind), "count": count} for kind, count in figures.exceptions.items()],
        "offers": [
            {
                "offer": offer.offer,
                "shop": shop_codes[offer.shop_id],
                "quota": offer.quota,
                "issued": offer.counts.issued,
                "redeemed": offer.counts.redeemed,
                "expired": offer.counts.expired,
                "returned": offer.counts.returned,
                "payable_cents": offer.counts.fund_cents,
                "shop_gift_cents": offer.counts.shop_cents,
                "goodwill": _goodwill_json(offer.counts),
                "to_pay_cents": offer.counts.to_pay_cents,
            }
            for offer in figures.offers
        ],
        **({} if fund is None else {"fund": _fund_json(fund)}),
        "shops": [
            {
                "shop": shop.shop,
                "issued": shop.counts.issued,
                "redeemed": shop.counts.redeemed,
                "payable_cents": shop.counts.fund_cents,
                "shop_gift_cents": shop.counts.shop_cents,
                "goodwill": _goodwill_json(shop.counts),
                "to_pay_cents": shop.counts.to_pay_cents,
            }
            for shop in figures.shops
        ],
        "streets": [{"street": name, "issued": counts.issued, "redeemed": counts.redeemed} for name, counts in figures.streets],
        "kinds": [{"kind": str(kind), "issued": counts.issued, "redeemed": counts.redeemed} for kind, counts in figures.kinds],
    }


def _goodwill_json(counts: Counts) -> dict[str, int]:
    """Second vouchers paid in goodwill: outside the redemption count and `payable_cents`, inside `to_pay_cents`."""
    return {
        "count": counts.goodwill,
        "payable_cents": counts.goodwill_cents,
        "shop_gift_cents": counts.goodwill_gift_cents,
    }


def _fund_json(fund: FundFigures) -> dict[str, Any]:
    return {
        "opening_cents": fund.opening_cents,
        "income_cents": fund.income_cents,
        "income_by_kind": {str(kind): cents for kind, cents in fund.income_by_kind.items()},
        "vouchers_cents": fund.vouchers_cents,
        **({"goodwill_cents": fund.goodwill_cents} if fund.goodwill_cents else {}),
        "other_out_cents": fund.other_out_cents,
        "closing_cents": fund.closing_cents,
        "free_cents": fund.free_cents,
    }
