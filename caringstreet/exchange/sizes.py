"""How large a sheet may be; a cell far away would make an empty table of billions of cells."""

from dataclasses import dataclass
from pathlib import Path

from caringstreet.exchange.sheets import SheetTrouble, UnreadableSheet

MOST_ROWS = 100_000
MOST_COLUMNS = 200
#: A table of this many cells needs about 150 MB while it is read.
MOST_CELLS = 3_000_000


@dataclass
class Extent:
    """The last row and column with a value, counted from 1, and the last cell in each direction."""

    rows: int = 0
    columns: int = 0
    lowest: str = ""
    rightmost: str = ""

    def include(self, row: int, column: int) -> None:
        """A cell with a value stands here."""
        if row > self.rows:
            self.rows, self.lowest = row, cell_name(row, column)
        if column > self.columns:
            self.columns, self.rightmost = column, cell_name(row, column)


def cell_name(row: int, column: int) -> str:
    """C7 of row 7, column 3."""
    letters = ""
    while column > 0:
        column, left = divmod(column - 1, 26)
        letters = chr(65 + left) + letters
    return f"{letters}{row}"


def refuse_too_large(path: Path, *extents: Extent) -> None:
    """Refuse sheets whose values reach further than those of any list of a street; names the cell that does."""
    for one in extents:
        if one.rows > MOST_ROWS or (one.rows > 1 and one.columns > 10 * MOST_COLUMNS):
            far = one.lowest if one.rows > MOST_ROWS else one.rightmost
            raise UnreadableSheet(SheetTrouble.FAR_CELL, file=path.name, cell=far)
        if one.columns > MOST_COLUMNS:
            raise UnreadableSheet(SheetTrouble.TOO_WIDE, file=path.name, columns=one.columns, most=MOST_COLUMNS)
        if one.rows * one.columns > MOST_CELLS:
            raise UnreadableSheet(SheetTrouble.TOO_LARGE, file=path.name)
