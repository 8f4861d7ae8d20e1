"""How soon the window is there: first paint and usable, beside a bare PySide6 window of the same run.

``python tests/benchmarks/bench_start.py`` from the top of the checkout. "Usable" is the example on the
first page, with all that it asked for. Medians of fresh processes. Aims: first paint within 2 times, usable
within 5 times of the bare window's first paint.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
RUNS = 7

BARE = """
import time
start = time.perf_counter()
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print((time.perf_counter() - start) * 1000, flush=True)
        app.exit()
app = QApplication([])
window = Window()
window.setCentralWidget(QLabel("Әкімат үстелі"))
window.show()
app.exec()
"""

OURS = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from akimat_desk.ui import app as desk_app
from akimat_desk.ui.window import MainWindow
painted = []
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not painted:
            painted.append((time.perf_counter() - start) * 1000)
        return False
shown = MainWindow.showEvent
watch = Watch()
def show_event(self, event):
    shown(self, event)
    self.centralWidget().installEventFilter(watch)
    timer = QTimer(self)
    def look():
        there = hasattr(self, "pages") and self.context.overview is not None
        if there and not self.context.database.busy:
            print(painted[0], (time.perf_counter() - start) * 1000, flush=True)
            timer.stop()
            self.close()
    timer.timeout.connect(look)
    timer.start(2)
MainWindow.showEvent = show_event
desk_app.run(Path(sys.argv[1]))
"""


def measured(script: str, *arguments: str, folder: str) -> list[float]:
    """The medians of what a script prints, over fresh processes."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "XDG_CONFIG_HOME": folder,
        "APPDATA": folder,
    }
    # An installed copy has its bytecode; this machine may forbid writing it.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    rows = []
    for _ in range(RUNS + 1):
        ran = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            check=True, capture_output=True, text=True, cwd=ROOT, env=environment,
        )  # fmt: skip
        rows.append([float(number) for number in ran.stdout.splitlines()[0].split()])
    return [statistics.median(column) for column in zip(*rows[1:], strict=True)]


def main() -> int:
    """Print the measurements."""
    from akimat_desk.training.example import make_example

    with tempfile.TemporaryDirectory() as folder:
        example = Path(folder) / "example.akimat"
        make_example(example)
        [bare] = measured(BARE, folder=folder)
        paint, usable = measured(OURS, str(example), folder=folder)
    print(f"bare PySide6 window, first paint {bare:7.0f} ms")
    print(f"the window, first paint          {paint:7.0f} ms  x{paint / bare:.1f}")
    print(f"the window, usable               {usable:7.0f} ms  x{usable / bare:.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
