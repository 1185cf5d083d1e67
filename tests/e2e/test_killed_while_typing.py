"""The real program is killed while somebody types: at the next start one bar offers back what was typed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from caringstreet.bootstrap import found_street
from caringstreet.clock import FixedClock
from caringstreet.services.street import StreetSettings

_PATIENCE = 90

#: Runs inside the program: waits for the window, then plays one hand.
_HAND = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui import app
from ui.context import Target
from ui.main_window import MainWindow
from ui.widgets.text_field import TextField

application = QApplication(["caringstreet"])
wanted = sys.argv[2]

def hand():
    window = next((one for one in application.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()), None)
    if window is None:
        return
    timer.stop()
    if wanted == "type":
        window.show_page(Target("household_form", None, "new"))
        page = window.page()
        page.display_name.setText("陳婆婆")
        QTest.keyClicks(page.size_field.findChild(TextField), "0")
        print("typed", flush=True)
    else:
        print(window.draft_bar.text(), flush=True)
        window.draft_bar.back_button.click()
        print(window.page().display_name.text(), window.page().size_field.kept(), flush=True)
        window.close()

timer = QTimer(interval=50)
timer.timeout.connect(hand)
timer.start()
sys.exit(app.main([sys.argv[1]]))
"""


def start(data: Path, wanted: str) -> "subprocess.Popen[str]":
    settings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(Path.cwd())}
    return subprocess.Popen(
        [sys.executable, "-c", _HAND, str(data), wanted], stdout=subprocess.PIPE, text=True, encoding="utf-8", env=settings
    )


def kept(data: Path) -> int:
    connection = sqlite3.connect(data)
    try:
        return int(connection.execute("SELECT count(*) FROM draft").fetchone()[0])
    finally:
        connection.close()


def test_what_was_typed_before_a_kill_is_offered_back(tmp_path: Path) -> None:
    data = tmp_path / "street.caringstreet"
    found_street(data, StreetSettings("街", "隊"), by="x", clock=FixedClock(datetime(2026, 11, 21, 6, 30, tzinfo=UTC))).close()
    typing = start(data, "type")
    try:
        deadline = time.monotonic() + _PATIENCE
        while not kept(data):
            assert time.monotonic() < deadline
            assert typing.poll() is None
            time.sleep(0.1)
    finally:
        typing.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        typing.communicate()
    again = start(data, "read")
    said, _ = again.communicate(timeout=_PATIENCE)
    assert again.returncode == 0
    bar, fields = said.strip().splitlines()
    assert "新增住戶" in bar or "New household" in bar
    assert fields in ("陳婆婆 01", "陳婆婆 10")
