"""A table as a file gives it, before anything in it is understood; and why a file gives none."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from caringstreet.rules.texts import tidy

Cell = str | int | float | bool | date | datetime | None

#: What programs show in place of a value, in a file of texts or where a cell holds nothing else.
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}|#{4,}")


class SheetTrouble(StrEnum):
    """Why a file cannot be read as a sheet."""

    MISSING = "missing"
    UNKNOWN_KIND = "unknown_kind"
    TOO_LARGE = "too_large"
    TOO_WIDE = "too_wide"
    FAR_CELL = "far_cell"
    NOT_A_SHEET = "not_a_sheet"
    UNKNOWN_ENCODING = "unknown_encoding"
    NO_SUCH_SHEET = "no_such_sheet"
    EMPTY = "empty"
    NO_HEADERS = "no_headers"
    MISSING_COLUMNS = "missing_columns"
    NO_SUCH_COLUMN = "no_such_column"
    NO_SUCH_FIELD = "no_such_field"


class UnreadableSheet(Exception):
    """The file says no; facts name it."""

    def __init__(self, kind: SheetTrouble, **facts: object) -> None:
        super().__init__(f"{kind} {facts}")
        self.kind = kind
        self.facts = facts


class CellFault(StrEnum):
    """Why nobody can tell what a cell or a whole row holds; each is the kind of an error of its row."""

    ERROR_VALUE = "error_value"
    NO_STORED_VALUE = "no_stored_value"
    UNCLOSED_QUOTE = "unclosed_quote"
    UNREADABLE_CHARACTERS = "unreadable_characters"


@dataclass(frozen=True)
class SheetRow:
    """A row and its line as people see it, counted from 1; `fault` is of the whole row, `faults` are of its cells."""

    line: int
    cells: tuple[Cell, ...]
    fault: CellFault | None = None
    faults: dict[int, CellFault] = field(default_factory=dict)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every cell as `cell_text` says it."""
        return tuple(cell_text(cell) for cell in self.cells)

    def text(self, index: int) -> str:
        """A cell as text; a whole number without its .0, a date as 2026-11-30."""
        return self.texts[index] if index < len(self.cells) else ""

    def fault_at(self, index: int) -> CellFault | None:
        """Why a cell cannot be read: it shows an error, or a formula's result was never stored."""
        if index in self.faults:
            return self.faults[index]
        text = self.text(index)
        return CellFault.ERROR_VALUE if text[:1] in "#E" and text and _ERROR.fullmatch(text) else None

    @cached_property
    def is_blank(self) -> bool:
        return not any(self.texts) and not self.faults and self.fault is None


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file and the names of all."""

    name: str
    names: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def cell_text(cell: Cell) -> str:
    """What a person reads in a cell, without spaces around it and without what nobody sees; line breaks stay."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        if "\n" not in cell:
            return tidy(cell)
        return "\n".join(tidy(part) for part in cell.splitlines()).strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
