"""What screen readers need beside the names that widgets give themselves."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

_OURS = "described by its name"


def describe_boxes(part: QWidget) -> None:
    """Have the boxes of a part of the window say what they are for, in the language spoken now.

    On Linux Qt gives a combo box the name of what is chosen in it, and its own name is lost; the
    description is not.
    """
    for box in part.findChildren(QComboBox):
        name = box.accessibleName()
        if name and (not box.accessibleDescription() or box.property(_OURS)):
            box.setAccessibleDescription(name)
            box.setProperty(_OURS, True)
