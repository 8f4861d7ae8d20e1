"""``control`` from a terminal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from akimat_desk.cli.main import main


@pytest.fixture
def okrug(example_file: Path, tmp_path: Path) -> str:
    return str(shutil.copy(example_file, tmp_path / "үлгі.akimat"))


def test_a_round_of_ones_own_ratios(okrug: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pattern = tmp_path / "үлгі.json"
    assert main(["control", "export", okrug, "--out", str(pattern)]) == 0
    own = json.loads(pattern.read_text("utf-8"))["ratios"][:1]
    own[0] |= {"id": "raion_1", "each": "", "left": "budget('costs')", "relation": "=", "right": "0"}
    pattern.write_text(json.dumps({"ratios": own}), "utf-8")
    assert main(["control", "add", okrug, str(pattern)]) == 0
    capsys.readouterr()
    assert main(["control", "check", okrug, "--year", "2026", "--json"]) == 1  # an error was found
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [each["code"] for each in found if each["severity"] == "error"] == ["control.broken"]
    assert main(["control", "remove", okrug, "raion_1"]) == 0
    assert main(["control", "remove", okrug, "paid_goes_on"]) == 0
    capsys.readouterr()
    assert main(["control", "list", okrug, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert "raion_1" not in {each["id"] for each in said["ratios"]}
    assert [each["id"] for each in said["switched_off"]] == ["paid_goes_on"]
    assert main(["control", "restore", okrug, "paid_goes_on"]) == 0
    assert main(["control", "remove", okrug, "nothing", "--lang", "ru"]) == 2
    assert "nothing" in capsys.readouterr().err
