"""Draws the recall of a lot of an open street."""

from datetime import datetime
from pathlib import Path

from caringstreet.bootstrap import OpenStreet
from caringstreet.papers.sender import sender
from caringstreet.printing.recall_sheet import PrintedRecall, print_recall
from caringstreet.queries.recalls import Recall
from caringstreet.wording.goods import amount
from caringstreet.wording.recalls import head_lines, occasion_text, reach_text, who_text
from caringstreet.words import LANGUAGES, words_for


def write_recall(street: OpenStreet, recall: Recall, path: Path, *, made_at: datetime) -> int:
    """Write who got of a lot; returns the pages. Who writes it notes it by `services.recalls`, since it names households.

    Raises OSError; then no file appears.
    """
    zh = words_for("zh_HK")
    lines = [line for language in LANGUAGES for line in head_lines(words_for(language), recall)]
    rows = [
        (who_text(zh, one), zh.date_short(one.day), amount(zh, one.quantity, recall.unit), occasion_text(zh, one), reach_text(zh, one))
        for one in recall.rows
    ]
    return print_recall(PrintedRecall(recall.lot.item, lines, rows), path, **sender(street, made_at))
