"""What must hold of the program as it runs: references, what a start loads, icons."""

import ast
import subprocess
import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.architecture.imports import ROOT, modules, parsed


def test_qt_calls_lose_no_reference(qtbot: QtBot) -> None:
    """PySide6 6.12.0 takes a reference of None with each call and aborts on Python 3.11 (PYSIDE-3474)."""
    shown = QLabel()
    qtbot.addWidget(shown)
    before = sys.getrefcount(None)
    for _ in range(200):
        shown.setText("x")
    assert sys.getrefcount(None) > before - 100


def test_the_first_paint_waits_for_no_heavy_library() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import ui.app, sys; print([n for n in ('reportlab','alembic','sqlalchemy') if n in sys.modules])"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert said.stdout.strip() == "[]"


def test_a_command_of_every_day_loads_no_alembic() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import caringstreet.bootstrap, sys; print('alembic' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert said.stdout.strip() == "False"


def test_every_icon_named_is_there() -> None:
    there = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    named = set()
    for name, path in modules().items():
        if not name.startswith("ui"):
            continue
        for node in ast.walk(parsed(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("icon", "icon_label", "pixmap", "EmptyState") and node.args and isinstance(node.args[0], ast.Constant):
                named.add(node.args[0].value)
            named |= {one.value.value for one in node.keywords if one.arg == "picture" and isinstance(one.value, ast.Constant)}
    assert named - there - {""} == set()


def test_the_schema_of_the_program_is_that_of_the_migrations() -> None:
    """Written by hand in storage/migrate.py, so that a start need not load Alembic."""
    from alembic.script import ScriptDirectory

    from caringstreet.storage import migrate

    script = ScriptDirectory(str(ROOT / "caringstreet" / "storage" / "migrations"))
    assert script.get_current_head() == migrate.HEAD
    assert {one.revision for one in script.walk_revisions()} == set(migrate.KNOWN)
