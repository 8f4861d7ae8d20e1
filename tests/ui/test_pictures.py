"""The script that takes the README's pictures still can, and they show the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from akimat_desk.core.language import Language
from akimat_desk.core.resources import resource
from tests.ui import take_pictures


def test_every_page_has_its_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The script catches faults for itself; here they are pytest-qt's.
    monkeypatch.setattr(take_pictures, "LANGUAGES", (Language.RU,))
    made = take_pictures.pictures(tmp_path)
    assert [path.name for path in made] == [
        f"{page}_ru.png" for page in ("start", "budget", "ratio", "reports", "read")
    ]
    for path in made:
        image = QImage(str(path))
        assert (image.width(), image.height()) == take_pictures.SIZE
        seen = {image.pixelColor(x, y).name() for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(seen) > 5


def test_the_readme_shows_pictures_that_are_there() -> None:
    readme = (take_pictures.ROOT / "README.md").read_text("utf-8")
    named = {part.partition(")")[0] for part in readme.split("](resources/pictures/")[1:]}
    assert named
    assert all(resource("pictures", name).is_file() for name in named)
