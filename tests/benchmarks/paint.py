"""First paint of the window against a bare QMainWindow, each in a process of its own."""

import subprocess
import sys
import time
from collections.abc import Iterator

from tests.benchmarks.timing import in_turn

_BARE = (
    "import os; os.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')\n"
    "from PySide6.QtWidgets import QApplication, QMainWindow\n"
    "a = QApplication([]); w = QMainWindow(); w.show(); a.processEvents(); os._exit(0)"
)
_OURS = (
    "import os; os.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')\n"
    "import ui.app as app\n"
    "app._Starting.go = lambda self: os._exit(0)\n"
    "app.main([])"
)


def run() -> Iterator[str]:
    def process(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
        time.sleep(0)

    ours, bare, ratio = in_turn(lambda: process(_OURS), lambda: process(_BARE), 7)
    yield f"first paint {ours:.0f} ms, bare window {bare:.0f} ms, ratio {ratio:.2f}"
