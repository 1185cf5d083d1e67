"""What windows, jobs and dialogs may leave behind: objects of Qt and of Python, connections, threads, open files."""

import gc
import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMetaMethod, QObject, QThread, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import getAllValidWrappers, getCppPointer


@dataclass(frozen=True)
class Left:
    """What lives at one moment, by kind: what Qt and the system hold, how many Python objects, how many bytes of memory."""

    things: Counter[str]
    python: int
    memory: int


def what_is_left() -> Left:
    """Count it, once what was to go has gone."""
    let_go()
    gc.collect()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    living = _objects(application)
    things = Counter({"open files": len(os.listdir("/proc/self/fd"))})  # noqa: PTH208
    things.update(f"window {_kind(one)}" for one in QApplication.topLevelWidgets())
    things.update(f"thread {one.name}" for one in threading.enumerate())
    for one in living:
        held = f" of {_kind(one.parent())}" if isinstance(one, QTimer | QThread) else ""
        things[_kind(one) + held] += 1
    things.update(_connections(application, living))
    return Left(things, len(gc.get_objects()), _resident())


def let_go() -> None:
    """What was to be deleted later is deleted now."""
    for _ in range(2):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def only_what_comes_now() -> Iterator[None]:
    """Python objects that are there already are not counted, nor looked through at each count."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def _kind(one: QObject | None) -> str:
    if one is None:
        return "nobody"
    return one.metaObject().className() if type(one) is QObject else type(one).__name__


def _objects(application: QApplication) -> list[QObject]:
    """Every one that hangs in a tree of the application or is known to Python, each once."""
    roots = [application, *QApplication.allWidgets(), *(one for one in getAllValidWrappers() if isinstance(one, QObject))]
    found = {getCppPointer(one)[0]: one for root in roots for one in (root, *root.findChildren(QObject))}
    return list(found.values())


def _connections(application: QApplication, living: list[QObject]) -> Counter[str]:
    """Who listens to what outlives pages and windows: the application, and what every page of a window is given."""
    heard = [application, QGuiApplication.styleHints(), QGuiApplication.inputMethod(), QGuiApplication.clipboard()]
    heard += QGuiApplication.screens()
    heard += [one for one in living if type(one).__module__.startswith("ui.") and not one.isWidgetType()]
    found: Counter[str] = Counter()
    for one in heard:
        about = one.metaObject()
        for number in range(about.methodCount()):
            method = about.method(number)
            if method.methodType() is QMetaMethod.MethodType.Signal:
                signature = bytes(method.methodSignature().data()).decode()
                found[f"listening to {_kind(one)}.{signature}"] += one.receivers(f"2{signature}")
    return +found


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
