"""Running commands as a terminal would."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.cli.main import main


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output holds one JSON document and nothing else."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object) -> Ran:
        capfd.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return command


@pytest.fixture
def okrug(run: Run, tmp_path: Path) -> Path:
    """An empty workspace of the example's okrug."""
    path = tmp_path / "округ.akimat"
    ran = run(
        "new", path, "--kato", "990140000", "--kind", "okrug",
        "--name-kk", "Жаңабұлақ ауылдық округі", "--name-ru", "Жанабулакский сельский округ",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    return path
