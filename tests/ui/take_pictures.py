"""Pictures of the real window on the example okrug.

    QT_QPA_PLATFORM=offscreen python tests/ui/take_pictures.py [FOLDER]
    QT_QPA_PLATFORM=offscreen python tests/ui/take_pictures.py --all FOLDER

Without ``--all`` the README's few, in Kazakh and Russian (without FOLDER into ``resources/pictures``).
With it every page, the first start, the palette and the settings: Kazakh and Russian, light and dark, at
1366 by 768, and the same at 200 per cent (names end in ``_200``). The decision shown being read has two
digits of one sum exchanged, so that the picture shows how the program names it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtGui import QPainter, QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402

from akimat_desk.core.language import Language  # noqa: E402
from akimat_desk.core.resources import resource  # noqa: E402
from akimat_desk.training.example import make_example  # noqa: E402
from akimat_desk.ui.app import end, make_window  # noqa: E402
from akimat_desk.ui.areas import PAGES  # noqa: E402
from akimat_desk.ui.dialogs.settings import SettingsDialog  # noqa: E402
from akimat_desk.ui.palette.dialog import Palette  # noqa: E402
from akimat_desk.ui.settings import Settings  # noqa: E402
from akimat_desk.ui.theme import dress  # noqa: E402
from akimat_desk.ui.window import MainWindow  # noqa: E402

SIZE = (1366, 768)
PAPER = "2026-2028_kk.html"
SLIP = ("<td>10\N{NO-BREAK SPACE}462,4</td>", "<td>10\N{NO-BREAK SPACE}426,4</td>")
LANGUAGES = (Language.KK, Language.RU)
README_PAGES = ("budget", "ratio", "reports")


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


def opened(settings: Settings, language: Language) -> MainWindow:
    """The window in its usual size."""
    window = make_window(settings, language)
    window.showNormal()  # not as large as this machine's screen
    window.resize(*SIZE)
    return window


def closed(window: MainWindow) -> None:
    """Put the window away in order."""
    window.context.database.start(lambda _task, desk=window.context.desk: desk.close())
    settle(window)
    window.hide()
    end(window)
    window.deleteLater()


def materials(work: Path) -> tuple[Path, Path]:
    """The example's workspace and a decision with a slip in it."""
    example = work / "okrug.akimat"
    make_example(example)
    paper = work / PAPER
    paper.write_text(resource("example", PAPER).read_text("utf-8").replace(*SLIP, 1), "utf-8")
    return example, paper


def show_read(window: MainWindow, paper: Path) -> None:
    """The preview of the decision, at its second finding."""
    window.read_path(paper)
    settle(window)
    assert window.reading is not None
    window.reading.tabs.setCurrentIndex(1)
    window.reading.next_finding()
    window.reading.next_finding()


def pictures(folder: Path) -> list[Path]:
    """The README's."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        example, paper = materials(work)
        for language in LANGUAGES:
            settings = Settings(work / f"{language.value}.ini")
            settings.set_folder("open", work)
            settings.begun()
            window = opened(settings, language)
            made.append(take(window, folder, "start"))
            window.open_path(example)
            settle(window)
            for page in README_PAGES:
                window.show_page(page)
                made.append(take(window, folder, page))
            show_read(window, paper)
            made.append(take(window, folder, "read"))
            closed(window)
    return made


def all_pictures(folder: Path) -> list[Path]:
    """Every page in each language and theme; what scale that is decides ``QT_SCALE_FACTOR``."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    scale = "_200" if app.devicePixelRatio() > 1 else ""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        example, paper = materials(work)
        for theme in ("light", "dark"):
            for language in LANGUAGES:
                settings = Settings(work / f"{language.value}-{theme}.ini")
                settings.set_folder("open", work)
                settings.set_text("theme", theme)
                window = opened(settings, language)
                for title in _every_state(window, example, paper):
                    settle(window)
                    target = folder / f"{title}_{language.value}_{theme}{scale}.png"
                    shot = window.grab()
                    _with_dialog(window, shot)
                    if not shot.save(str(target)):
                        raise OSError(f"cannot write {target}")
                    made.append(target)
                closed(window)
    return made


def _every_state(window: MainWindow, example: Path, paper: Path) -> Iterator[str]:
    assert window.first is not None
    for step in range(3):
        window.first.show_step(step)
        yield f"first{step + 1}"
    window.context.settings.begun()
    window.leave_page()
    yield "start"
    window.open_path(example)
    settle(window)
    for page in PAGES:
        window.show_page(page.name)
        yield page.name
    show_read(window, paper)
    yield "reading"
    window.leave_page()
    window.show_letters(True)
    palette = Palette(window, searching=True)
    for made, title in ((palette, "palette"), (SettingsDialog(window), "settings")):
        made.show()
        palette.words.setText("салық")
        yield title
        made.close()
        made.deleteLater()
    window.show_letters(False)


def _with_dialog(window: MainWindow, shot: QPixmap) -> None:
    """Paint the dialog that is open over the window's picture, where it lies."""
    dialogs = [each for each in window.findChildren(QDialog) if each.isVisible()]
    painter = QPainter(shot)
    for dialog in dialogs:
        middle = window.rect().center() - dialog.rect().center()
        painter.drawPixmap(middle, dialog.grab())
    painter.end()


def main(arguments: list[str]) -> None:
    """Take what is asked for."""
    if arguments[:1] != ["--all"]:
        made = pictures(Path(arguments[0]) if arguments else ROOT / "resources" / "pictures")
    else:
        made = all_pictures(Path(arguments[1]))
        if os.environ.get("QT_SCALE_FACTOR") != "2":
            environment = os.environ | {"QT_SCALE_FACTOR": "2"}
            subprocess.run([sys.executable, __file__, *arguments], env=environment, check=True)
    for picture in made:
        print(picture)


if __name__ == "__main__":
    main(sys.argv[1:])
