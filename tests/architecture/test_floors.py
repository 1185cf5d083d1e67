"""Imports go down only. Each rule is shown to bite on a made-up violation."""

import sys

import pytest

from tests.architecture.imports import imported, modules, targets

GROUND = {"words", "wording.labels", "wording.refusals", "wording.answers", "wording.terms", "progress", "clock", "paths", "logs", "files"}
#: Which floors a floor may import, beside itself, the standard library and what is named as a library.
ALLOWED = {
    "caringstreet.rules": ({"rules"}, set()),
    "caringstreet.model": ({"rules", "model"}, {"sqlalchemy"}),
    "caringstreet.storage": ({"rules", "model", "storage", "files"}, {"sqlalchemy", "alembic"}),
    "caringstreet.services": ({"rules", "model", "storage", "services", "clock", "progress"}, {"sqlalchemy"}),
    "caringstreet.queries": ({"rules", "model", "storage", "queries"}, {"sqlalchemy"}),
    "caringstreet.printing": ({"rules", "printing", "scanning", *GROUND}, {"reportlab"}),
    "caringstreet.scanning": ({"rules", "scanning", "progress"}, {"qrcode", "zxingcpp", "PIL", "cryptography"}),
    "caringstreet.shop_page": ({"rules", "shop_page", "files"}, set()),
    "caringstreet.exchange": ({"rules", "exchange", *GROUND}, {"python_calamine", "xlsxwriter", "zlib"}),
}


#: The pages themselves; their parts, in files beside them, may be shared.
PAGES = {one for one in targets(modules()["ui.pages.specs"].read_text(encoding="utf-8"), set(modules())) if one.startswith("ui.pages.")}


def broken(name: str, source: str) -> list[str]:
    """What a module imports and may not."""
    floor = next((floor for floor in ALLOWED if name.startswith(floor + ".")), None)
    found = []
    for target, line, _ in imported(source):
        top, *rest = target.split(".")
        if target.startswith("."):
            found.append(f"{name}:{line} relative import")
        elif top in ("PySide6", "shiboken6", "ui") and name.startswith("caringstreet"):
            found.append(f"{name}:{line} knows the window: {target}")
        elif top in ("sqlalchemy", "reportlab", "qrcode") and name.startswith("ui"):
            found.append(f"{name}:{line} knows {top}")
        elif floor is not None and top == "caringstreet":
            if rest and not {rest[0], ".".join(rest[:2])} & ALLOWED[floor][0]:
                found.append(f"{name}:{line} goes up: {target}")
        elif floor is not None and top not in sys.stdlib_module_names and top not in ALLOWED[floor][1]:
            found.append(f"{name}:{line} uses {top}")
        if name.startswith("ui.widgets") and ".".join(target.split(".")[:2]) in ("ui.pages", "ui.dialogs"):
            found.append(f"{name}:{line} a widget knows {target}")
        if name != "ui.pages.specs" and ".".join(target.split(".")[:3]) in PAGES:
            found.append(f"{name}:{line} a page knows another: {target}")
    return found


def test_imports_go_down_only() -> None:
    assert [one for name, path in modules().items() for one in broken(name, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("caringstreet.rules.money", "import sqlalchemy"),
        ("caringstreet.rules.money", "from caringstreet.model import shops"),
        ("caringstreet.model.shops", "from caringstreet.services import shops"),
        ("caringstreet.storage.database", "from caringstreet.queries import shops"),
        ("caringstreet.services.shops", "from caringstreet.queries import shops"),
        ("caringstreet.queries.shops", "from caringstreet.services import shops"),
        ("caringstreet.printing.page", "def f():\n    import sqlalchemy"),
        ("caringstreet.printing.page", "from caringstreet.wording.goods import amount"),
        ("caringstreet.shop_page.page", "from caringstreet.storage.database import Database"),
        ("caringstreet.exchange.export", "from caringstreet.storage.database import Database"),
        ("caringstreet.services.shops", "from PySide6.QtCore import QObject"),
        ("caringstreet.services.shops", "from . import finding"),
        ("ui.pages.today_page", "from sqlalchemy import select"),
        ("ui.widgets.basics", "from ui.pages import today_page"),
        ("ui.pages.today_page", "from ui.pages.scan_page import ScanPage"),
    ],
)
def test_the_rule_bites(name: str, source: str) -> None:
    assert broken(name, source)


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that import each other."""
    order: list[str] = []
    seen: set[str] = set()

    def visit(name: str, following: dict[str, set[str]], out: list[str]) -> None:
        stack = [(name, iter(sorted(following.get(name, ()))))]
        seen.add(name)
        while stack:
            here, rest = stack[-1]
            step = next((one for one in rest if one not in seen), None)
            if step is None:
                out.append(here)
                stack.pop()
            else:
                seen.add(step)
                stack.append((step, iter(sorted(following.get(step, ())))))

    for name in sorted(graph):
        if name not in seen:
            visit(name, graph, order)
    backward: dict[str, set[str]] = {}
    for name, found in graph.items():
        for target in found:
            backward.setdefault(target, set()).add(name)
    seen.clear()
    groups = []
    for name in reversed(order):
        if name not in seen:
            group: list[str] = []
            visit(name, backward, group)
            if len(group) > 1:
                groups.append(sorted(group))
    return groups


def test_there_is_no_import_cycle() -> None:
    known = modules()
    graph = {name: targets(path.read_text(encoding="utf-8"), set(known)) - {name} for name, path in known.items()}
    assert cycles(graph) == []


def test_a_cycle_is_found() -> None:
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_files_are_named_for_what_they_hold() -> None:
    words = ("util", "utils", "helper", "helpers", "manager", "common", "misc")
    named = [name for name in modules() if set(name.replace(".", "_").split("_")) & set(words)]
    assert named == []
