"""import shops | offers | households | members | fund | goods."""

from pathlib import Path

from caringstreet.commands.desk import DONE, REFUSED, Desk
from caringstreet.exchange.bad_rows import write_bad_rows
from caringstreet.exchange.columns import RowKind
from caringstreet.exchange.error_words import problem_text
from caringstreet.importing import category_names, open_file, run_import
from caringstreet.services.import_run import ImportOutcome
from caringstreet.storage.transaction import Transaction


def import_file(desk: Desk) -> int:
    """Read any sheet and take its good rows, or nothing with --strict or --dry-run."""
    options, words = desk.options, desk.words
    opened = open_file(Path(options.file), RowKind(options.kind), options.sheet)
    street = desk.open()
    categories = category_names(street)

    def run(tx: Transaction) -> ImportOutcome:
        return run_import(
            tx, opened=opened, categories=categories, at=desk.clock.now(), today=desk.clock.today(), by=desk.by
        )

    with street.database.rehearsal() as tx:
        outcome = run(tx)
    stopped = options.strict and bool(outcome.errors)
    if not options.dry_run and not stopped:
        with street.database.transaction() as tx:
            outcome = run(tx)
    street.close()
    if options.errors and outcome.errors:
        sheets = [(one.sheet, one.columns) for one in opened.sheets]
        write_bad_rows(Path(options.errors), sheets, outcome.errors, words)
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
    document = {
        "read": outcome.read,
        "new": 0 if stopped else outcome.new,
        "changed": 0 if stopped else outcome.changed,
        "unchanged": outcome.unchanged,
        "bad": outcome.bad,
        "errors": errors,
        **({"sheets_left_out": list(opened.left_out)} if opened.left_out else {}),
    }
    lines = [
        words.say(
            "{read} rows read: {new} new, {changed} changed, {unchanged} unchanged, {bad} with errors",
            read=document["read"],
            new=document["new"],
            changed=document["changed"],
            unchanged=document["unchanged"],
            bad=document["bad"],
        )
    ]
    lines += [words.say("Sheet “{sheet}” holds nothing of this kind and was left out.", sheet=name) for name in opened.left_out]
    for error in errors:
        said = words.say("Line {line}, {column} “{value}”: {problem}", **{key: error[key] for key in ("line", "column", "value", "problem")})
        lines.append(f"{error['sheet']}: {said}" if "sheet" in error else said)
    if stopped:
        lines.append(words.say("Nothing was imported, because some rows have errors."))
    desk.answer(document, *lines)
    return REFUSED if outcome.errors else DONE
