"""import shops | offers | households | members | fund | goods."""

from pathlib import Path
from typing import Any

from caringstreet.commands.desk import DONE, REFUSED, Desk
from caringstreet.exchange.bad_rows import write_bad_rows
from caringstreet.exchange.columns import RowKind
from caringstreet.exchange.error_words import left_out_text, note_text, problem_text
from caringstreet.importing import OpenedFile, category_names, open_file, recall, run_import
from caringstreet.services.import_run import ImportOutcome
from caringstreet.storage.transaction import Transaction
from caringstreet.wording.paper import unprinted_text
from caringstreet.words import Words

#: Names that stand on vouchers, cards and sheets.
_PRINTED = ("display_name", "name_zh", "name_en", "item", "giver")


def import_file(desk: Desk) -> int:
    """Read any sheet and take its good rows, or nothing with --strict or --dry-run."""
    options = desk.options
    given, accepted = dict(options.map), getattr(options, "accept", ())
    if options.errors:
        # Known before anything is written.
        desk.require_place(Path(options.errors), Path(options.file))
    opened = open_file(Path(options.file), RowKind(options.kind), options.sheet, accepted=accepted, mapping=given)
    street = desk.open()
    opened = recall(street, opened).mapped(given)
    categories = category_names(street)

    def run(tx: Transaction) -> ImportOutcome:
        return run_import(tx, opened=opened, categories=categories, at=desk.clock.now(), today=desk.clock.today(), by=desk.by)

    with street.database.rehearsal(accepted=accepted) as tx:
        outcome = run(tx)
    stopped = options.strict and bool(outcome.errors)
    if not options.dry_run and not stopped:
        with street.database.transaction(accepted=accepted) as tx:
            outcome = run(tx)
    street.close()
    if options.errors and outcome.errors:
        sheets = [(one.sheet, one.columns) for one in opened.sheets]
        write_bad_rows(Path(options.errors), sheets, outcome.errors, desk.words)
    document = _document(desk, opened, outcome, stopped=stopped)
    desk.answer(document, *_lines(desk, opened, outcome, document, stopped=stopped))
    return REFUSED if outcome.errors else DONE


def _document(desk: Desk, opened: OpenedFile, outcome: ImportOutcome, *, stopped: bool) -> dict[str, Any]:
    words = desk.words
    errors = [
        {
            "line": error.line,
            "column": error.column,
            "value": error.value,
            "kind": error.kind,
            "problem": problem_text(words, error),
            **({"sheet": error.sheet} if error.sheet else {}),
        }
        for error in outcome.errors
    ]
    left_out = [
        {
            **({"line": one.line} if one.line is not None else {}),
            **({"column": one.column} if one.column else {}),
            **({"value": one.value} if one.value else {}),
            "kind": str(one.why),
            "why": left_out_text(words, one),
            **({"sheet": sheet} if sheet else {}),
        }
        for sheet, one in outcome.left_out
    ]
    return {
        "read": outcome.read,
        "new": 0 if stopped else outcome.new,
        "changed": 0 if stopped else outcome.changed,
        "unchanged": outcome.unchanged,
        "bad": outcome.bad,
        "errors": errors,
        "rows_left_out": outcome.rows_left_out,
        "left_out": left_out,
        "unread_columns": [column for _, column in outcome.unread_columns],
        "notes": [{"kind": str(note.kind), "column": note.column, "said": note_text(words, note)} for _, note in outcome.notes],
        **({"sheets_left_out": [*opened.left_out, *opened.unread]} if opened.left_out or opened.unread else {}),
    }


def _lines(desk: Desk, opened: OpenedFile, outcome: ImportOutcome, document: dict[str, Any], *, stopped: bool) -> list[str]:
    say = desk.words.say
    lines = [
        say(
            "{read} rows read: {new} new, {changed} changed, {unchanged} unchanged, {bad} with errors, {left} left out",
            read=document["read"],
            new=document["new"],
            changed=document["changed"],
            unchanged=document["unchanged"],
            bad=document["bad"],
            left=document["rows_left_out"],
        )
    ]
    lines += [say("Sheet “{sheet}” holds nothing of this kind and was left out.", sheet=name) for name in opened.left_out]
    lines += [say("Sheet “{sheet}” was not read. Import it by itself.", sheet=name) for name in opened.unread]
    if outcome.unread_columns:
        lines.append(say("Columns that were not read: {columns}", columns=", ".join(document["unread_columns"])))
    lines += [note["said"] for note in document["notes"]]
    lines += _unprinted_lines(desk.words, outcome)
    for error in document["errors"]:
        said = say("Line {line}, {column} “{value}”: {problem}", **{key: error[key] for key in ("line", "column", "value", "problem")})
        lines.append(_in_sheet(error, said))
    for one in document["left_out"]:
        said = say("Left out: {what}: {why}", what=_place(desk, one), why=one["why"])
        lines.append(_in_sheet(one, said))
    if outcome.asked:
        kinds = " ".join(f"--accept {kind}" for kind in sorted(outcome.asked))
        lines.append(say("Rows that were asked about are taken with: {option}", option=kinds))
    if stopped:
        lines.append(say("Nothing was imported, because some rows have errors."))
    return lines


def _unprinted_lines(words: Words, outcome: ImportOutcome) -> list[str]:
    """A line for each name that no paper will show in full."""
    names = [(row.line, str(getattr(row.after, field, ""))) for row in outcome.written for field in _PRINTED]
    said = [(line, name, unprinted_text(words, name)) for line, name in dict.fromkeys(names)]
    return [" ".join((words.say("line {line}", line=line), f"“{name}”:", text)) for line, name, text in said if text]


def _in_sheet(said_of: dict[str, Any], said: str) -> str:
    return f"{said_of['sheet']}: {said}" if "sheet" in said_of else said


def _place(desk: Desk, one: dict[str, Any]) -> str:
    """Where something stands, and what."""
    line = desk.words.say("line {line}", line=one["line"]) if "line" in one else ""
    value = f"“{one['value']}”" if "value" in one else ""
    return " ".join(part for part in (line, one.get("column", ""), value) if part)
