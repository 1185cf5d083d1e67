"""init, demo, backup, restore, check."""

from pathlib import Path

from caringstreet.bootstrap import found_street
from caringstreet.commands.desk import DONE, REFUSED, Desk, ShownProgress
from caringstreet.queries import check as check_queries
from caringstreet.services.street import StreetSettings
from caringstreet.storage import backups, migrate


def init(desk: Desk) -> int:
    """A new, empty street."""
    options = desk.options
    settings = StreetSettings(
        name=options.name,
        team=options.team,
        phone=options.phone,
        language=desk.words.language,
        streets=tuple(options.street or ()),
        page_host=options.page_host,
        whatsapp=options.whatsapp,
    )
    found_street(desk.data, settings, by=desk.by, clock=desk.clock).close()
    desk.say(desk.words.say("Until the file is encrypted: please practise only, and enter no real addresses yet."))
    desk.answer({"data": str(desk.data)}, desk.words.say("A new street in {path}", path=desk.data))
    return DONE


def demo(desk: Desk) -> int:
    """A believable practice street."""
    # Only this command needs its people.
    from caringstreet.practice.street import make_demo

    options = desk.options
    counts = make_demo(
        desk.data,
        months=options.months,
        households_wanted=options.households,
        today=desk.clock.today(),
        progress=ShownProgress(desk, desk.words.say("Months")),
    )
    desk.answer(
        {"data": str(desk.data), **vars(counts)},
        desk.words.say(
            "A practice street in {path}: {shops} shops, {households} households, {issued} vouchers",
            path=desk.data,
            shops=counts.shops,
            households=counts.households,
            issued=counts.issued,
        ),
    )
    return DONE


def backup(desk: Desk) -> int:
    """A verified backup."""
    target = Path(desk.options.file)
    migrate.revision_of(desk.data)
    backups.backup(desk.data, target, force=desk.options.force)
    desk.answer({"ok": True, "problems": [], "file": str(target)}, desk.words.say("Backed up to {path}", path=target))
    return DONE


def restore(desk: Desk) -> int:
    """A new data file from a backup."""
    source = Path(desk.options.file)
    migrate.revision_of(source)
    backups.restore(source, desk.data)
    desk.answer({"ok": True, "problems": [], "data": str(desk.data)}, desk.words.say("Restored to {path}", path=desk.data))
    return DONE


def check(desk: Desk) -> int:
    """Integrity of the file and the invariants of the ledger."""
    migrate.revision_of(desk.data)
    migrate.check_whole(desk.data)
    street = desk.open()
    with street.database.reader() as reader:
        found = check_queries.problems(reader)
    street.close()
    desk.answer(
        {"ok": not found, "problems": [vars(one) for one in found]},
        *(f"{one.kind}: {one.count}" for one in found),
        desk.words.say("The street is sound.") if not found else "",
    )
    return REFUSED if found else DONE
