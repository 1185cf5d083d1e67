"""What a click on a figure of the month's goods opens."""

from collections.abc import Sequence

from caringstreet.queries import goods_month_rows as rows
from caringstreet.queries.goods_month_rows import GoodsFigure, GoodsPart
from ui.widgets.page import Page

_ALL = GoodsPart()


class GoodsBehind:
    """Shows the rows behind the figures of the month in view."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def lots(self, figure: GoodsFigure, part: GoodsPart = _ALL) -> None:
        """The lots of the street's stock whose quantities it sums."""
        with self._page.context.database.reader() as reader:
            ids = rows.lot_ids_behind(reader, self._page.context.month.month, figure, part)
        self._go("goods", ids)

    def thrown_away(self) -> None:
        """The lots of which something was thrown away."""
        with self._page.context.database.reader() as reader:
            ids = rows.lot_ids_thrown_away(reader, self._page.context.month.month)
        self._go("goods", ids)

    def donations(self, *, refused: bool = False) -> None:
        """What was taken in, or what was refused."""
        with self._page.context.database.reader() as reader:
            ids = rows.donation_ids_behind(reader, self._page.context.month.month, refused=refused)
        self._go("goods_donations", ids)

    def giver(self, name: str) -> None:
        """The donations of a giver of which something moved in the month."""
        with self._page.context.database.reader() as reader:
            ids = rows.donation_ids_of_giver(reader, self._page.context.month.month, name)
        self._go("goods_donations", ids)

    def households(self, *, never: bool = False) -> None:
        """Those reached by name in the month, or those that never were."""
        with self._page.context.database.reader() as reader:
            ids = rows.household_ids_behind(reader, self._page.context.month.month, never=never)
        self._go("households", ids)

    def _go(self, page: str, ids: Sequence[int]) -> None:
        self._page.go_to(page, tuple(ids), "ids")
