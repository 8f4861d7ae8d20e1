"""Printing: the pages of the report's own PDF, one sheet each, on the printer that the person chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, Slot
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.core.strings import Message
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reports import pdf_for_printing, pictures_for_printing

if TYPE_CHECKING:
    from akimat_desk.reports.document import ReportDocument
    from akimat_desk.reports.pdf.pictures import PagePicture

_DOTS = 300  # to the inch: sharp letters; more would only be slow


class Printing(QObject):
    """Makes the PDF, asks for printer and pages, draws the pages: one object for each page of the window."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._title = ""
        self._printer: Any = None  # QPrinter, imported only when someone prints

    def start(self, documents: Sequence[ReportDocument]) -> None:
        """Print these documents; where the person calls it off nothing is sent."""
        if not documents:
            return
        self._title = documents[0].title
        kept = tuple(documents)
        self._context.with_files(lambda task: pdf_for_printing(kept, task), self._ask, "ui.work.print")

    @Slot(object)
    def _ask(self, made: tuple[bytes, int]) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        content, pages = made
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title)
        dialog = QPrintDialog(printer, self._parent)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages)
        dialog.setFromTo(1, pages)
        dialog.setWindowTitle(self._context.speech("ui.print.title"))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.send(printer, content, pages)

    def send(self, printer: Any, content: bytes, pages: int) -> None:
        """Draw the chosen pages of ``content`` for ``printer``."""
        from PySide6.QtPrintSupport import QPrinter

        first = printer.fromPage() or 1
        last = min(printer.toPage() or pages, pages)
        grey = printer.colorMode() == QPrinter.ColorMode.GrayScale
        dots = min(_DOTS, printer.resolution()) or _DOTS
        self._printer = printer
        self._context.with_files(
            lambda task: pictures_for_printing(content, dots, range(first, last + 1), grey, task),
            self._draw,
            "ui.work.print",
        )

    @Slot(object)
    def _draw(self, pictures: list[PagePicture]) -> None:
        printer, self._printer = self._printer, None
        if not paint_pages(printer, pictures):
            problem = EnvironmentProblem("error.ui.print", printer=printer.printerName() or "—")
            self._context.notice.emit("error", problem.message)
        else:
            self._context.notice.emit("good", Message("ui.notice.printed", {"count": len(pictures)}))


def paint_pages(printer: Any, pictures: Sequence[PagePicture]) -> bool:
    """Each picture on a sheet of its own, upright or on its side; False where the printer takes none."""
    printer.setFullPage(True)
    painter = QPainter()
    for number, picture in enumerate(pictures):
        way = QPageLayout.Orientation.Landscape if picture.landscape else QPageLayout.Orientation.Portrait
        printer.setPageOrientation(way)
        if number == 0:
            if not painter.begin(printer):
                return False
        elif not printer.newPage():
            painter.end()
            return False
        painter.drawImage(_place(printer, picture), _image(picture))
    return painter.end()


def _image(picture: PagePicture) -> QImage:
    form = QImage.Format.Format_Grayscale8 if picture.grey else QImage.Format.Format_RGB888
    wide = picture.width * (1 if picture.grey else 3)
    return QImage(picture.pixels(), picture.width, picture.height, wide, form).copy()


def _place(printer: Any, picture: PagePicture) -> QRectF:
    """The page at its own size from the sheet's corner; on a smaller sheet made to fit."""
    sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    scale = min(sheet.width() / picture.width, sheet.height() / picture.height)
    width, height = picture.width * scale, picture.height * scale
    return QRectF((sheet.width() - width) / 2, (sheet.height() - height) / 2, width, height)
