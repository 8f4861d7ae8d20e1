"""The README's pictures, taken of the real window on the example okrug in Kazakh and Russian.

    QT_QPA_PLATFORM=offscreen python tests/ui/take_pictures.py [FOLDER]

Without FOLDER they go to ``resources/pictures``. The decision shown being read has two digits of one
sum exchanged, so that the picture shows how the program names it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from akimat_desk.core.language import Language  # noqa: E402
from akimat_desk.core.resources import resource  # noqa: E402
from akimat_desk.training.example import make_example  # noqa: E402
from akimat_desk.ui.app import end, make_window  # noqa: E402
from akimat_desk.ui.settings import Settings  # noqa: E402
from akimat_desk.ui.theme import dress  # noqa: E402
from akimat_desk.ui.window import MainWindow  # noqa: E402

SIZE = (1366, 768)
PAPER = "2026-2028_kk.html"
SLIP = ("<td>10\N{NO-BREAK SPACE}462,4</td>", "<td>10\N{NO-BREAK SPACE}426,4</td>")
LANGUAGES = (Language.KK, Language.RU)


def settle(window: MainWindow) -> None:
    """Wait until nothing is being worked on and all is painted."""
    give_up = time.monotonic() + 60
    while window.context.database.busy or window.context.files.busy:
        QApplication.processEvents()
        time.sleep(0.01)
        if time.monotonic() > give_up:
            raise TimeoutError("the window does not come to rest")
    for _ in range(5):
        QApplication.processEvents()


def take(window: MainWindow, folder: Path, name: str) -> Path:
    """One picture of the whole window."""
    settle(window)
    target = folder / f"{name}_{window.speech.language.value}.png"
    if not window.grab().save(str(target)):
        raise OSError(f"cannot write {target}")
    # A palette is enough for a window of few colours, and a third of the size.
    with Image.open(target) as full:
        few = full.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    return target


def pictures(folder: Path) -> list[Path]:
    """Take them all."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        example = work / "okrug.akimat"
        make_example(example)
        paper = work / PAPER
        paper.write_text(resource("example", PAPER).read_text("utf-8").replace(*SLIP, 1), "utf-8")
        for language in LANGUAGES:
            settings = Settings(work / f"{language.value}.ini")
            settings.set_folder("open", work)
            settings.begun()
            window = make_window(settings, language)
            window.showNormal()  # not as large as this machine's screen
            window.resize(*SIZE)
            made.append(take(window, folder, "start"))
            window.open_path(example)
            made.append(take(window, folder, "budget"))
            window.show_page("ratio")
            made.append(take(window, folder, "ratio"))
            window.show_page("reports")
            made.append(take(window, folder, "reports"))
            window.read_path(paper)
            settle(window)
            assert window.reading is not None
            window.reading.tabs.setCurrentIndex(1)
            window.reading.next_finding()
            window.reading.next_finding()
            made.append(take(window, folder, "read"))
            window.context.database.start(lambda _task, desk=window.context.desk: desk.close())
            settle(window)
            window.hide()
            end(window)
            window.deleteLater()
    return made


if __name__ == "__main__":
    for picture in pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "pictures"):
        print(picture)
