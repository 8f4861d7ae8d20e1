"""Work off the window's thread: results, problems, faults, progress, calling off, the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import Message
from akimat_desk.ui.work import JobState, Worker


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.refused: list[UsageProblem] = []
        self.threads: set[QThread] = set()

    @Slot(object)
    def take(self, value: object) -> None:
        self.got.append(value)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def refuse(self, problem: UsageProblem) -> None:
        self.refused.append(problem)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("test")
    yield made
    made.stop()


def refused(_task: Task) -> None:
    raise UsageProblem("error.ui.no_workspace")


def broken(_task: Task) -> None:
    raise ZeroDivisionError


def test_results_come_in_order_on_the_windows_thread(qtbot: QtBot, worker: Worker) -> None:
    receiver = Receiver()
    there: list[QThread] = []
    for number in range(20):
        worker.start(
            lambda _task, number=number: (there.append(QThread.currentThread()), number)[1], receiver.take
        )
    qtbot.waitUntil(lambda: len(receiver.got) == 20)
    assert receiver.got == list(range(20))
    assert receiver.threads == {receiver.thread()}
    assert receiver.thread() not in there
    assert not worker.busy


def test_a_problem_goes_to_who_asked(qtbot: QtBot, worker: Worker) -> None:
    receiver = Receiver()
    worker.start(refused, receiver.take, receiver.refuse)
    qtbot.waitUntil(lambda: bool(receiver.refused))
    assert receiver.refused[0].message.key == "error.ui.no_workspace"
    assert receiver.got == []


def test_a_problem_nobody_waits_for_is_the_windows(qtbot: QtBot, worker: Worker) -> None:
    with qtbot.waitSignal(worker.problem) as told:
        worker.start(refused)
    assert isinstance(told.args[0], UsageProblem)


def test_a_fault_is_told_and_the_thread_goes_on(qtbot: QtBot, worker: Worker) -> None:
    receiver = Receiver()
    with qtbot.waitSignal(worker.fault) as told:
        worker.start(broken, receiver.take, receiver.refuse)
    assert isinstance(told.args[0], ZeroDivisionError)
    assert receiver.refused == []
    worker.start(lambda _task: "alive", receiver.take)
    qtbot.waitUntil(lambda: receiver.got == ["alive"])


def test_running_work_is_called_off_at_its_next_step(qtbot: QtBot, worker: Worker) -> None:
    receiver, begun, go_on = Receiver(), threading.Event(), threading.Event()

    def long(task: Task) -> str:
        begun.set()
        go_on.wait(10)
        task.step(1, 2)
        return "must not arrive"

    job = worker.start(long, receiver.take)
    assert begun.wait(10)
    job.cancel()
    with qtbot.waitSignal(worker.ended):
        go_on.set()
    assert job.state is JobState.CANCELLED
    assert receiver.got == []


def test_waiting_work_is_called_off_before_it_begins(qtbot: QtBot, worker: Worker) -> None:
    go_on, begun = threading.Event(), []
    worker.start(lambda _task: go_on.wait(10))
    job = worker.start(lambda _task: begun.append(1))
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert begun == []
    assert job.state is JobState.CANCELLED


def test_progress_arrives_and_its_end_is_never_left_out(qtbot: QtBot, worker: Worker) -> None:
    seen: list[tuple[int, int]] = []
    worker.progressed.connect(lambda _job, done, total: seen.append((done, total)))

    def steps(task: Task) -> None:
        for done in range(1, 1001):
            task.step(done, 1000)

    worker.start(steps, title=Message("ui.work.read"))
    qtbot.waitUntil(lambda: not worker.busy)
    assert seen[-1] == (1000, 1000)
    assert len(seen) < 1000


def test_a_receiver_that_is_gone_is_passed_over(qtbot: QtBot, worker: Worker) -> None:
    import shiboken6

    receiver, go_on = Receiver(), threading.Event()
    worker.start(lambda _task: go_on.wait(10), receiver.take)
    shiboken6.delete(receiver)
    go_on.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert receiver.got == []


def test_the_end_waits_for_what_runs_and_drops_what_waits() -> None:
    worker, receiver, done = Worker("test"), Receiver(), []
    begun = threading.Event()
    worker.start(lambda _task: (begun.set(), done.append("first")), receiver.take)
    assert begun.wait(10)
    worker.start(lambda _task: done.append("second"), receiver.take)
    worker.stop()
    assert done[0] == "first"
    assert receiver.got == []
