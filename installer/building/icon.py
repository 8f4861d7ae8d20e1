"""The program's icon as Windows wants it, drawn from the one SVG."""

from __future__ import annotations

import io
import os
from pathlib import Path

from . import ROOT

SIZES = (16, 24, 32, 48, 64, 128, 256)


def write_icon(target: Path) -> None:
    """``target``, an .ico with every size that Windows shows."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication(["icon"])
    drawing = QSvgRenderer(str(ROOT / "resources" / "icons" / "application.svg"))
    pictures = []
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        pictures.append(Image.open(io.BytesIO(bytes(buffer.data().data()))))
    del application
    pictures[-1].save(target, format="ICO", sizes=[(s, s) for s in SIZES], append_images=pictures[:-1])
