"""Which editions of the data this program runs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from akimat_desk.core.resources import DATA_PARTS, data_edition, resources_root, shipped_edition


@dataclass(frozen=True, slots=True)
class Editions:
    """``data``: the newest edition in use; ``parts``: the edition of each part (a folder of resources/)."""

    data: str
    parts: Mapping[str, str]


def editions() -> Editions:
    """What is in use now: a part comes from a data update where that brought it, else with the program."""
    newer, shipped = data_edition(), shipped_edition()
    brought = newer.parts if newer is not None else ()
    parts = {
        part: newer.name if newer is not None and part in brought else shipped
        for part in DATA_PARTS
        if part in brought or (resources_root() / part).is_dir()
    }
    return Editions(newer.name if newer is not None else shipped, parts)
