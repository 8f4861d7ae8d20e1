"""Pages whose paper is saved to a file: the save actions of the menu, answered alike on each of them."""

from __future__ import annotations


class SavesPaper:
    """A page says in :meth:`_save` what it saves; named before the page's own class."""

    def save_pdf(self) -> None:
        """Save what is shown as PDF."""
        self._save("pdf")

    def save_xlsx(self) -> None:
        """Save it as an Excel workbook."""
        self._save("xlsx")

    def save_docx(self) -> None:
        """Save it as a Word document."""
        self._save("docx")

    def _save(self, file_format: str) -> None:
        raise NotImplementedError
