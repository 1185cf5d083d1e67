"""Runs services and long work on one worker thread, and brings the answers back to the window."""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from caringstreet.printing.substitutes import noticing
from caringstreet.progress import Cancelled
from caringstreet.rules.changes import Changed
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.refusals import RuleRefused
from caringstreet.storage.database import Database


@dataclass
class _Job:
    """Work, and what to call on the window's thread when it ended, while its owner is there."""

    owner: QObject | None
    work: Callable[["JobProgress"], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], bool] | None
    label: str
    aside: bool = False


class JobProgress(QObject):
    """Progress of one job; cancelling raises inside it at its next report."""

    moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._cancelled = threading.Event()

    def at(self, done: int, total: int) -> None:
        """Report; raises Cancelled once the person asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled
        self.moved.emit(done, total)

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._cancelled.set()


class _Call(QRunnable):
    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__()
        self._run = run

    def run(self) -> None:
        self._run()


class Runner(QObject):
    """One job after the other. `changed` tells tables what to show anew; `failed` what went wrong with nobody to tell it.

    Each window has its own. A job has an `owner`, the page or dialog that asked for it: once that has gone, its answer
    is told to nobody, and only a trouble still to the window.
    """

    changed = Signal(object)
    failed = Signal(object)
    started = Signal(str, object)
    finished = Signal()
    #: Characters that a paper just drawn could not show.
    substituted = Signal(object)
    _ended = Signal(object, object, object)
    _noticed = Signal(object)

    def __init__(self, database: Database | None = None, *, inline: bool = False) -> None:
        super().__init__()
        self._database, self._inline = database, inline
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs = self._telling = 0
        self._later: list[Callable[[], object]] = []
        self._ended.connect(self._deliver)
        self._noticed.connect(self.substituted)

    def command(
        self,
        service: Callable[[Any], Any],
        *,
        owner: QObject | None,
        done: Callable[[Any], None] | None = None,
        refused: Callable[[RuleRefused], None] | None = None,
        failed: Callable[[], None] | None = None,
        label: str = "",
        accepted: Collection[Doubt] = (),
    ) -> None:
        """Run one service in a transaction. A refusal or a doubt goes to `refused`; without it, to `failed`.

        `failed` hears of any other trouble, which is said by whoever says those.
        """
        self.command_with_progress(
            lambda tx, progress: service(tx),
            owner=owner,
            done=done,
            refused=refused,
            failed=failed,
            label=label,
            accepted=accepted,
        )

    def command_with_progress(
        self,
        service: Callable[[Any, JobProgress], Any],
        *,
        owner: QObject | None,
        done: Callable[[Any], None] | None = None,
        refused: Callable[[RuleRefused], None] | None = None,
        failed: Callable[[], None] | None = None,
        label: str = "",
        rehearse: bool = False,
        accepted: Collection[Doubt] = (),
    ) -> None:
        """The same for a service that reports progress; a rehearsal rolls back what it did."""

        def work(progress: JobProgress) -> tuple[Any, frozenset[Changed]]:
            assert self._database is not None
            working = self._database.rehearsal if rehearse else self._database.transaction
            with working(accepted=accepted) as tx:
                result = service(tx, progress)
            return result, frozenset() if rehearse else frozenset(tx.changed)

        def told(answer: tuple[Any, frozenset[Changed]]) -> None:
            result, kinds = answer
            if kinds:
                self.changed.emit(kinds)
            if done is not None and not _gone(owner):
                done(result)

        def went_wrong(error: Exception) -> bool:
            if refused is not None and isinstance(error, RuleRefused):
                refused(error)
                return True
            if failed is not None:
                failed()
            return False

        # What changed is told whoever asked for it: it was saved.
        self.work(work, owner=None, done=told, failed=lambda error: not _gone(owner) and went_wrong(error), label=label)

    def work(
        self,
        work: Callable[[JobProgress], Any],
        *,
        owner: QObject | None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], bool] | None = None,
        label: str = "",
    ) -> JobProgress:
        """Run long work that is no transaction. `failed` says whether it dealt with the error."""
        progress = JobProgress()
        self.started.emit(label, progress)
        self._run(_Job(owner, work, done, failed, label), progress)
        return progress

    def aside(self, work: Callable[[], None], *, failed: Callable[[Exception], None]) -> None:
        """Run what nobody waits for and nobody is told of; only that it failed."""

        def went_wrong(error: Exception) -> bool:
            failed(error)
            return True

        self._run(_Job(None, lambda _: work(), None, went_wrong, "", aside=True), JobProgress())

    def _run(self, job: _Job, progress: JobProgress) -> None:
        self._jobs += 1

        def run() -> None:
            try:
                with noticing() as substitutes:
                    result = job.work(progress)
            except Exception as error:  # the edge: every error goes back to the window
                self._ended.emit(job, None, error)
            else:
                self._ended.emit(job, result, None)
                if substitutes:
                    self._noticed.emit(substitutes)

        if self._inline:
            run()
        else:
            self._pool.start(_Call(run))

    def when_idle(self, then: Callable[[], object]) -> None:
        """Do this once every job has ended and told its answer; at once where none runs."""
        self._later.append(then)
        self._catch_up()

    def finish(self) -> None:
        """Wait until every job has ended and told its answer."""
        while self._jobs > self._telling:
            self._pool.waitForDone()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def _deliver(self, job: _Job, result: Any, error: Exception | None) -> None:
        self._telling += 1
        try:
            if not job.aside:
                self.finished.emit()
            if error is not None:
                self._tell_failure(job, error)
            elif job.done is not None and not _gone(job.owner):
                job.done(result)
        finally:
            self._jobs -= 1
            self._telling -= 1
            self._catch_up()

    def _tell_failure(self, job: _Job, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if job.failed is None or _gone(job.owner) or not job.failed(error):
            self.failed.emit(error)

    def _catch_up(self) -> None:
        while self._later and not self._jobs:
            self._later.pop(0)()


def _gone(owner: QObject | None) -> bool:
    return owner is not None and not isValid(owner)
