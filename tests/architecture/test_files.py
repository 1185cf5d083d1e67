"""Files are replaced, moved and removed in one place, which knows what Windows does; and Windows is played in every test."""

import ast
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from caringstreet import files
from tests.architecture.imports import modules, parsed

_ACTS = frozenset({"rename", "renames", "unlink", "rmtree", "rmdir", "removedirs", "move", "hardlink_to", "copyfile", "copy2", "copytree"})
_OF_OS = frozenset({"remove", "replace", "link", "unlink", "rename"})
#: Works on a copy of its own in a folder of its own.
_MAY_COPY = frozenset({"caringstreet.storage.sidecars"})


def done_elsewhere(name: str, source: str) -> list[str]:
    """Where a module touches files by itself. `replace` of a text has two texts, that of a path has one."""
    found = []
    for node in ast.walk(parsed(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        act, owner = node.func.attr, ast.unparse(node.func.value)
        if act in ("copyfile",) and name in _MAY_COPY:
            continue
        one_path = act == "replace" and len(node.args) == 1 and not node.keywords
        if owner != "files" and (act in _ACTS or one_path or (owner == "os" and act in _OF_OS)):
            found.append(f"{name}:{node.lineno} {owner}.{act}")
    return found


def test_no_other_module_replaces_or_removes_files() -> None:
    elsewhere = {name: path for name, path in modules().items() if name != "caringstreet.files"}
    assert [one for name, path in elsewhere.items() for one in done_elsewhere(name, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.replace(a, b)",
        "import os\nos.remove(a)",
        "a.replace(b)",
        "path.with_name('x').rename(b)",
        "path.unlink(missing_ok=True)",
        "import shutil\nshutil.rmtree(folder)",
        "import shutil\nshutil.copyfile(a, b)",
        "import shutil\nshutil.move(a, b)",
    ],
)
def test_the_rule_bites(source: str) -> None:
    assert done_elsewhere("caringstreet.papers.shop_cards", source)


def test_a_text_may_replace_its_letters() -> None:
    assert done_elsewhere("ui.house", "'a-b'.replace('-', '')\nform.replace(name='x')\nfiles.replace(a, b)") == []


def test_an_open_file_is_held_as_windows_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PATIENCE", 0.1)
    held, other = tmp_path / "street.caringstreet", tmp_path / "new"
    other.write_text("new")
    with closing(sqlite3.connect(held)) as connection:
        connection.execute("CREATE TABLE kept (n)")
        for act in (lambda: files.replace(other, held), lambda: files.replace(held, other), lambda: files.remove(held), held.unlink):
            with pytest.raises(PermissionError) as refused:
                act()
            assert getattr(refused.value, "winerror", 32) == 32
    files.replace(other, held)
    assert held.read_text() == "new"


def test_what_another_program_holds_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "new", tmp_path / "old"
    source.write_text("new")
    tries = []
    really = Path.replace

    def scanned_for_viruses(self: Path, to: Path) -> Path:
        tries.append(to)
        if len(tries) < 4:
            error = PermissionError(13, "Access is denied")
            error.winerror = 5
            raise error
        return really(self, to)

    monkeypatch.setattr(Path, "replace", scanned_for_viruses)
    files.replace(source, target)
    assert target.read_text() == "new" and len(tries) == 4


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("東大街/金華街: 十一月?.pdf", "東大街-金華街- 十一月-.pdf"),
        ('a\\b*c"d<e>f|g.xlsx', "a-b-c-d-e-f-g.xlsx"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("Aux .txt", "_Aux.txt"),
        ("end. . .", "end"),
        ("a\u202eb\x00c\nd.pdf", "abc d.pdf"),
        ("", "_"),
        ("...", "_"),
    ],
)
def test_a_name_that_the_program_makes_is_one_everywhere(text: str, name: str) -> None:
    assert files.usable_name(text) == name


def test_a_name_has_room_on_every_disk() -> None:
    assert len(files.usable_name("街" * 400 + ".pdf").encode()) <= 150
    assert files.usable_name("街" * 400 + ".pdf").endswith("街.pdf")
