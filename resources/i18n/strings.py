"""Keeps the catalogue: finds the words in the code, says what is missing, compiles. Run by `poe strings`."""

import io
import json
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "resources" / "i18n" / "zh_HK" / "LC_MESSAGES" / "caringstreet.po"
_KEYWORDS = {"say": None, "mark": None, "say_count": (1, 2)}


def extracted() -> Catalog:
    """Every text that the code says or marks."""
    found = Catalog(project="caringstreet")
    for folder in ("caringstreet", "ui"):
        for _, _, message, comments, _ in extract_from_dir(
            str(ROOT / folder), method_map=[("**.py", "python")], keywords=_KEYWORDS, comment_tags=()
        ):
            if str(message[0] if isinstance(message, tuple) else message).strip():
                found.add(message, auto_comments=comments)
    return found


def present() -> Catalog:
    """The catalogue as it is kept."""
    with PO.open("rb") as file:
        found = read_po(file, locale="zh_Hant_HK")
    # The time of making would make every compiled catalogue another one.
    found.creation_date = found.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return found


def update(translations: dict[str, str] | None = None) -> None:
    """Bring the catalogue up to date: new texts in, old ones out, translations kept, and compile it."""
    former = {_key(one): one.string for one in present() if one.id} if PO.exists() else {}
    catalog = Catalog(locale="zh_Hant_HK", project="caringstreet", version="1", header_comment="# Caring Street in Chinese of Hong Kong")
    for one in extracted():
        if not one.id:
            continue
        known = (translations or {}).get(_key(one)) or former.get(_key(one), "")
        plural = isinstance(one.id, tuple | list)
        if isinstance(known, tuple | list):
            known = known[0] if known else ""
        catalog.add(one.id, (known,) if plural else known)
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, sort_output=True, no_location=True, width=0, include_previous=False)
    _without_dates(PO)
    with PO.with_suffix(".mo").open("wb") as file:
        file.write(compiled())


def compiled() -> bytes:
    """The compiled catalogue."""
    out = io.BytesIO()
    write_mo(out, present())
    return out.getvalue()


def problems() -> list[str]:
    """What is missing, untranslated, out of date, or names other {facts} than the English text."""
    kept = {_key(one): one for one in present() if one.id}
    wanted = {_key(one): one for one in extracted() if one.id}
    found = [f"not in the catalogue: {key}" for key in wanted if key not in kept]
    found += [f"no longer said: {key}" for key in kept if key not in wanted]
    for key, one in kept.items():
        chinese = one.string[0] if isinstance(one.string, tuple | list) else one.string
        if not chinese:
            found.append(f"untranslated: {key}")
        elif _facts([str(chinese)]) != _facts(one.id if isinstance(one.id, tuple | list) else [one.id]):
            found.append(f"other facts: {key}")
    if PO.with_suffix(".mo").read_bytes() != compiled():
        found.append("the compiled catalogue is out of date: run poe strings")
    return found


def _facts(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}


def _key(message: Message) -> str:
    return str(message.id[0]) if isinstance(message.id, tuple | list) else str(message.id)


def _without_dates(path: Path) -> None:
    """Dates of making would change the file without a change of words."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not re.match(r'"(POT-Creation-Date|PO-Revision-Date|Generated-By)', line)]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    merged: dict[str, str] = {}
    for name in sys.argv[2:] if sys.argv[1:2] == ["merge"] else ():
        merged |= json.loads(Path(name).read_text(encoding="utf-8"))
    update(merged)
    for problem in problems():
        print(problem)
