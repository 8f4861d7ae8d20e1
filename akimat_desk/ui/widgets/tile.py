"""A tile of Home: a title, what matters in a few lines, and where it leads; pressed as a whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import Button, Drawing, label


class Tile(Button):
    """Subclassing is not needed: content is put between the headline and the way on."""

    def __init__(self, name: str, drawing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"tile_{name}")
        self.setProperty("role", "choice")
        self._icon = Drawing(drawing, 22, parent=self)
        self.title = label("quiet", wrap=True)
        self.headline = label("amount", wrap=True)
        self.words = label("", wrap=True)
        self.way_on = label("quiet", wrap=True)
        self.content = QVBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 12)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.headline)
        column.addLayout(self.content)
        column.addWidget(self.words)
        column.addStretch(1)
        column.addWidget(self.way_on)
        for part in (self._icon, self.title, self.headline, self.words, self.way_on):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # A button is of one height by nature; this one grows with its lines of text.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self._column.minimumSize().height())

    def say(self, title: str, headline: str, words: str, way_on: str) -> None:
        """What the tile says; the whole of it is its accessible name."""
        for part, text in (
            (self.title, title), (self.headline, headline), (self.words, words), (self.way_on, way_on),
        ):  # fmt: skip
            part.setText(text)
            part.setVisible(bool(text))
        self.setAccessibleName(". ".join(part for part in (title, headline) if part))
        self.setAccessibleDescription(" ".join(part for part in (words, way_on) if part))

    def look(self, drawing: str, token: str) -> None:
        """Another drawing in the colour of a token: never the colour alone."""
        self._icon.show_drawing(drawing, token)
