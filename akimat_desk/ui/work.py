"""Work off the window's thread: one thread per kind of work, in order, with progress and cancel.

The database has one thread of its own, files another. What crosses between threads are plain
Python values inside queued signals of one long-lived object per thread; no Qt object is made,
touched or dropped on a worker (dropping one there crashes the program).
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot
from shiboken6 import isValid

from akimat_desk.core.errors import AkimatError
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.core.strings import Message

_PROGRESS_EVERY = 0.05  # seconds: more often than the eye follows only costs

Work = Callable[[Task], Any]
Receiver = Callable[[Any], None]


class JobState(StrEnum):
    """Where a piece of work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job:
    """One piece of work: a plain object, looked at on the window's thread once it has ended."""

    def __init__(self, work: Work, title: Message | None, done: Receiver | None, failed: Receiver | None):
        self.work = work
        self.title = title
        self.done = done
        self.failed = failed
        self.state = JobState.WAITING
        self.result: Any = None
        self.error: Exception | None = None
        self.task = Task()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; nothing is delivered then."""
        self.task.cancel()


class _Thread(QThread):
    def __init__(self, worker: Worker, name: str) -> None:
        super().__init__(worker)
        self.setObjectName(name)
        self._worker = worker
        self.orders: queue.SimpleQueue[Job | None] = queue.SimpleQueue()

    def run(self) -> None:
        while (job := self.orders.get()) is not None:
            self._do(job)
            self._worker._ended.emit(job)
            del job

    def _do(self, job: Job) -> None:
        job.state = JobState.RUNNING
        try:
            job.task.step(0, 0)  # called off while it waited
            job.result = job.work(job.task)
            job.state = JobState.DONE
        except Cancelled:
            job.state = JobState.CANCELLED
        except Exception as error:  # noqa: BLE001 - handed to the window, which says it in words
            job.error, job.state = error, JobState.FAILED


class Worker(QObject):
    """A thread that does one job after another and delivers results on the window's thread.

    ``done`` and ``failed`` of a job must be methods of Qt objects (or plain functions): a receiver
    that has been deleted in the meantime is passed over.
    """

    started = Signal(object)
    progressed = Signal(object, int, int)
    ended = Signal(object)
    #: An expected problem nobody asked to receive, and a fault of the program.
    problem = Signal(object)
    fault = Signal(object)
    _ended = Signal(object)
    _progressed = Signal(object, int, int)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._thread = _Thread(self, name)
        self._ended.connect(self._deliver)
        self._progressed.connect(self._show_progress)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether any job waits or runs."""
        return bool(self._jobs)

    def start(
        self,
        work: Work,
        done: Receiver | None = None,
        failed: Receiver | None = None,
        title: Message | None = None,
    ) -> Job:
        """Queue ``work``. A ``title`` makes it visible, with progress and a button to call it off.

        ``done`` gets the result, ``failed`` the AkimatError (without it the window shows the problem).
        """
        job = Job(work, title, done, failed)
        job.task = Task(self._reporter(job))
        self._jobs.append(job)
        self._thread.orders.put(job)
        self.started.emit(job)
        return job

    def stop(self) -> None:
        """Call off what waits, let what runs come to its next step, end the thread."""
        for job in self._jobs:
            job.done = job.failed = None
            job.cancel()
        if self._thread.isRunning():
            self._thread.orders.put(None)
            self._thread.wait()

    def _reporter(self, job: Job) -> Callable[[int, int], None]:
        last = 0.0

        def report(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= _PROGRESS_EVERY or (total and done >= total):
                last = now
                self._progressed.emit(job, done, total)

        return report

    @Slot(object, int, int)
    def _show_progress(self, job: Job, done: int, total: int) -> None:
        self.progressed.emit(job, done, total)

    @Slot(object)
    def _deliver(self, job: Job) -> None:
        self._jobs.remove(job)
        self.ended.emit(job)
        match job.state:
            case JobState.DONE:
                _call(job.done, job.result)
            case JobState.FAILED if isinstance(job.error, AkimatError):
                if not _call(job.failed, job.error):
                    self.problem.emit(job.error)
            case JobState.FAILED:
                self.fault.emit(job.error)


def _call(receiver: Receiver | None, value: Any) -> bool:
    """Hand ``value`` over; False when nobody was asked to receive it."""
    if receiver is None:
        return False
    owner = getattr(receiver, "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        receiver(value)
    return True
